/**
 * What members can change about themselves: the shape of it, and what was
 * changed by whom.
 *
 * @module
 */
import type { members } from "@wix/members";
import { cleanText } from "./clean_text.ts";

/** The fields that are one line of text. */
export const TEXT_FIELDS = ["nickname", "firstName", "lastName"] as const;

/** The fields of an address; all are texts. */
export const ADDRESS_FIELDS = [
  "addressLine",
  "addressLine2",
  "postalCode",
  "city",
  "subdivision",
  "country",
] as const;

/** A street address. Empty texts for what is not there. */
export interface Address
  extends Readonly<Record<typeof ADDRESS_FIELDS[number], string>> {
  /** Wix's id of it, empty for a new one. */
  readonly id: string;
}

/** What can be changed. Empty texts for what is not there. */
export interface Settings
  extends Readonly<Record<typeof TEXT_FIELDS[number], string>> {
  readonly phones: readonly string[];
  readonly addresses: readonly Address[];
}

/** What can be changed on its own; lists only as a whole, as in Wix. */
export type Setting = keyof Settings;

const SETTINGS: readonly Setting[] = [...TEXT_FIELDS, "phones", "addresses"];

/** Returns what a member of Wix has set. */
export function settingsOf({ profile, contact }: members.Member): Settings {
  const { firstName, lastName, phones, addresses } = contact ?? {};
  return {
    nickname: cleanText(profile?.nickname),
    firstName: cleanText(firstName),
    lastName: cleanText(lastName),
    phones: (phones ?? []).map(cleanText).filter(Boolean),
    addresses: (addresses ?? []).map(addressOf),
  };
}

/** Returns an address of Wix, whose street may come in two parts. */
export function addressOf(address: members.Address): Address {
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
 * Returns an address as Wix takes it. An unchanged one is sent as Wix gave it,
 * fields that the form does not show included.
 *
 * @param known The addresses that Wix has.
 */
export function addressForWix(
  address: Address,
  known: readonly members.Address[] = [],
): members.Address {
  const before = known.find(({ _id }) => _id && _id === address.id);
  if (before && addressText(addressOf(before)) === addressText(address)) {
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

/** What a form wants, in the light of what Wix has by now. */
export interface Merge {
  /** What has to be saved. */
  readonly change: Partial<Settings>;
  /** Settings that this form and somebody else changed to different values. */
  readonly conflicts: readonly Setting[];
  /** Wix's settings with the form's changes. */
  readonly merged: Settings;
}

/**
 * Returns what a form changes. What somebody left as it was shown to them stays
 * as it is by now: two tabs that save different things don't undo each other.
 *
 * @param shown What the form showed at first.
 * @param entered What it was sent with.
 * @param present What Wix has now.
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

/** Ids are left out: an address that was saved a moment ago has a new one. */
function isSame(name: Setting, a: Settings, b: Settings): boolean {
  const text = (settings: Settings) =>
    name === "addresses"
      ? settings.addresses.map(addressText).join("\n\n")
      : [settings[name]].flat().join("\n");
  return text(a) === text(b);
}

/** Returns the fields of an address, a line for each, without its id. */
export function addressText(address: Address): string {
  return ADDRESS_FIELDS.map((field) => address[field]).join("\n");
}
