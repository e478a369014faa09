import type { Call } from "../call.ts";
import { reply } from "../http/reply.ts";
import { readQuery } from "../http/request.ts";
import { callingMember } from "./change_member.ts";
import { memberView, requestedFieldset } from "./visibility.ts";
import { visibleMember } from "./visible_member.ts";

/** `GET /members/v1/members/my` */
export function getCurrentMember(call: Call): Response {
  const fieldset = requestedFieldset(readQuery(call.url).fieldsets);
  const member = memberView(callingMember(call), call.identity, fieldset);
  return reply({ member });
}

/** `GET /members/v1/members/{id}` */
export function getMember(call: Call): Response {
  const fieldset = requestedFieldset(readQuery(call.url).fieldsets);
  const member = memberView(visibleMember(call), call.identity, fieldset);
  return reply({ member });
}
