/**
 * Saving a form of settings at Wix.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/members/members/update-member
 * @module
 */
import { members } from "@wix/members";
import { type FieldViolation, fieldViolations } from "@fresh-wix/core";
import { currentMember } from "@/lib/account/current_member.ts";
import type { Problems } from "./check_settings.ts";
import {
  addressForWix,
  addressText,
  mergeSettings,
  type Setting,
  type Settings,
  settingsOf,
} from "./settings.ts";
import {
  addressField,
  formWith,
  phoneField,
  type SettingsForm,
  settingsIn,
} from "./settings_form.ts";

/** How saving ended, when Wix was asked and did not fail. */
export type Saving =
  /** Wix has it, also when there was nothing to change. */
  | { readonly kind: "saved"; readonly member: members.Member }
  /** The form was for another member than the one who is logged in by now. */
  | {
    readonly kind: "somebody-else";
    readonly member: members.Member | undefined;
  }
  /**
   * The same was changed elsewhere meanwhile. Nothing was saved; `form` shows
   * what Wix has by now with what was entered, and saves when sent again.
   */
  | {
    readonly kind: "changed-elsewhere";
    readonly form: SettingsForm;
    readonly problems: Problems;
  };

/**
 * Saves what a form changes for the current member, in one call; emptying a
 * list takes one of its own, as Wix does nothing for an empty one. Sending the
 * same form again does no harm.
 *
 * @throws {WixError} and what else SDK calls throw; see {@link wixProblems}.
 */
export async function saveSettings(sent: SettingsForm): Promise<Saving> {
  const member = await currentMember();
  if (!member?._id || member._id !== sent.memberId) {
    return { kind: "somebody-else", member };
  }
  const present = settingsOf(member);
  const { change, conflicts, merged } = mergeSettings(
    sent.shown,
    settingsIn(sent),
    present,
  );
  if (conflicts.length > 0) {
    return {
      kind: "changed-elsewhere",
      form: formWith(sent.memberId, present, merged),
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
        addressForWix(address, member.contact?.addresses)
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
  return `Meanwhile this was changed to ${now} elsewhere. Save again to ` +
    "replace that by what stands here.";
}

/**
 * Returns what an error says about fields of the form, in our words. Empty when
 * it says nothing about any.
 */
export function wixProblems(error: unknown): Problems {
  return Object.fromEntries(
    fieldViolations(error).flatMap((violation) => {
      const name = VIOLABLE.find(([, pattern]) => pattern.test(violation.field))
        ?.[0];
      return name ? [[fieldFor(name), violationText(name, violation)]] : [];
    }),
  );
}

const VIOLABLE: [Setting, RegExp][] = [
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
  if (name === "phones") return "Wix does not take one of these numbers.";
  if (name === "addresses") return "Wix does not take one of these addresses.";
  return rule === "MAX_LENGTH" && threshold !== undefined
    ? `Wix takes at most ${threshold} characters here.`
    : "Wix does not take this. Please change it.";
}

/** Of a list the first field: Wix does not always say which. */
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
