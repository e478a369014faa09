import type { Call } from "../call.ts";
import { replyText } from "../http/reply.ts";
import { readQuery } from "../http/request.ts";
import { callingMember } from "./change_member.ts";
import type { Member } from "./member.ts";
import {
  cutTo,
  type Fieldset,
  requestedFieldset,
  visibleFieldset,
} from "./visibility.ts";
import { visibleMember } from "./visible_member.ts";

/** JSON of members, who are replaced and never changed in place. */
const TEXTS: Readonly<Record<Fieldset, WeakMap<Member, string>>> = {
  PUBLIC: new WeakMap(),
  EXTENDED: new WeakMap(),
  FULL: new WeakMap(),
};

/** `GET /members/v1/members/my` */
export function getCurrentMember(call: Call): Response {
  return tellOf(callingMember(call), call);
}

/** `GET /members/v1/members/{id}` */
export function getMember(call: Call): Response {
  return tellOf(visibleMember(call), call);
}

function tellOf(member: Member, { identity, url }: Call): Response {
  const wanted = requestedFieldset(readQuery(url).fieldsets);
  const fieldset = visibleFieldset(member, identity, wanted);
  const known = TEXTS[fieldset].get(member);
  if (known !== undefined) return replyText(known);
  const text = JSON.stringify({ member: cutTo(fieldset, member) });
  TEXTS[fieldset].set(member, text);
  return replyText(text);
}
