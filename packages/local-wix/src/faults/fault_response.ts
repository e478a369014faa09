import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import type { Fault, FieldsFault, ResponseFault } from "./faults.ts";
import { isRecord } from "../http/json.ts";
import { StreamedResponse, wait } from "../http/server.ts";

const JSON_TYPE = { "content-type": "application/json" };
const HTML_TYPE = { "content-type": "text/html; charset=utf-8" };
const CUT_JSON = '{"access_token":"OauthNG.JWS.cut","member":{"id":"0000';
const SLOW_JSON = `{${" ".repeat(98)}}`;
const PAGE = "<!doctype html><title>Bad gateway</title><h1>Injected</h1>";
const BODYLESS = [204, 205, 304];
const BOMB_MEBIBYTES = 64;
const FOREVER = 2 ** 31 - 1;

/** What the response to a fault may depend on. */
export interface FaultContext {
  /** Aborted when the server closes, to end all waits. */
  readonly closing: AbortSignal;
  /** Handles the request as if there were no fault. */
  readonly proceed: () => Response | Promise<Response>;
}

/**
 * The response that `fault` describes. If reading its body fails, the server
 * closes the connection.
 */
export async function faultResponse(
  fault: Fault,
  { closing, proceed }: FaultContext,
): Promise<Response> {
  if (fault.delayMs) await wait(fault.delayMs, closing);
  if (fault.kind === "delay") return await proceed();
  if (fault.kind === "fields") return await change(await proceed(), fault);
  if (fault.processed) await runAndDiscard(proceed);
  switch (fault.kind) {
    case "reset":
      return new StreamedResponse(broken());
    case "truncated": {
      const length = String(2 * CUT_JSON.length);
      const headers = { ...JSON_TYPE, "content-length": length };
      return new StreamedResponse(broken(CUT_JSON), { headers });
    }
    case "trickle": {
      const body = trickling(SLOW_JSON, fault.trickleMs, closing);
      return new StreamedResponse(body, { headers: JSON_TYPE });
    }
    case "huge":
      return new StreamedResponse(huge(fault.mebibytes ?? Infinity), {
        headers: JSON_TYPE,
      });
    case "gzipBomb":
      return new Response(gzipped(fault.mebibytes ?? BOMB_MEBIBYTES), {
        headers: { ...JSON_TYPE, "content-encoding": "gzip" },
      });
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
      return await syntheticResponse(fault, closing);
  }
}

async function runAndDiscard(proceed: FaultContext["proceed"]): Promise<void> {
  try {
    await proceed();
  } catch {
    // A refusal makes no difference: the response is lost.
  }
}

async function syntheticResponse(
  fault: ResponseFault,
  closing: AbortSignal,
): Promise<Response> {
  if (fault.hang) await wait(FOREVER, closing);
  const { status = 500, headers = {} } = fault;
  const body = fault.body ?? defaultBody(status);
  return typeof body === "string"
    ? text(body, status, { ...HTML_TYPE, ...headers })
    : text(JSON.stringify(body), status, { ...JSON_TYPE, ...headers });
}

async function change(real: Response, fault: FieldsFault): Promise<Response> {
  const type = real.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) return real;
  const body: unknown = await real.json();
  const { status, headers } = real;
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

const CODES: Readonly<Record<number, string>> = {
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  429: "RESOURCE_EXHAUSTED",
};

/**
 * UNDOCUMENTED: the bodies of 401, 429 and 5xx. Here Wix's error format, with a
 * code for 401, 403 and 429 only.
 */
function defaultBody(status: number): unknown {
  const code = CODES[status];
  if (!code) return { message: "", details: {} };
  const description = `Injected by a test: ${code}`;
  const applicationError = { code, description, data: {} };
  return { message: description, details: { applicationError } };
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

const FILLING = bytesOf("x".repeat(1024 * 1024));
const HEAD = bytesOf('{"message":"');
const TAIL = bytesOf('"}');

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Sends `text`, then closes the connection. */
function broken(text = ""): Body {
  const chunks = text === "" ? [] : [bytesOf(text)];
  return lazily((controller) => {
    const chunk = chunks.shift();
    if (chunk) controller.enqueue(chunk);
    else controller.error(new Error("Broken by a test"));
  });
}

/** Sends `text` byte by byte, over `milliseconds` or a little more. */
function trickling(
  text: string,
  milliseconds: number,
  closing: AbortSignal,
): Body {
  const bytes = bytesOf(text);
  const pause = Math.ceil(milliseconds / (bytes.length - 1));
  let sent = 0;
  return lazily(async (controller) => {
    if (sent > 0) await wait(pause, closing);
    if (closing.aborted) return controller.error(new Error("Server closes"));
    controller.enqueue(bytes.slice(sent, ++sent));
    if (sent === bytes.length) controller.close();
  });
}

/** JSON with one text of `mebibytes`, which may be `Infinity`. */
function huge(mebibytes: number): Body {
  let left = mebibytes;
  return new ReadableStream({
    start: (controller) => controller.enqueue(HEAD),
    pull(controller) {
      if (left-- > 0) return controller.enqueue(FILLING);
      controller.enqueue(TAIL);
      controller.close();
    },
  });
}

/** The same as {@linkcode huge}, compressed to a thousandth. */
function gzipped(mebibytes: number): Uint8Array<ArrayBuffer> {
  const filling = Array.from({ length: mebibytes }, () => FILLING);
  return new Uint8Array(gzipSync(Buffer.concat([HEAD, ...filling, TAIL])));
}

function lazily(
  pull: NonNullable<UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>["pull"]>,
): Body {
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}
