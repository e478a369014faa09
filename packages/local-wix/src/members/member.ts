import { textsIn } from "../http/json.ts";
import { type Identity, isElevated } from "../identity/identity.ts";

/** A street address in a member's contact details. */
export interface MemberAddress {
  readonly id: string;
  readonly addressLine: string;
  readonly addressLine2?: string;
  readonly city: string;
  readonly subdivision?: string;
  readonly country: string;
  readonly postalCode: string;
}

/** A picture of a member, as Wix Media describes it. */
export interface MemberImage {
  readonly id: string;
  readonly url: string;
  readonly height: number;
  readonly width: number;
}

/** A site member, in the field names of the REST API. */
export interface Member {
  readonly id: string;
  readonly loginEmail: string;
  readonly loginEmailVerified: boolean;
  readonly status: "APPROVED" | "PENDING" | "BLOCKED" | "OFFLINE" | "UNKNOWN";
  readonly contactId: string;
  readonly privacyStatus: "PUBLIC" | "PRIVATE" | "UNKNOWN";
  readonly activityStatus: "ACTIVE" | "MUTED" | "UNKNOWN";
  /** Visible to everyone. */
  readonly profile: {
    readonly nickname: string;
    readonly slug: string;
    readonly photo: MemberImage | null;
    readonly cover: MemberImage | null;
    readonly title: string;
  };
  /** Visible to the member and the site's owner only. */
  readonly contact: {
    readonly firstName: string;
    readonly lastName: string;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
    readonly addresses: readonly MemberAddress[];
    readonly birthdate?: string;
    readonly company?: string;
    readonly jobTitle?: string;
    readonly customFields: Readonly<
      Record<string, { readonly name: string; readonly value: unknown }>
    >;
  };
  readonly createdDate: string;
  readonly updatedDate: string;
  /** Absent until the first login. */
  readonly lastLoginDate?: string;
}

/** Why a member may not log in; null when they may. */
export function loginRefusal({ status }: Member): string | null {
  if (status === "APPROVED") return null;
  return status === "PENDING"
    ? "This account is waiting for approval by the site owner."
    : "This account is blocked.";
}

/** The member who logs in with this email; case does not matter. */
export function findByEmail(
  members: ReadonlyMap<string, Member>,
  email: string,
): Member | undefined {
  const wanted = email.toLowerCase();
  return [...members.values()].find(({ loginEmail }) =>
    loginEmail.toLowerCase() === wanted
  );
}

/** The predefined sets of member fields, from small to large. */
const FIELDSETS = ["PUBLIC", "EXTENDED", "FULL"] as const;

/** A predefined set of member fields. */
export type Fieldset = (typeof FIELDSETS)[number];

/** The largest of the fieldsets in a request; PUBLIC when there is none. */
export function requestedFieldset(value: unknown): Fieldset {
  const names = textsIn(value).flatMap((text) => text.split(","));
  return FIELDSETS.findLast((set) => names.includes(set)) ?? "PUBLIC";
}

/** Whether `identity` may know that `member` exists. */
export function canSee(identity: Identity, member: Member): boolean {
  return member.privacyStatus === "PUBLIC" || hasFullView(identity, member);
}

/** Whether all of `member` is open to `identity`. */
export function hasFullView(identity: Identity, { id }: Member): boolean {
  return isElevated(identity) ||
    (identity.kind === "member" && identity.memberId === id);
}

/**
 * As much of the `wanted` fieldset of `member` as `identity` may see.
 *
 * UNDOCUMENTED: requests for more fields than the caller may see. Here other
 * members' data shrinks to PUBLIC, without an error.
 */
export function memberView(
  member: Member,
  identity: Identity,
  wanted: Fieldset,
): Partial<Member> & { readonly id: string } {
  const fieldset = hasFullView(identity, member) ? wanted : "PUBLIC";
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
