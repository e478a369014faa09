import type { Call } from "../call.ts";
import { textIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import type { TokenHolder } from "../identity/identity.ts";
import { SITE } from "../seed/site.ts";

/**
 * `POST /oauth2/token-info`: what an access token says.
 *
 * UNDOCUMENTED: the answer for no token or an unknown one. Here it is
 * `{active: false}`, as RFC 7662 has it.
 */
export async function tokenInfo({ request, backend }: Call): Promise<Response> {
  const { token } = await readJson(request);
  const info = backend.tokens.inspectAccess(textIn(token) ?? "");
  if (!info) return reply({ active: false });
  const { holder, active, issuedAt, expiresAt } = info;
  return reply({
    active,
    subjectType: holder.kind.toUpperCase(),
    subjectId: subjectId(holder),
    exp: String(expiresAt),
    iat: String(issuedAt),
    clientId: SITE.clientId,
    siteId: SITE.siteId,
    instanceId: SITE.instanceId,
  });
}

function subjectId(holder: TokenHolder): string {
  switch (holder.kind) {
    case "visitor":
      return holder.visitorId;
    case "member":
      return holder.memberId;
    case "app":
      return SITE.clientId;
  }
}
