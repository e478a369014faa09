import type { Call } from "../call.ts";
import { textIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import type { TokenHolder } from "../identity/identity.ts";

/**
 * `POST /oauth2/token-info`: what an access token says.
 *
 * UNDOCUMENTED: what token-info answers for no token or an unknown one. Here it is
 * `{active: false}`, as RFC 7662 has it.
 */
export async function tokenInfo({ request, backend }: Call): Promise<Response> {
  const { token } = await readJson(request);
  const info = backend.tokens.inspectAccess(textIn(token) ?? "");
  if (!info) return reply({ active: false });
  const { holder, active, issuedAt, expiresAt } = info;
  const { clientId, siteId, instanceId } = backend.site;
  return reply({
    active,
    subjectType: holder.kind.toUpperCase(),
    subjectId: subjectId(holder, clientId),
    exp: String(expiresAt),
    iat: String(issuedAt),
    clientId,
    siteId,
    instanceId,
  });
}

function subjectId(holder: TokenHolder, clientId: string): string {
  switch (holder.kind) {
    case "visitor":
      return holder.visitorId;
    case "member":
      return holder.memberId;
    case "app":
      return clientId;
  }
}
