import type { Identity } from "../identity/identity.ts";
import { textsIn } from "../http/parse.ts";
import type { Member } from "./member.ts";

/** The predefined sets of member fields, from small to large. */
const FIELDSETS = ["PUBLIC", "EXTENDED", "FULL"] as const;

/** A predefined set of member fields. */
export type Fieldset = (typeof FIELDSETS)[number];

/** The largest of the fieldsets in a request; PUBLIC when there is none. */
export function requestedFieldset(value: unknown): Fieldset {
  const names = textsIn(value).flatMap((text) => text.split(","));
  return FIELDSETS.findLast((set) => names.includes(set)) ?? "PUBLIC";
}

/** Whether `identity` gets to know that `member` exists. */
export function canSee(identity: Identity, member: Member): boolean {
  return member.privacyStatus === "PUBLIC" || hasFullView(identity, member);
}

/** Whether all of `member` is open to `identity`. */
export function hasFullView(identity: Identity, member: Member): boolean {
  switch (identity.kind) {
    case "app":
    case "api_key":
      return true;
    case "member":
      return identity.memberId === member.id;
    default:
      return false;
  }
}

/**
 * As much of the `wanted` fieldset of `member` as `identity` may see.
 *
 * UNDOCUMENTED: the answer when someone asks for more than they may see. Here
 * other people's data shrinks to PUBLIC, without an error.
 */
export function visibleFieldset(
  member: Member,
  identity: Identity,
  wanted: Fieldset,
): Fieldset {
  return hasFullView(identity, member) ? wanted : "PUBLIC";
}

/** `member` as `identity` sees it, cut to `fieldset`. */
export function memberView(
  member: Member,
  identity: Identity,
  fieldset: Fieldset,
): Partial<Member> & { readonly id: string } {
  return cutTo(visibleFieldset(member, identity, fieldset), member);
}

/** What `member` has in `fieldset`. */
export function cutTo(
  fieldset: Fieldset,
  member: Member,
): Partial<Member> & { readonly id: string } {
  if (fieldset === "FULL") return member;
  if (fieldset === "EXTENDED") {
    const { contact: _contact, lastLoginDate: _login, ...extended } = member;
    return extended;
  }
  const { id, contactId, createdDate, updatedDate, profile } = member;
  return {
    id,
    status: "UNKNOWN",
    contactId,
    privacyStatus: "UNKNOWN",
    activityStatus: "UNKNOWN",
    profile,
    createdDate,
    updatedDate,
  };
}
