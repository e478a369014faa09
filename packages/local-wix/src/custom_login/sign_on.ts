import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { requireTrustedClient } from "../identity/trusted_client.ts";
import { findByEmail, isEmail, newMember } from "../members/new_member.ts";
import { identityOf } from "./login_state.ts";
import { signNote } from "./signed_notes.ts";

/**
 * `POST /_api/iam/authentication/v2/sign-on`: a server that has checked who
 * somebody is gets a session for them. It makes a member of whoever is none.
 */
export async function signOn({ request, backend }: Call): Promise<Response> {
  requireTrustedClient(request.headers, backend);
  const body = await readJson(request);
  const email = textIn(objectIn(body.loginId, "loginId").email) ?? "";
  if (!isEmail(email)) {
    const text = "loginId.email must be an e-mail address";
    throw invalidField("loginId.email", text, "FORMAT", { type: "EMAIL" });
  }
  const { store, now } = backend;
  const known = findByEmail(store.members, email);
  const profile = objectIn(body.profile, "profile");
  const member = known ?? newMember(backend, email, profile);
  const loginEmailVerified = member.loginEmailVerified ||
    body.verifyEmail === true;
  store.putMember({ ...member, loginEmailVerified });
  const sessionToken = signNote("session", member.id, now());
  return writeReply({ sessionToken, identity: identityOf(member) });
}
