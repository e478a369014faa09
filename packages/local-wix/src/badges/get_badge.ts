import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import type { Badge } from "./badge.ts";

/** `GET /badges/v4/badges/{id}` and `GET /members/v3/badges/{id}` */
export function getBadge(call: Call): Response {
  return reply({ badge: badgeInPath(call) });
}

/** The badge with the `id` in the path. */
export function badgeInPath({ backend, params }: Call): Badge {
  return badgeById(backend.store.badges, params.id);
}

/**
 * The badge with this id.
 *
 * UNDOCUMENTED: the code for a badge that does not exist. Here BADGE_NOT_FOUND.
 */
export function badgeById(
  badges: readonly Badge[],
  id: unknown,
): Badge {
  const badge = badges.find((item) => item.id === id);
  if (badge) return badge;
  throw notFound("BADGE_NOT_FOUND", "There is no such badge");
}
