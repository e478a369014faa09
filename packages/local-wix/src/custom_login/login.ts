import type { Call } from "../call.ts";
import { applicationError } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { findByEmail } from "../members/new_member.ts";
import { readCredentials } from "./credentials.ts";
import { loginState } from "./login_state.ts";
import { RESET_PASSWORD, WRONG_PASSWORD } from "./triggers.ts";

/**
 * `POST /_api/iam/authentication/v2/login`
 *
 * UNDOCUMENTED: the status of -19973, "reset your password". Here 401, like
 * the one of a wrong password.
 */
export async function login({ request, backend }: Call): Promise<Response> {
  const { email, password } = readCredentials(await readJson(request));
  const member = findByEmail(backend.store.members, email);
  if (!member) throw applicationError(404, "-19999", "There is no such member");
  if (password === RESET_PASSWORD) {
    throw applicationError(401, "-19973", "The password has to be reset");
  }
  if (password === "" || password === WRONG_PASSWORD) {
    throw applicationError(401, "-19976", "The password is wrong");
  }
  const lastLoginDate = new Date(backend.now()).toISOString();
  const state = loginState(backend, member);
  if (state.state === "SUCCESS") {
    backend.store.putMember({ ...member, lastLoginDate });
  }
  return reply(state);
}
