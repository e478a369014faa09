/**
 * The account settings that members can change, and how concurrent changes are
 * merged.
 *
 * @module
 */
import type { members } from "@wix/members";
import { cleanText } from "./clean_text.ts";

/** Single-line text fields. */
export const TEXT_FIELDS = ["nickname", "firstName", "lastName"] as const;

/** The fields of an address; all are strings. */
export const ADDRESS_FIELDS = [
  "addressLine",
  "addressLine2",
  "postalCode",
  "city",
  "subdivision",
  "country",
] as const;

/** A street address. Missing values are empty strings. */
export interface Address
  extends Readonly<Record<typeof ADDRESS_FIELDS[number], string>> {
  /** Wix's address id; empty for a new address. */
  readonly id: string;
}

/** The settings. Missing values are empty strings. */
export interface Settings
  extends Readonly<Record<typeof TEXT_FIELDS[number], string>> {
  readonly phones: readonly string[];
  readonly addresses: readonly Address[];
}

/** The name of a setting. Wix replaces lists as a whole. */
export type Setting = keyof Settings;

const SETTINGS: readonly Setting[] = [...TEXT_FIELDS, "phones", "addresses"];

/** Returns the settings of a member. */
export function toSettings({ profile, contact }: members.Member): Settings {
  const { firstName, lastName, phones, addresses } = contact ?? {};
  return {
    nickname: cleanText(profile?.nickname),
    firstName: cleanText(firstName),
    lastName: cleanText(lastName),
    phones: (phones ?? []).map(cleanText).filter(Boolean),
    addresses: (addresses ?? []).map(toAddress),
  };
}

/** Converts an address of Wix, whose street may be split into two fields. */
export function toAddress(address: members.Address): Address {
  const { number, name } = address.streetAddress ?? {};
  return {
    id: address._id ?? "",
    addressLine: cleanText(
      address.addressLine ?? [number, name].filter(Boolean).join(" "),
    ),
    addressLine2: cleanText(address.addressLine2),
    postalCode: cleanText(address.postalCode),
    city: cleanText(address.city),
    subdivision: cleanText(address.subdivision),
    country: cleanText(address.country),
  };
}

/**
 * Converts an address for Wix. An unchanged one is returned as Wix sent it,
 * including the fields that the form doesn't show.
 *
 * @param known The addresses that Wix has.
 */
export function toWixAddress(
  address: Address,
  known: readonly members.Address[] = [],
): members.Address {
  const before = known.find(({ _id }) => _id && _id === address.id);
  if (before && addressText(toAddress(before)) === addressText(address)) {
    return before;
  }
  return {
    ...(before && { _id: address.id }),
    addressLine: address.addressLine,
    addressLine2: address.addressLine2 || null,
    postalCode: address.postalCode || null,
    city: address.city,
    subdivision: address.subdivision || null,
    country: address.country,
  };
}

/** The changes of a form, compared with the current values at Wix. */
export interface Merge {
  /** The changes to save. */
  readonly change: Partial<Settings>;
  /** Settings changed to different values in this form and elsewhere. */
  readonly conflicts: readonly Setting[];
  /** Wix's settings with the form's changes. */
  readonly merged: Settings;
}

/**
 * Returns the changes of a form. Unchanged fields keep Wix's current value, so
 * that two tabs can save different fields.
 *
 * @param shown The values that the form showed first.
 * @param entered The submitted values.
 * @param present The current values at Wix.
 */
export function mergeSettings(
  shown: Settings,
  entered: Settings,
  present: Settings,
): Merge {
  const mine = SETTINGS.filter((name) => !isSame(name, shown, entered));
  const open = mine.filter((name) => !isSame(name, entered, present));
  return {
    change: pick(entered, open),
    conflicts: open.filter((name) => !isSame(name, shown, present)),
    merged: { ...present, ...pick(entered, mine) },
  };
}

function pick(
  settings: Settings,
  names: readonly Setting[],
): Partial<Settings> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** Ignores ids: an address that was just saved has a new one. */
function isSame(name: Setting, a: Settings, b: Settings): boolean {
  const text = (settings: Settings) =>
    name === "addresses"
      ? settings.addresses.map(addressText).join("\n\n")
      : [settings[name]].flat().join("\n");
  return text(a) === text(b);
}

/** Returns the fields of an address, one per line, without its id. */
export function addressText(address: Address): string {
  return ADDRESS_FIELDS.map((field) => address[field]).join("\n");
}
