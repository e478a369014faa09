import type { Call } from "../call.ts";
import { applicationError, invalidField } from "../http/errors.ts";
import { objectIn } from "../http/parse.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { findByEmail, isEmail, newMember } from "../members/new_member.ts";
import { readCredentials } from "./credentials.ts";
import { loginState } from "./login_state.ts";
import { needsApproval } from "./triggers.ts";

/**
 * `POST /_api/iam/authentication/v2/register`
 *
 * UNDOCUMENTED: which passwords are too short. Here only the empty one.
 */
export async function register({ request, backend }: Call): Promise<Response> {
  const body = await readJson(request);
  const { email, password } = readCredentials(body);
  if (!isEmail(email)) {
    const text = "loginId.email must be an e-mail address";
    throw invalidField("loginId.email", text, "FORMAT", { type: "EMAIL" });
  }
  if (password === "") {
    throw invalidField("password", "password is required", "REQUIRED_FIELD", {
      type: "PASSWORD",
    });
  }
  if (findByEmail(backend.store.members, email)) {
    throw applicationError(409, "-19995", "The e-mail is taken");
  }
  const profile = objectIn(body.profile, "profile");
  const status = needsApproval(email) ? "PENDING" : "APPROVED";
  const member = { ...newMember(backend, email, profile), status } as const;
  backend.store.putMember(member);
  return writeReply(loginState(backend, member));
}
