/** A picture of a member, as Wix Media describes it. */
export interface MemberImage {
  readonly id: string;
  readonly url: string;
  readonly height: number;
  readonly width: number;
}

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

/** What a member shows to other people. */
export interface MemberProfile {
  readonly nickname: string;
  readonly slug: string;
  readonly photo: MemberImage | null;
  readonly cover: MemberImage | null;
  readonly title: string;
}

/** What only the member and the site's owner see. */
export interface MemberContact {
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
  readonly profile: MemberProfile;
  readonly contact: MemberContact;
  readonly createdDate: string;
  readonly updatedDate: string;
  /** Absent until the first login. */
  readonly lastLoginDate?: string;
}
