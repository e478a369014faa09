import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import type { Member } from "./member.ts";
import { canSee } from "./visibility.ts";

/**
 * The member with the `id` in the path.
 *
 * UNDOCUMENTED: the answer to others for a private member. Here it is the same 404 as
 * for one that does not exist.
 */
export function visibleMember({ backend, identity, params }: Call): Member {
  const member = backend.store.member(params.id ?? "");
  if (member && canSee(identity, member)) return member;
  throw notFound("MEMBER_NOT_FOUND", "There is no such member");
}
