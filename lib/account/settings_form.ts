/**
 * The account settings form: its fields and their values.
 *
 * @module
 */
import { HttpError } from "fresh";
import { singleValue } from "@fresh-wix/core";
import { cleanText } from "./clean_text.ts";
import {
  type Address,
  ADDRESS_FIELDS,
  addressText,
  type Settings,
  TEXT_FIELDS,
  toSettings,
} from "./settings.ts";
import type { members } from "@wix/members";

/** An address in the form. */
export interface AddressRow extends Address {
  /** Whether it is marked to be removed. */
  readonly removed: boolean;
}

/** The form to render, or as submitted. Rows may be blank. */
export interface SettingsForm {
  /** The member whose settings these are. */
  readonly memberId: string;
  /** What Wix had when the form was first shown. */
  readonly shown: Settings;
  readonly texts: Readonly<Record<typeof TEXT_FIELDS[number], string>>;
  readonly phones: readonly string[];
  readonly addresses: readonly AddressRow[];
}

const NEW_ADDRESS: AddressRow = {
  id: "",
  addressLine: "",
  addressLine2: "",
  postalCode: "",
  city: "",
  subdivision: "",
  country: "",
  removed: false,
};

/** Maximum number of phones or addresses. */
const MAX_ROWS = 50;

/** Name of a phone's field, counted from 0. */
export const phoneField = (row: number) => `phone-${row + 1}`;

/** Name of an address's field, counted from 0. */
export const addressField = (
  row: number,
  field: typeof ADDRESS_FIELDS[number] | "id" | "remove",
) => `address-${row + 1}-${field}`;

/** Returns the form for a member, with a blank row at the end of each list. */
export function newSettingsForm(member: members.Member): SettingsForm {
  const shown = toSettings(member);
  return createForm(member._id ?? "", shown, shown);
}

/** Returns the form for `settings`, where Wix has `shown`. */
export function createForm(
  memberId: string,
  shown: Settings,
  { phones, addresses, ...texts }: Settings,
): SettingsForm {
  return {
    memberId,
    shown,
    texts,
    phones: [...phones, ""],
    addresses: [
      ...addresses.map((address) => ({ ...address, removed: false })),
      NEW_ADDRESS,
    ],
  };
}

/**
 * Parses a submitted form. A missing field keeps the value that was shown;
 * unknown fields are ignored.
 *
 * @throws {HttpError} 400 for input that the form can't produce.
 */
export function readSettingsForm(form: URLSearchParams): SettingsForm {
  const shown = parseShown(singleValue(form, "shown"));
  const text = (name: string, otherwise = "") =>
    cleanText(singleValue(form, name) ?? otherwise);
  const texts = {
    nickname: text("nickname", shown.nickname),
    firstName: text("firstName", shown.firstName),
    lastName: text("lastName", shown.lastName),
  };
  const phones = rows(form, phoneField).map((row) => text(phoneField(row)));
  const addresses = rows(form, (row) => addressField(row, "addressLine"))
    .map((row) => ({
      id: text(addressField(row, "id")),
      addressLine: text(addressField(row, "addressLine")),
      addressLine2: text(addressField(row, "addressLine2")),
      postalCode: text(addressField(row, "postalCode")),
      city: text(addressField(row, "city")),
      subdivision: text(addressField(row, "subdivision")).toUpperCase(),
      country: text(addressField(row, "country")),
      removed: form.has(addressField(row, "remove")),
    }));
  const unsent = createForm("", shown, shown);
  return {
    memberId: singleValue(form, "member") ?? "",
    shown,
    texts,
    phones: phones.length > 0 ? phones : unsent.phones,
    addresses: addresses.length > 0 ? addresses : unsent.addresses,
  };
}

/** Returns the settings in a form, without blank and removed rows. */
export function extractSettings(
  { texts, phones, addresses }: SettingsForm,
): Settings {
  return {
    ...texts,
    phones: phones.filter((phone) => phone !== ""),
    addresses: addresses
      .filter((address) => !address.removed && !isBlank(address))
      .map(({ removed: _, ...address }) => address),
  };
}

/** Returns whether an address is empty. A preselected country doesn't count. */
export function isBlank(address: Address): boolean {
  return addressText({ ...address, country: "" }).trim() === "";
}

function rows(
  form: URLSearchParams,
  field: (row: number) => string,
): number[] {
  const found: number[] = [];
  for (let row = 0; form.has(field(row)); row++) found.push(row);
  if (found.length > MAX_ROWS) throw new HttpError(400);
  return found;
}

/** The values in the hidden field. Tampering affects only the user's own form. */
function parseShown(text: string | undefined): Settings {
  const { phones, addresses, ...texts } = record(parseJson(text));
  return {
    nickname: string(texts.nickname),
    firstName: string(texts.firstName),
    lastName: string(texts.lastName),
    phones: array(phones).map(string),
    addresses: array(addresses).map(record).map((address) => ({
      id: string(address.id),
      addressLine: string(address.addressLine),
      addressLine2: string(address.addressLine2),
      postalCode: string(address.postalCode),
      city: string(address.city),
      subdivision: string(address.subdivision),
      country: string(address.country),
    })),
  };
}

function parseJson(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpError(400, undefined, { cause });
  }
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value));
  }
  throw new HttpError(400);
}

function array(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new HttpError(400);
}

function string(value: unknown): string {
  if (typeof value === "string") return value;
  throw new HttpError(400);
}
