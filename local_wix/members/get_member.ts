import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import { readQuery } from "../http/request.ts";
import { memberView, requestedFieldset } from "./visibility.ts";
import { visibleMember } from "./visible_member.ts";

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

/** `GET /members/v1/members/{id}` */
export function getMember(call: Call): Response {
  const fieldset = requestedFieldset(readQuery(call.url).fieldsets);
  const member = memberView(visibleMember(call), call.identity, fieldset);
  return reply({ member });
}
