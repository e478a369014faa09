import type { Badge, BadgeAssignment } from "../badges/badge.ts";
import { daysBefore } from "./dates.ts";
import { guid } from "./guid.ts";
import type { Person } from "./people.ts";

const BADGES = [
  {
    title: "VIP",
    description: "Buys a lot and gets early access",
    slug: "vip",
    backgroundColor: "#796EFF",
    permissionsEnabled: true,
  },
  {
    title: "Wholesale",
    description: "Sees wholesale prices",
    slug: "wholesale",
    backgroundColor: "#116DFF",
    permissionsEnabled: true,
  },
  {
    title: "Founding member",
    description: "Was here in the first year",
    slug: "founding-member",
    backgroundColor: "#B35900",
    permissionsEnabled: false,
  },
];

/** The badges of the site, in the order in which they are shown. */
export const SEED_BADGES: readonly Badge[] = BADGES.map((badge, index) => ({
  id: guid("badge", index + 1),
  revision: "1",
  ...badge,
  textColor: "#FFFFFF",
  createdDate: daysBefore(300 - index),
  updatedDate: daysBefore(300 - index),
}));

/** Who of `people` has which badge. */
export function seedBadgeAssignments(
  people: readonly Person[],
): BadgeAssignment[] {
  const pairs = people.flatMap(({ badges = [] }, index) =>
    SEED_BADGES.filter(({ slug }) => badges.includes(slug))
      .map(({ id }) => ({ badgeId: id, memberId: guid("member", index + 1) }))
  );
  return pairs.map((pair, index) => ({
    id: guid("badgeAssignment", index + 1),
    ...pair,
    createdDate: daysBefore(200 - index),
    updatedDate: daysBefore(200 - index),
  }));
}
