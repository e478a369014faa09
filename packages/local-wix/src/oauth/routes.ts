import { validate as isGuid } from "uuid";
import { allow, type Call, type Route } from "../call.ts";
import { faultResponse } from "../faults/fault_response.ts";
import { applicationError } from "../http/errors.ts";
import { type JsonObject, textIn } from "../http/json.ts";
import { readFields, readJson } from "../http/request.ts";
import { reply } from "../http/response.ts";
import type { TokenHolder } from "../identity/identity.ts";
import type { Site } from "../site/site.ts";
import { GRANT_HANDLERS } from "./grants.ts";
import { type Grant, GRANTS, OAuthError } from "./protocol.ts";

/** Token endpoint and token info. */
export const OAUTH_ROUTES: readonly Route[] = allow("anyone", {
  "POST /oauth2/token": tokenEndpoint,
  "POST /oauth2/token-info": tokenInfo,
});

/** Grants that identify their client by an access token. */
const WITHOUT_CLIENT_ID: readonly Grant[] = [
  "authorized_client",
  "strip_bound_session",
];

async function tokenEndpoint(call: Call): Promise<Response> {
  const { backend, request } = call;
  const fields = snakeCase(await readFields(request));
  const name = textIn(fields.grant_type);
  const grant = GRANTS.find((known) => known === name);
  if (!grant) {
    const code = name ? "unsupported_grant_type" : "invalid_request";
    const text = `grant_type is ${name ?? "missing"}`;
    return new OAuthError(code, text).toResponse();
  }
  backend.counters.countGrant(grant);
  const fault = backend.faults.take(grant);
  const proceed = () => exchange(grant, fields, call);
  if (!fault) return proceed();
  return await faultResponse(fault, { closing: backend.closing, proceed });
}

function exchange(grant: Grant, fields: JsonObject, call: Call): Response {
  try {
    if (!WITHOUT_CLIENT_ID.includes(grant)) {
      checkClient(textIn(fields.client_id), call.backend.site);
    }
    const tokens = GRANT_HANDLERS[grant](fields, call);
    return Response.json(tokens, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof OAuthError) return error.toResponse();
    throw error;
  }
}

function checkClient(clientId: string | undefined, site: Site): void {
  if (!clientId) throw new OAuthError("invalid_request", "No client_id");
  if (!isGuid(clientId)) {
    const text = "appRuntimeKeys [at index 0] is invalid: " +
      "appId is not a valid GUID";
    throw applicationError(400, "INVALID_ARGUMENT", text);
  }
  if (clientId === site.clientId) return;
  throw new OAuthError("invalid_client", `No client has the id ${clientId}`);
}

/** The SDK sends some grants in camel case and some in snake case. */
function snakeCase(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/**
 * UNDOCUMENTED: token-info of no token or an unknown one. Here it is
 * `{active: false}`, as in RFC 7662.
 */
async function tokenInfo({ request, backend }: Call): Promise<Response> {
  const { token } = await readJson(request);
  const info = backend.tokens.inspectAccess(textIn(token) ?? "");
  if (!info) return reply({ active: false });
  const { holder, active, issuedAt, expiresAt } = info;
  const { clientId, siteId, instanceId } = backend.site;
  return reply({
    active,
    subjectType: holder.kind.toUpperCase(),
    subjectId: subjectOf(holder) ?? clientId,
    exp: String(expiresAt),
    iat: String(issuedAt),
    clientId,
    siteId,
    instanceId,
  });
}

function subjectOf(holder: TokenHolder): string | undefined {
  if (holder.kind === "member") return holder.memberId;
  return holder.kind === "visitor" ? holder.visitorId : undefined;
}
