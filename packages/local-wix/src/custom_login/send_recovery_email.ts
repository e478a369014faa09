import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { findByEmail } from "../members/new_member.ts";
import { isAllowedUrl } from "../redirects/allowed_url.ts";

/**
 * `POST /_api/iam/recovery/v1/send-email`: the e-mail that helps somebody who
 * has forgotten the password. It goes to the log of local Wix.
 *
 * UNDOCUMENTED: the answers for an e-mail that no member has (here `{}`, which
 * does not tell) and for a URL that is not allowed (here 400).
 */
export async function sendRecoveryEmail(
  { request, backend }: Call,
): Promise<Response> {
  const body = await readJson(request);
  const email = textIn(body.email) ?? "";
  const url = textIn(objectIn(body.redirect, "redirect").url);
  if (url && !isAllowedUrl(url, backend.settings)) {
    throw invalidField("redirect.url", `${url} is not allowed`);
  }
  if (findByEmail(backend.store.members, email)) {
    backend.log(`Mail to ${email}: reset your password, then go to ${url}`);
  }
  return reply({});
}
