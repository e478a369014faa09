/**
 * Validates the account settings form before it is sent to Wix.
 *
 * @module
 */
import { hasForbiddenCharacters } from "./clean_text.ts";
import { COUNTRIES } from "./countries.ts";
import { ADDRESS_FIELDS, addressText, TEXT_FIELDS } from "./settings.ts";
import {
  addressField,
  type AddressRow,
  isBlank,
  phoneField,
  type SettingsForm,
} from "./settings_form.ts";

/** Error messages by the name of the field. */
export type Problems = Readonly<Record<string, string>>;

/** Wix documents 200 for an address line; the others are local Wix's limits. */
const MAX_LENGTHS = { text: 100, phone: 50, addressLine: 200 };

const REQUIRED_IN_ADDRESS: Partial<
  Record<typeof ADDRESS_FIELDS[number], string>
> = {
  addressLine: "Enter a street address.",
  city: "Enter a city or town.",
  country: "Choose a country.",
};

/**
 * Returns the problems of the changed fields. Unchanged values come from Wix and
 * are not checked.
 */
export function checkSettings(form: SettingsForm): Problems {
  const { shown, texts, phones, addresses } = form;
  const problems: Record<string, string> = {};
  const note = (field: string, problem: string | undefined) => {
    if (problem !== undefined) problems[field] = problem;
  };
  for (const field of TEXT_FIELDS) {
    const text = texts[field];
    if (text === shown[field]) continue;
    note(field, textProblem(text, MAX_LENGTHS.text));
    if (field === "nickname" && text === "") note(field, "Enter a nickname.");
  }
  phones.forEach((phone, row) => {
    if (phone === "" || shown.phones.includes(phone)) return;
    note(phoneField(row), phoneProblem(phone));
  });
  const known = shown.addresses.map(addressText);
  addresses.forEach((address, row) => {
    if (address.removed || isBlank(address)) return;
    if (known.includes(addressText(address))) return;
    for (const field of ADDRESS_FIELDS) {
      note(addressField(row, field), addressProblem(address, field));
    }
  });
  return problems;
}

function textProblem(text: string, max: number): string | undefined {
  if (hasForbiddenCharacters(text)) {
    return "This contains invisible characters. Type it instead of pasting it.";
  }
  return text.length > max
    ? `Use ${max} characters or fewer. You entered ${text.length}.`
    : undefined;
}

/** A phone number with the usual separators and an optional extension. */
const PHONE = /^\+?[\d ()./-]+(?:(?:x|ext\.?) ?\d+)?$/i;

/** ITU-T E.164 allows 15 digits; the rest is for an extension. */
const PHONE_DIGITS = { min: 4, max: 20 };

function phoneProblem(phone: string): string | undefined {
  const digits = phone.replace(/\D/g, "").length;
  const isNumber = PHONE.test(phone) && digits >= PHONE_DIGITS.min &&
    digits <= PHONE_DIGITS.max;
  return textProblem(phone, MAX_LENGTHS.phone) ??
    (isNumber
      ? undefined
      : "Enter a phone number, such as +1 503 555 0123, or clear the field.");
}

function addressProblem(
  address: AddressRow,
  field: typeof ADDRESS_FIELDS[number],
): string | undefined {
  const text = address[field];
  if (text === "") return REQUIRED_IN_ADDRESS[field];
  switch (field) {
    case "country":
      return COUNTRIES.some(({ code }) => code === text)
        ? undefined
        : REQUIRED_IN_ADDRESS.country;
    case "subdivision":
      return subdivisionProblem(text, address.country);
    case "addressLine":
      return textProblem(text, MAX_LENGTHS.addressLine);
    default:
      return textProblem(text, MAX_LENGTHS.text);
  }
}

/** ISO 3166-2: the country's code, and up to three letters or digits. */
function subdivisionProblem(
  text: string,
  country: string,
): string | undefined {
  return text.startsWith(country) && /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(text)
    ? undefined
    : "Enter a code that starts with the country code, such as US-OR, or " +
      "clear the field.";
}
