/**
 * The outermost step: it logs what happened in each request.
 *
 * @module
 */
import { HttpError } from "fresh";
import type { Config } from "../config/read_config.ts";
import type { WixContext, WixStep } from "../context.ts";
import { errorSummary } from "../errors/error_summary.ts";
import { redact } from "../errors/redact.ts";
import { isBuildFile } from "../http/missing_file.ts";
import { mutableResponse } from "../http/mutable_response.ts";
import { getRecord, type RequestRecord } from "../request_record.ts";
import type { WixCall } from "../wix/request_context.ts";
import { jsonLine, type LogEntry, routeName, textLine } from "./log_line.ts";

/** Requested every few seconds by machines. */
const PROBE = "/healthz";

/**
 * Returns a step that writes one line when a response begins, to stderr when
 * something went wrong. Files and health checks leave no line unless they fail.
 * What is streamed afterwards is not counted. With developer hints the response
 * lists its calls to Wix in `Server-Timing` as well, where browsers show them.
 */
export function requestLog(
  { developerHints, logFormat }: Pick<Config, "developerHints" | "logFormat">,
): WixStep {
  const formatLine = logFormat === "text" ? textLine : jsonLine;
  return async (ctx) => {
    const startedAt = performance.now();
    const record = getRecord(ctx);
    record.logged = true;
    let status = 500;
    try {
      const response = await ctx.next();
      ({ status } = response);
      return developerHints && record.calls.length > 0
        ? withServerTiming(response, record.calls)
        : response;
    } catch (error) {
      if (error instanceof HttpError) ({ status } = error);
      if (status >= 500) record.error = error;
      throw error;
    } finally {
      if (status >= 400 || isPageOrEndpoint(ctx, record)) {
        const entry = createEntry(ctx, status, performance.now() - startedAt);
        const write = record.error === undefined ? console.log : console.error;
        write(formatLine(entry));
      }
    }
  };
}

function withServerTiming(
  response: Response,
  calls: readonly WixCall[],
): Response {
  const timing = calls.map((
    { method, pathname, status, milliseconds },
    index,
  ) =>
    `wix-${index + 1};dur=${milliseconds.toFixed(1)};` +
    `desc="${method} ${pathname} ${status}"`
  );
  const mutable = mutableResponse(response);
  mutable.headers.set("Server-Timing", timing.join(", "));
  return mutable;
}

/** Only what got as far as the session step is more than a file. */
function isPageOrEndpoint(
  { route }: WixContext,
  { session }: RequestRecord,
): boolean {
  return session !== undefined && route !== PROBE;
}

function createEntry(
  ctx: WixContext,
  status: number,
  milliseconds: number,
): LogEntry {
  const { req, route, url } = ctx;
  const { reference, calls, cookieRefused, error, session } = getRecord(ctx);
  return {
    time: new Date().toISOString(),
    ref: reference,
    method: req.method,
    route: route === null ? null : routeName(route),
    file: isBuildFile(url) ? redact(url.pathname.slice(0, 200)) : undefined,
    status,
    ms: Math.round(milliseconds),
    identity: session?.current?.kind ?? "none",
    wixCalls: calls.length,
    wixMs: Math.round(
      calls.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    ),
    cookie: cookieRefused ? "refused" : undefined,
    error: error === undefined ? undefined : errorSummary(error),
  };
}
