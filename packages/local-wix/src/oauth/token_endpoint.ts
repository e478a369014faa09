import type { Call } from "../call.ts";
import { type Grant, GRANTS } from "../counters.ts";
import { answerFault } from "../faults/answer_fault.ts";
import { applicationError } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { isGuid, textIn } from "../http/parse.ts";
import { readFields } from "../http/request.ts";
import type { Site } from "../seed/site.ts";
import { GRANT_HANDLERS } from "./grants.ts";
import { OAuthError } from "./oauth_error.ts";

/** Grants that tell their client by an access token. */
const WITHOUT_CLIENT_ID: readonly Grant[] = [
  "authorized_client",
  "strip_bound_session",
];

/** `POST /oauth2/token`: exchanges one credential for tokens. */
export async function tokenEndpoint(call: Call): Promise<Response> {
  const { backend, request } = call;
  const fields = snakeCase(await readFields(request));
  const name = textIn(fields.grant_type);
  const grant = GRANTS.find((known) => known === name);
  if (!grant) return refuseGrant(name);
  backend.counters.countGrant(grant);
  const fault = backend.faults.take(grant);
  const answerRightly = () => exchange(grant, fields, call);
  if (!fault) return answerRightly();
  return await answerFault(fault, { closing: backend.closing, answerRightly });
}

function exchange(
  grant: Grant,
  fields: JsonObject,
  { backend, request }: Call,
): Response {
  try {
    if (!WITHOUT_CLIENT_ID.includes(grant)) {
      checkClient(textIn(fields.client_id), backend.site);
    }
    const tokens = GRANT_HANDLERS[grant](fields, backend, request.headers);
    return Response.json(tokens, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof OAuthError) return error.toResponse();
    throw error;
  }
}

function refuseGrant(name: string | undefined): Response {
  const code = name ? "unsupported_grant_type" : "invalid_request";
  return new OAuthError(code, `grant_type is ${name ?? "missing"}`)
    .toResponse();
}

function checkClient(clientId: string | undefined, site: Site): void {
  if (!clientId) throw new OAuthError("invalid_request", "No client_id");
  if (!isGuid(clientId)) {
    const text = "appRuntimeKeys [at index 0] is invalid: " +
      "appId is not a valid GUID";
    throw applicationError(400, "INVALID_ARGUMENT", text);
  }
  if (clientId !== site.clientId) {
    throw new OAuthError("invalid_client", `No client has the id ${clientId}`);
  }
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
