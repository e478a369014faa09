import type { Call } from "../call.ts";
import { applicationError } from "../http/errors.ts";
import { textIn } from "../http/parse.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { loginState } from "./login_state.ts";
import { openNote } from "./signed_notes.ts";
import { VERIFICATION_CODE } from "./triggers.ts";

/**
 * `POST /_api/iam/verification/v1/auth/verify`: goes on with a registration or
 * login that waits for the code in an e-mail.
 *
 * UNDOCUMENTED: the status of VERIFICATION_FAILED. Here 400.
 */
export async function verifyEmail(
  { request, backend }: Call,
): Promise<Response> {
  const { code, stateToken } = await readJson(request);
  const { store, now } = backend;
  const id = openNote("verification", textIn(stateToken) ?? "", now());
  const member = store.member(id ?? "");
  if (!member || code !== VERIFICATION_CODE) {
    const text = "The code is wrong or has expired";
    throw applicationError(400, "VERIFICATION_FAILED", text);
  }
  const verified = { ...member, loginEmailVerified: true };
  store.putMember(verified);
  return writeReply(loginState(backend, verified));
}
