import type { Cart } from "../cart/cart.ts";
import { type JsonObject, textIn } from "../http/json.ts";
import type { Member } from "../members/member.ts";
import { MARKETS } from "../shop/money.ts";

/** Where the demo shop delivers. */
export const COUNTRIES: readonly string[] = MARKETS.map(({ address }) =>
  address.country
);

const FIELDS = [
  "email",
  "firstName",
  "lastName",
  "addressLine",
  "postalCode",
  "city",
  "country",
] as const;

/** A field of the checkout page. */
export type CheckoutField = (typeof FIELDS)[number];

/** The fields of the checkout page, as they are typed. */
export type CheckoutForm = Readonly<Record<CheckoutField, string>>;

/** What is wrong, by the field that has to change. */
export type CheckoutProblems = Partial<Record<CheckoutField, string>>;

/** The form before any typing: what checkout and member say already. */
export function initialForm(
  { email, recipient }: Cart,
  member: Member | undefined,
): CheckoutForm {
  const known = readForm({
    email: email ?? member?.loginEmail,
    ...member?.contact,
    ...member?.contact.addresses[0],
    ...recipient,
  });
  const country = COUNTRIES.find((code) => code === known.country) ??
    COUNTRIES[0] ?? "";
  return { ...known, country };
}

/** The form as it was sent. */
export function readForm(fields: JsonObject): CheckoutForm {
  return Object.fromEntries(
    FIELDS.map((name) => [name, textIn(fields[name])?.trim() ?? ""]),
  ) as CheckoutForm;
}

/** What has to change before an order can be placed. */
export function problemsIn(form: CheckoutForm): CheckoutProblems {
  const problems: CheckoutProblems = {};
  for (const [name, question] of REQUIRED) {
    if (!form[name]) problems[name] = `Enter ${question}.`;
    else if (form[name].length > 100) problems[name] = "This is too long.";
  }
  if (form.email && !/^[^\s@]+@[^\s@]+$/.test(form.email)) {
    problems.email = "Enter an email address, such as ann@demo.example.";
  }
  if (!COUNTRIES.includes(form.country)) problems.country = "Choose a country.";
  return problems;
}

const REQUIRED = [
  ["email", "your email address"],
  ["firstName", "your first name"],
  ["lastName", "your last name"],
  ["addressLine", "your street and number"],
  ["postalCode", "your postal code"],
  ["city", "your city"],
] as const;
