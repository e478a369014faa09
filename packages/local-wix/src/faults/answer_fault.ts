import { isRecord } from "../http/json.ts";
import { aborted, wait } from "../wait.ts";
import { broken, gzipped, huge, trickling } from "./bodies.ts";
import type { AnswerFault, Fault, FieldsFault } from "./fault.ts";

const JSON_TYPE = { "content-type": "application/json" };
const HTML_TYPE = { "content-type": "text/html; charset=utf-8" };
const CUT_JSON = '{"access_token":"OauthNG.JWS.cut","member":{"id":"0000';
const SLOW_JSON = `{${" ".repeat(98)}}`;
const PAGE = "<!doctype html><title>Bad gateway</title><h1>Injected</h1>";
const BODYLESS = [204, 205, 304];
const BOMB_MEBIBYTES = 64;

/** What an answer to a fault may depend on. */
export interface FaultContext {
  /** Aborted when the server closes: nothing may wait any longer. */
  readonly closing: AbortSignal;
  /** Answers the request as if there were no fault. */
  readonly answerRightly: () => Response | Promise<Response>;
}

/**
 * The answer that `fault` wants. One whose body fails to be read is for the
 * server to break the connection.
 */
export async function answerFault(
  fault: Fault,
  { closing, answerRightly }: FaultContext,
): Promise<Response> {
  if (fault.delayMs) await wait(fault.delayMs, closing);
  if (fault.kind === "delay") return await answerRightly();
  if (fault.kind === "fields") {
    return await change(await answerRightly(), fault);
  }
  if (fault.processed) await takeEffect(answerRightly);
  switch (fault.kind) {
    case "reset":
      return new Response(broken());
    case "truncated": {
      const length = String(2 * CUT_JSON.length);
      const headers = { ...JSON_TYPE, "content-length": length };
      return new Response(broken(CUT_JSON), { headers });
    }
    case "trickle": {
      const body = trickling(SLOW_JSON, fault.trickleMs, closing);
      return new Response(body, { headers: JSON_TYPE });
    }
    case "huge": {
      const { mebibytes = Infinity } = fault;
      return new Response(huge(mebibytes), { headers: JSON_TYPE });
    }
    case "gzipBomb": {
      const headers = { ...JSON_TYPE, "content-encoding": "gzip" };
      const { mebibytes = BOMB_MEBIBYTES } = fault;
      return new Response(gzipped(mebibytes), { headers });
    }
    case "html":
      return text(PAGE, fault.status ?? 200, HTML_TYPE);
    case "badJson":
      return text(CUT_JSON, 200, JSON_TYPE);
    case "empty":
      return new Response(null);
    case "redirect": {
      const { location, status = 302 } = fault;
      return new Response(null, { status, headers: { location } });
    }
    default:
      return await madeUp(fault, closing);
  }
}

async function takeEffect(
  answerRightly: FaultContext["answerRightly"],
): Promise<void> {
  try {
    await answerRightly();
  } catch {
    // Whether the right answer is a refusal makes no difference: it is lost.
  }
}

async function madeUp(
  fault: AnswerFault,
  closing: AbortSignal,
): Promise<Response> {
  if (fault.hang) await aborted(closing);
  const { status = 500, headers = {} } = fault;
  const body = fault.body ?? defaultBody(status);
  return typeof body === "string"
    ? text(body, status, { ...HTML_TYPE, ...headers })
    : text(JSON.stringify(body), status, { ...JSON_TYPE, ...headers });
}

async function change(right: Response, fault: FieldsFault): Promise<Response> {
  const type = right.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) return right;
  const body: unknown = await right.json();
  const { status, headers } = right;
  if (!isRecord(body)) return Response.json(body, { status, headers });
  const changed = { ...body, ...fault.fields };
  for (const name of fault.omit ?? []) delete changed[name];
  return Response.json(changed, { status, headers });
}

function text(
  body: string,
  status: number,
  headers: Record<string, string>,
): Response {
  const sent = BODYLESS.includes(status) ? null : body;
  return new Response(sent, { status, headers });
}

/**
 * UNDOCUMENTED: the bodies of 401, 429 and 5xx. Here Wix's error format, with a
 * code for 401, 403 and 429 only.
 */
function defaultBody(status: number): unknown {
  const codes: Readonly<Record<number, string>> = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    429: "RESOURCE_EXHAUSTED",
  };
  const code = codes[status];
  if (!code) return { message: "", details: {} };
  const description = `Injected by a test: ${code}`;
  const applicationError = { code, description, data: {} };
  return { message: description, details: { applicationError } };
}
