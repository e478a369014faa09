/**
 * The gateway for browser code: calls to Wix that islands make come here, and
 * go on with the token of whoever sent them, which the browser never holds. It
 * is the backend of "OAuth 2.0 for Browser-Based Applications".
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps
 * @module
 */
import { GATEWAY_HEADER, GATEWAY_PATH } from "../browser/gateway_fetch.ts";
import { readRequestBody } from "../http/read_body.ts";
import { isSameOrigin } from "../security/resource_isolation.ts";
import {
  applicationError,
  toWixError,
  WixError,
  wixErrorBody,
} from "../wix/wix_error.ts";
import { type GatewayCall, methodsFor } from "./match_call.ts";

/** What {@link createGateway} needs. */
export interface GatewayOptions {
  /** All that may be called. */
  readonly calls: readonly GatewayCall[];
  /** The public origin of this app; `undefined` on a preview. */
  readonly appOrigin: string | undefined;
  /** Refusals say what a developer can do. */
  readonly developerHints: boolean;
  /**
   * Sends a call to Wix as whoever made the request, never elevated. Its
   * answers are whole; see {@link createGateway}.
   */
  readonly send: typeof fetch;
  /** Limit of a request's body. Default 256 KiB. */
  readonly maxBodyBytes?: number;
}

/** Takes note of a failure of Wix, for the log. */
export type Report = (failure: WixError) => void;

const WIX_API = "https://www.wixapis.com";
const JSON_TYPE = "application/json";

/** Twice what the SDK puts into an address before it takes a body instead. */
const MAX_QUERY_LENGTH = 8_192;

/** Of Wix's headers; what else an answer needs is set here. */
const REQUEST_ID = "x-wix-request-id";

/** What is said about a body beyond its limits. */
const BODY_REFUSALS = {
  "too-large": [413, "BODY_TOO_LARGE", "The body is too large"],
  "too-slow": [408, "BODY_TOO_SLOW", "The body did not come in time"],
  "cut-off": [400, "CALLER_LEFT", "Too late"],
} as const;

/**
 * Returns the answer to requests below {@link GATEWAY_PATH}. The address, the
 * method and the body's bytes are all that goes on: the host is fixed, and of
 * the headers none is taken over.
 *
 * Answers are whole when they leave, and not streamed: one that breaks off,
 * takes too long or grows too large on its way from Wix is then still a status
 * and a code for the island, as on the server, may be asked for again, and is
 * logged as what it was. A stream would have said 200 by then. Nothing waits
 * for it that could begin earlier: the SDK in browsers reads the whole answer
 * before it returns any of it.
 *
 * `X-Wix-Consistent` is not passed on in either direction: the SDK's header
 * would come from a browser, and its meaning is not ours to check.
 */
export function createGateway(
  options: GatewayOptions,
): (request: Request, report: Report) => Promise<Response> {
  const { send, maxBodyBytes = 256 * 1024 } = options;

  return async (request, report) => {
    const address = wixAddress(request);
    const refused = refuse(request, address, options);
    if (refused !== undefined) return refused;
    const { method, signal } = request;
    try {
      const body = await readRequestBody(request, maxBodyBytes);
      if (typeof body === "string") {
        const [status, code, detail] = BODY_REFUSALS[body];
        return refusal(status, code, detail);
      }
      const answer = await send(WIX_API + address.path + address.query, {
        method,
        signal,
        ...(body.length > 0 &&
          { body, headers: { "content-type": JSON_TYPE } }),
      });
      return await jsonAnswer(answer, report);
    } catch (error) {
      // Nobody is there to read it.
      if (signal.aborted) return refusal(400, "CALLER_LEFT", "Too late");
      const failure = toWixError(error);
      if (failure === undefined) throw error;
      return failed(failure, report);
    }
  };
}

/** Returns the refusal of what is no listed call of an island. */
function refuse(
  request: Request,
  { path, query }: WixAddress,
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
    const hint = developerHints
      ? ": run `deno task gateway` for a new call"
      : "";
    return refusal(404, "CALL_NOT_LISTED", `No island calls this${hint}`);
  }
  if (!methods.includes(method)) {
    const allow = methods.join(", ");
    return refusal(405, "METHOD_NOT_LISTED", `Only ${allow}`, { allow });
  }
  if (query.length > MAX_QUERY_LENGTH) {
    return refusal(414, "QUERY_TOO_LONG", "The query is too long");
  }
  if (!isJsonOrNothing(request)) {
    return refusal(415, "NOT_JSON", `A body has to be ${JSON_TYPE}`);
  }
}

interface WixAddress {
  readonly path: string;
  /** With its question mark. */
  readonly query: string;
}

/** Returns path and query of a request as Wix gets them. */
function wixAddress({ url }: Request): WixAddress {
  const { pathname, search } = new URL(url);
  return { path: pathname.slice(GATEWAY_PATH.length), query: search };
}

function isJsonOrNothing({ body, headers }: Request): boolean {
  if (headers.has("content-encoding")) return false;
  const type = headers.get("content-type");
  return type === JSON_TYPE || type === null && body === null;
}

/**
 * Returns what a browser may see of an answer. An error that is not JSON keeps
 * its status, as the SDK on the server takes it, and loses its body.
 */
async function jsonAnswer(answer: Response, report: Report): Promise<Response> {
  const { status, ok } = answer;
  const requestId = answer.headers.get(REQUEST_ID) ?? undefined;
  const text = await answer.text();
  const json = parseJson(answer.headers.get("content-type"), text);
  if (status >= 500) {
    const { code, description = "no details" } = applicationError(
      detailsOf(json),
    );
    const facts = { status, code, description, requestId };
    return failed(new WixError(facts), report);
  }
  if (ok && json === undefined) {
    const code = "MALFORMED_RESPONSE";
    const description = "the answer is not JSON";
    const facts = { status: 502, code, description, requestId };
    return failed(new WixError(facts), report);
  }
  return new Response(json === undefined ? "{}" : text, {
    status,
    headers: { "content-type": JSON_TYPE, ...idHeader(requestId) },
  });
}

/**
 * Returns what an island learns when Wix failed, which is not its doing: status
 * and code. How it failed, such as what the network said, is for the log.
 */
function failed(failure: WixError, report: Report): Response {
  report(failure);
  const { status, code, requestId } = failure;
  return refusal(status, code, "Wix is not answering", idHeader(requestId));
}

function idHeader(requestId: string | undefined): Record<string, string> {
  return requestId === undefined ? {} : { [REQUEST_ID]: requestId };
}

/** Returns what a body of type JSON says, `undefined` when it is none. */
function parseJson(type: string | null, text: string): unknown {
  if (type?.split(";")[0]?.trim().toLowerCase() !== JSON_TYPE) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function detailsOf(json: unknown): unknown {
  return typeof json === "object" && json !== null && "details" in json
    ? json.details
    : undefined;
}

/** Returns a problem document (RFC 9457) that the SDK reads as Wix's error. */
function refusal(
  status: number,
  code: string | undefined,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({
    status,
    detail,
    ...wixErrorBody({ code, description: detail }),
  }, {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
  });
}
