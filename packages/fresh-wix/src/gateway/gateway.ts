// The gateway for browser code: islands send their calls to Wix here, and they
// are forwarded with the user's token, which never reaches the browser.
// See https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps

import { GATEWAY_HEADER, GATEWAY_PATH } from "../browser/gateway_fetch.ts";
import { readRequestBody } from "../http/read_body.ts";
import { isSameOrigin } from "../security/resource_isolation.ts";
import {
  applicationError,
  MALFORMED_RESPONSE,
  toWixError,
  WixError,
  wixErrorBody,
} from "../wix/wix_error.ts";

/** A call that the gateway allows. */
export interface GatewayCall {
  /** In capitals. */
  readonly method: string;
  /** At Wix; `:name` stands for one segment that is an id. */
  readonly path: string;
}

/** What {@link createGateway} needs. */
export interface GatewayOptions {
  /** All that may be called. */
  readonly calls: readonly GatewayCall[];
  /** The public origin of this app; `undefined` on a preview. */
  readonly appOrigin: string | undefined;
  /** Whether refusals have hints for developers. */
  readonly developerHints: boolean;
  /** Calls Wix as the current user, never elevated; responses are complete. */
  readonly send: typeof fetch;
  /** Limit of a request's body. Default 256 KiB. */
  readonly maxBodyBytes?: number;
}

const WIX_API = "https://www.wixapis.com";
const JSON_TYPE = "application/json";
const REQUEST_ID = "x-wix-request-id";
/** Twice the length at which the SDK uses a body instead of the URL. */
const MAX_QUERY_LENGTH = 8_192;
/** No escapes: a later reader might decode them into another path. */
const ID = /^[\w.~-]{1,200}$/;

/**
 * Returns the handler of requests below {@link GATEWAY_PATH}. Only path, method
 * and body are forwarded: the host is fixed, and no headers are copied.
 * Responses are not streamed, so that one that breaks off still has a status
 * and a code for the island and the log.
 */
export function createGateway(
  options: GatewayOptions,
): (request: Request, note: (failure: WixError) => void) => Promise<Response> {
  const { send, maxBodyBytes: maxBytes = 256 * 1024 } = options;

  return async (request, note) => {
    const { method, url, signal } = request;
    const { pathname, search } = new URL(url);
    const path = pathname.slice(GATEWAY_PATH.length);
    const refused = refuse(request, path, search, options);
    if (refused !== undefined) return refused;
    try {
      const body = await readRequestBody(request, maxBytes);
      if (body === "too-large") {
        return refusal(413, "BODY_TOO_LARGE", "The body is too large");
      }
      if (body === "too-slow") {
        return refusal(408, "BODY_TOO_SLOW", "The body did not arrive in time");
      }
      if (body === "cut-off") return refusal(400, "CALLER_LEFT", "Too late");
      const response = await send(WIX_API + path + search, {
        method,
        signal,
        ...(body.length > 0 &&
          { body, headers: { "content-type": JSON_TYPE } }),
      });
      return await toJson(response);
    } catch (error) {
      // The caller is gone. Deno aborts after a response too, when nothing waits.
      if (signal.aborted) return refusal(400, "CALLER_LEFT", "Too late");
      const failure = toWixError(error);
      if (failure === undefined) throw error;
      note(failure);
      // How it failed, such as what the network said, is for the log.
      const { status, code, requestId } = failure;
      return refusal(status, code, "Wix isn't responding", idHeader(requestId));
    }
  };
}

/** Returns a refusal unless the request is a listed call of an island. */
function refuse(
  request: Request,
  path: string,
  query: string,
  { calls, appOrigin, developerHints }: GatewayOptions,
): Response | undefined {
  const { method, headers } = request;
  const isOurs = isSameOrigin(headers, appOrigin) &&
    headers.get(GATEWAY_HEADER.name) === GATEWAY_HEADER.value;
  if (!isOurs) {
    return refusal(403, "NOT_FROM_AN_ISLAND", "Only for islands of this site");
  }
  const methods = methodsFor(path, calls);
  if (methods.length === 0) {
    const hint = developerHints ? ": run `deno task gateway` to list it" : "";
    return refusal(404, "CALL_NOT_LISTED", `This call is not listed${hint}`);
  }
  if (!methods.includes(method)) {
    const allow = methods.join(", ");
    return refusal(405, "METHOD_NOT_LISTED", `Only ${allow}`, { allow });
  }
  if (query.length > MAX_QUERY_LENGTH) {
    return refusal(414, "QUERY_TOO_LONG", "The query is too long");
  }
  if (!isJsonOrNothing(request)) {
    return refusal(415, "NOT_JSON", `The body must be ${JSON_TYPE}`);
  }
}

/** Returns the methods that a path is listed with; none when it is not listed. */
export function methodsFor(
  path: string,
  calls: readonly GatewayCall[],
): string[] {
  const segments = path.split("/");
  const listed = calls.filter((call) => {
    const parts = call.path.split("/");
    return parts.length === segments.length &&
      parts.every((part, index) => {
        const segment = segments[index] ?? "";
        return part.startsWith(":") ? ID.test(segment) : part === segment;
      });
  });
  return [...new Set(listed.map(({ method }) => method))];
}

function isJsonOrNothing({ body, headers }: Request): boolean {
  if (headers.has("content-encoding")) return false;
  const type = headers.get("content-type");
  return type === JSON_TYPE || type === null && body === null;
}

/**
 * Returns the part of a response that a browser may see. A refusal of Wix's
 * that is not JSON keeps its status and loses its body.
 * @throws {WixError} when Wix failed.
 */
async function toJson(response: Response): Promise<Response> {
  const { status, ok, headers } = response;
  const requestId = headers.get(REQUEST_ID) ?? undefined;
  const text = await response.text();
  const json = parseJson(headers.get("content-type"), text);
  if (status >= 500) {
    const { code, description = "no details" } = applicationError(json);
    throw new WixError({ status, code, description, requestId });
  }
  if (ok && json === undefined) {
    const description = "The response is not JSON";
    const facts = { status: 502, code: MALFORMED_RESPONSE, description };
    throw new WixError({ ...facts, requestId });
  }
  return new Response(json === undefined ? "{}" : text, {
    status,
    headers: { "content-type": JSON_TYPE, ...idHeader(requestId) },
  });
}

function idHeader(requestId: string | undefined): Record<string, string> {
  return requestId === undefined ? {} : { [REQUEST_ID]: requestId };
}

/** Returns the value of a JSON body, `undefined` for any other. */
function parseJson(type: string | null, text: string): unknown {
  if (type?.split(";")[0]?.trim().toLowerCase() !== JSON_TYPE) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a problem document (RFC 9457) that the SDK reads as Wix's error. */
function refusal(
  status: number,
  code: string | undefined,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const error = wixErrorBody({ code, description: detail });
  return Response.json({ status, detail, ...error }, {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
  });
}
