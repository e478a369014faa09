import type { Backend } from "../backend.ts";
import type { BadgeAssignment } from "./badge.ts";

/** Gives a badge to a member; null when they have it already. */
export function assign(
  { store, now, newId }: Backend,
  badgeId: string,
  memberId: string,
): BadgeAssignment | null {
  const has = store.badgeAssignments.some((assignment) =>
    assignment.badgeId === badgeId && assignment.memberId === memberId
  );
  if (has) return null;
  const createdDate = new Date(now()).toISOString();
  const assignment = {
    id: newId(),
    badgeId,
    memberId,
    createdDate,
    updatedDate: createdDate,
  };
  store.putBadgeAssignment(assignment);
  return assignment;
}
