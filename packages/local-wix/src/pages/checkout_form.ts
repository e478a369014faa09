import type { Checkout, Recipient } from "../checkout/checkout.ts";
import type { JsonObject } from "../http/json.ts";
import { textIn } from "../http/parse.ts";
import type { Member } from "../members/member.ts";
import { MARKETS } from "../seed/money.ts";

/** Where the demo shop sends its goods. */
export const COUNTRIES: readonly string[] = MARKETS.map(({ address }) =>
  address.country
);

/** What the checkout page asks for, as it is typed. */
export interface CheckoutForm {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly addressLine: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

/** What is wrong, by the field that has to change. */
export type CheckoutProblems = Partial<Record<keyof CheckoutForm, string>>;

/** The form before anybody types: what checkout and member say already. */
export function firstForm(
  { email, recipient }: Checkout,
  member: Member | undefined,
): CheckoutForm {
  const address: Recipient = member?.contact.addresses[0] ?? {};
  const known = { ...member?.contact, ...address, ...recipient };
  return {
    email: email ?? member?.loginEmail ?? "",
    firstName: known.firstName ?? "",
    lastName: known.lastName ?? "",
    addressLine: known.addressLine ?? "",
    postalCode: known.postalCode ?? "",
    city: known.city ?? "",
    country: COUNTRIES.find((code) => code === known.country) ??
      COUNTRIES[0] ?? "",
  };
}

/** The form as it was sent. */
export function readForm(fields: JsonObject): CheckoutForm {
  const text = (name: keyof CheckoutForm) => textIn(fields[name])?.trim() ?? "";
  return {
    email: text("email"),
    firstName: text("firstName"),
    lastName: text("lastName"),
    addressLine: text("addressLine"),
    postalCode: text("postalCode"),
    city: text("city"),
    country: text("country"),
  };
}

/** What has to change before an order can be placed. */
export function problemsIn(form: CheckoutForm): CheckoutProblems {
  const problems: CheckoutProblems = {};
  for (const [name, question] of REQUIRED) {
    if (!form[name]) problems[name] = `Enter ${question}.`;
    else if (form[name].length > 100) problems[name] = "That is too long.";
  }
  if (form.email && !/^[^\s@]+@[^\s@]+$/.test(form.email)) {
    problems.email = "Enter an e-mail address, such as ann@demo.example.";
  }
  if (!COUNTRIES.includes(form.country)) problems.country = "Choose a country.";
  return problems;
}

const REQUIRED = [
  ["email", "your e-mail address"],
  ["firstName", "your first name"],
  ["lastName", "your last name"],
  ["addressLine", "your street and number"],
  ["postalCode", "your postal code"],
  ["city", "your city"],
] as const;
