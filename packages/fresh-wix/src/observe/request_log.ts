// The outermost step: logs each request.

import { HttpError } from "fresh";
import type { Config } from "../config/read_config.ts";
import type { WixContext, WixStep } from "../context.ts";
import { redact } from "../errors/redact.ts";
import { errorSummary } from "../errors/report.ts";
import { isBuildFile, mutableResponse } from "../http/responses.ts";
import { getRecord } from "../request_record.ts";
import type { WixCall } from "../wix/request_context.ts";

/** The facts of one request; they don't identify the user. */
export type LogEntry = ReturnType<typeof createEntry>;

/** Requested every few seconds by machines. */
const PROBE = "/healthz";

/**
 * Returns a step that writes one line when a response begins, to stderr when
 * something went wrong. Files and health checks leave no line unless they fail.
 * With developer hints browsers show the calls to Wix, by `Server-Timing`.
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
        const ms = Math.round(performance.now() - startedAt);
        const write = record.error === undefined ? console.log : console.error;
        write(formatLine(createEntry(ctx, status, ms)));
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
  { req, route, url }: WixContext,
  status: number,
  ms: number,
) {
  const record = getRecord({ req });
  const { reference, calls, cookieRefused, error, session } = record;
  return {
    time: new Date().toISOString(),
    // The same as on an error page.
    ref: reference,
    method: req.method,
    // Where it is in `routes/`; `null` for no route.
    route: route === null ? null : routeName(route),
    // A file of the build that is missing.
    file: isBuildFile(url) ? redact(url.pathname.slice(0, 200)) : undefined,
    status,
    // Until the response began.
    ms,
    identity: session?.current?.kind ?? "none",
    wixCalls: calls.length,
    // More than `ms` when they ran side by side.
    wixMs: Math.round(calls.reduce((sum, call) => sum + call.milliseconds, 0)),
    // A session cookie was there that does not open.
    cookie: cookieRefused ? "refused" : undefined,
    error: error === undefined ? undefined : errorSummary(error),
  };
}

/** Returns a readable line, followed by the stack if there is one. */
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

/** Returns a pattern of Fresh's, such as `/orders/:id`, as its file is named. */
export function routeName(pattern: string): string {
  return pattern.replace(
    /:(\w+)(\*?)/g,
    (_, name, rest) => rest ? `[...${name}]` : `[${name}]`,
  );
}
