/**
 * Saves the account settings form to Wix.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/members/members/update-member
 * @module
 */
import { members } from "@wix/members";
import { type FieldViolation, fieldViolations } from "@fresh-wix/core";
import { currentMember } from "@/lib/account/current_member.ts";
import type { Problems } from "./check_settings.ts";
import {
  addressText,
  mergeSettings,
  type Setting,
  type Settings,
  toSettings,
  toWixAddress,
} from "./settings.ts";
import {
  addressField,
  createForm,
  extractSettings,
  phoneField,
  type SettingsForm,
} from "./settings_form.ts";

/** The outcome of a call that did not fail. */
export type SaveResult =
  /** Wix has the settings. Also returned when nothing has changed. */
  | { readonly kind: "saved"; readonly member: members.Member }
  /** The form belongs to another member than the current one. */
  | {
    readonly kind: "account-changed";
    readonly member: members.Member | undefined;
  }
  /**
   * The same settings were changed in another tab or device. Nothing was saved;
   * `form` merges Wix's current values with the input and can be sent again.
   */
  | {
    readonly kind: "changed-elsewhere";
    readonly form: SettingsForm;
    readonly problems: Problems;
  };

/**
 * Saves the changes of a form for the current member in one call. Clearing a list
 * takes another call, because Wix ignores empty lists. Idempotent.
 *
 * @throws {WixError} and other errors of SDK calls; see {@link wixProblems}.
 */
export async function saveSettings(sent: SettingsForm): Promise<SaveResult> {
  const member = await currentMember();
  if (!member?._id || member._id !== sent.memberId) {
    return { kind: "account-changed", member };
  }
  const present = toSettings(member);
  const { change, conflicts, merged } = mergeSettings(
    sent.shown,
    extractSettings(sent),
    present,
  );
  if (conflicts.length > 0) {
    return {
      kind: "changed-elsewhere",
      form: createForm(sent.memberId, present, merged),
      problems: Object.fromEntries(
        conflicts.map((name) => [fieldFor(name), conflictText(name, present)]),
      ),
    };
  }
  return { kind: "saved", member: await save(member, member._id, change) };
}

async function save(
  member: members.Member,
  id: string,
  { nickname, phones, addresses, ...names }: Partial<Settings>,
): Promise<members.Member> {
  const contact: members.Contact = {
    ...names,
    ...(phones?.length && { phones: [...phones] }),
    ...(addresses?.length && {
      addresses: addresses.map((address) =>
        toWixAddress(address, member.contact?.addresses)
      ),
    }),
  };
  const profile = nickname !== undefined && { profile: { nickname } };
  let saved = member;
  if (profile || Object.keys(contact).length > 0) {
    // #region settings
    saved = await members.updateMember(id, { contact, ...profile });
    // #endregion
  }
  if (phones?.length === 0) await members.deleteMemberPhones(id);
  if (addresses?.length === 0) await members.deleteMemberAddresses(id);
  return saved;
}

function conflictText(name: Setting, present: Settings): string {
  const values = name === "addresses"
    ? present.addresses.map((address) =>
      addressText(address).split("\n").filter(Boolean).join(", ")
    )
    : [present[name]].flat().filter(Boolean);
  const now = values.map((value) => `“${value}”`).join(" and ") || "nothing";
  return `This was changed to ${now} elsewhere. Save again to replace it with ` +
    "the value in this form.";
}

/**
 * Returns messages for the fields that Wix rejected; empty when the error names
 * no field of the form.
 */
export function wixProblems(error: unknown): Problems {
  return Object.fromEntries(
    fieldViolations(error).flatMap((violation) => {
      const name = FIELD_PATTERNS.find(([, pattern]) =>
        pattern.test(violation.field)
      )
        ?.[0];
      return name ? [[fieldFor(name), violationText(name, violation)]] : [];
    }),
  );
}

const FIELD_PATTERNS: [Setting, RegExp][] = [
  ["nickname", /\bnickname\b/],
  ["firstName", /\bfirstName\b/],
  ["lastName", /\blastName\b/],
  ["phones", /\bphones\b/],
  ["addresses", /\baddresses\b/],
];

function violationText(
  name: Setting,
  { rule, threshold }: FieldViolation,
): string {
  if (name === "phones") return "Wix rejected one of these numbers.";
  if (name === "addresses") return "Wix rejected one of these addresses.";
  return rule === "MAX_LENGTH" && threshold !== undefined
    ? `Use ${threshold} characters or fewer.`
    : "Wix rejected this value. Enter a different one.";
}

/** For lists the first field, because Wix may not name the item. */
function fieldFor(name: Setting): string {
  switch (name) {
    case "phones":
      return phoneField(0);
    case "addresses":
      return addressField(0, "addressLine");
    default:
      return name;
  }
}
