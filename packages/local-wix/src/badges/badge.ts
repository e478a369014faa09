/** A mark that the site's owner gives to members, such as "VIP". */
export interface Badge {
  readonly id: string;
  readonly revision: string;
  readonly title: string;
  readonly description: string;
  readonly backgroundColor: string;
  readonly textColor: string;
  /** Whether the badge opens members-only pages. */
  readonly permissionsEnabled: boolean;
  readonly slug: string;
  readonly createdDate: string;
  readonly updatedDate: string;
}

/** That a member has a badge. */
export interface BadgeAssignment {
  readonly id: string;
  readonly badgeId: string;
  readonly memberId: string;
  readonly createdDate: string;
  readonly updatedDate: string;
}
