/**
 * The outermost step: it logs what happened in each request.
 *
 * @module
 */
import { HttpError } from "fresh";
import type { Config } from "../config/read_config.ts";
import type { WixContext, WixStep } from "../context.ts";
import { redact } from "../errors/redact.ts";
import { errorSummary } from "../errors/report.ts";
import { isBuildFile } from "../http/missing_file.ts";
import { mutableResponse } from "../http/responses.ts";
import { getRecord } from "../request_record.ts";
import type { Session } from "../session/session.ts";
import type { WixCall } from "../wix/request_context.ts";

/** The facts of one request; none of them says who made it. */
export interface LogEntry {
  /** ISO 8601. */
  readonly time: string;
  /** The same as on an error page. */
  readonly ref: string;
  readonly method: string;
  /** Where it is in `routes/`: `/account/orders/[id]`; `null` for no route. */
  readonly route: string | null;
  /** A file of the build that is missing. */
  readonly file?: string | undefined;
  readonly status: number;
  /** Milliseconds until the response began. */
  readonly ms: number;
  readonly identity: Session["kind"] | "none";
  /** Calls to Wix, repeated ones included. */
  readonly wixCalls: number;
  /** Their milliseconds added up: more than `ms` when they ran side by side. */
  readonly wixMs: number;
  /** A session cookie was there that does not open. */
  readonly cookie?: "refused" | undefined;
  /** What went wrong, redacted; a stack when nobody expected it. */
  readonly error?: string | undefined;
}

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
  const formatLine = logFormat === "text" ? textLine : JSON.stringify;
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
      // Only what got as far as the session step is more than a file.
      const isPage = record.session !== undefined && ctx.route !== PROBE;
      if (status >= 400 || isPage) {
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
  const timing = calls.map((call, index) =>
    `wix-${index + 1};dur=${call.milliseconds.toFixed(1)};` +
    `desc="${call.method} ${call.pathname} ${call.status}"`
  );
  const mutable = mutableResponse(response);
  mutable.headers.set("Server-Timing", timing.join(", "));
  return mutable;
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
    wixMs: Math.round(calls.reduce((sum, call) => sum + call.milliseconds, 0)),
    cookie: cookieRefused ? "refused" : undefined,
    error: error === undefined ? undefined : errorSummary(error),
  };
}

/** Returns a line for people, and below it the stack when there is one. */
export function textLine(entry: LogEntry): string {
  const { ref, method, route, file, status, ms, identity } = entry;
  const { wixCalls, wixMs, cookie, error } = entry;
  let line = `${status} ${method} ${file ?? route ?? "(no route)"} ${ms} ms`;
  if (identity !== "none") line += ` ${identity}`;
  if (wixCalls > 0) line += ` wix=${wixCalls}/${wixMs} ms`;
  if (cookie !== undefined) line += ` cookie ${cookie}`;
  line += ` ref=${ref}`;
  return error === undefined ? line : `${line} ${error}`;
}

/**
 * Returns a route as its file in `routes/` is named.
 *
 * @param pattern As Fresh has it, such as `/account/orders/:id`.
 */
export function routeName(pattern: string): string {
  return pattern.replace(
    /:(\w+)(\*?)/g,
    (_, name, rest) => rest ? `[...${name}]` : `[${name}]`,
  );
}
