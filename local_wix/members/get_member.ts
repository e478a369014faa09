import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import { readQuery } from "../http/request.ts";
import { canSee, memberView, requestedFieldset } from "./visibility.ts";

/**
 * `GET /members/v1/members/my`
 *
 * UNDOCUMENTED: the answer to a visitor. Here it is 404, as the API lists
 * NOT_FOUND among its errors.
 */
export function getCurrentMember({ backend, identity, url }: Call): Response {
  const member = identity.kind === "member"
    ? backend.store.member(identity.memberId)
    : undefined;
  if (!member) throw notFound("NOT_FOUND", "The caller is not a member");
  const fieldset = requestedFieldset(readQuery(url).fieldsets);
  return reply({ member: memberView(member, identity, fieldset) });
}

/**
 * `GET /members/v1/members/{id}`
 *
 * UNDOCUMENTED: the answer for a private member. Here it is the same as for
 * one that does not exist.
 */
export function getMember(call: Call): Response {
  const { backend, identity, url, params } = call;
  const member = backend.store.member(params.id ?? "");
  if (!member || !canSee(identity, member)) {
    throw notFound("MEMBER_NOT_FOUND", "There is no such member");
  }
  const fieldset = requestedFieldset(readQuery(url).fieldsets);
  return reply({ member: memberView(member, identity, fieldset) });
}
