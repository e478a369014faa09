import type { Call } from "../call.ts";
import { applicationError, invalidField } from "../http/errors.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { findByEmail, isEmail, newMember } from "./new_member.ts";

/**
 * `POST /members/v1/members`
 *
 * UNDOCUMENTED: the answer for an e-mail that a member already has. Here it is
 * 409 ALREADY_EXISTS.
 */
export async function createMember(
  { request, backend }: Call,
): Promise<Response> {
  const sent = objectIn((await readJson(request)).member, "member");
  const email = textIn(sent.loginEmail) ?? "";
  if (!isEmail(email)) {
    const text = "member.loginEmail must be an e-mail address";
    throw invalidField("member.loginEmail", text, "FORMAT", { type: "EMAIL" });
  }
  if (findByEmail(backend.store.members, email)) {
    const text = "A member has this e-mail already";
    throw applicationError(409, "ALREADY_EXISTS", text);
  }
  const contact = objectIn(sent.contact, "member.contact");
  const profile = objectIn(sent.profile, "member.profile");
  const { privacyStatus } = sent;
  const details = { ...contact, ...profile, privacyStatus };
  const member = newMember(backend, email, details);
  backend.store.putMember(member);
  return writeReply({ member });
}
