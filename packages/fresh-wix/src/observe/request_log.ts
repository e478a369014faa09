/**
 * The outermost step: it tells what happened in each request.
 *
 * @module
 */
import type { Context } from "fresh";
import { config } from "../config/config.ts";
import { define, type State } from "@/lib/define.ts";
import { errorSummary } from "../errors/error_summary.ts";
import { redact } from "../errors/redact.ts";
import { isBuildFile } from "../http/missing_file.ts";
import { mutableResponse } from "../http/mutable_response.ts";
import type { WixCall } from "../wix/request_context.ts";
import { jsonLine, type LogEntry, routeName, textLine } from "./log_line.ts";

/** What steps further in tell about a request. */
export interface RequestFacts {
  /** Eight hex digits that lead from an error page to the log. */
  readonly reference: string;
  /** The calls to Wix so far. */
  calls: readonly WixCall[];
  /** A session cookie was there that does not open. */
  cookieRefused: boolean;
  /** What went wrong, when it is worth a look. */
  error: unknown;
}

/** Asked every few seconds by machines. */
const PROBES = ["/healthz", "/readyz"];

/**
 * Writes one line when an answer begins: for people on a local machine, JSON
 * elsewhere; to stderr when something went wrong. Files and health checks
 * leave no line unless they fail. What is streamed afterwards is not counted.
 * On a local machine the answer lists its calls to Wix in `Server-Timing` as
 * well, where browsers show them.
 */
export const requestLog = define.middleware(async (ctx) => {
  const startedAt = performance.now();
  const log: RequestFacts = ctx.state.log = {
    reference: Math.random().toString(16).slice(2, 10).padEnd(8, "0"),
    calls: [],
    cookieRefused: false,
    error: undefined,
  };
  let status = 500;
  try {
    const response = await ctx.next();
    ({ status } = response);
    return config.local && log.calls.length > 0
      ? withServerTiming(response, log.calls)
      : response;
  } catch (error) {
    log.error = error;
    throw error;
  } finally {
    if (status >= 400 || isNews(ctx)) {
      write(log, entryOf(ctx, status, performance.now() - startedAt));
    }
  }
});

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
function isNews({ state, route }: Context<State>): boolean {
  return state.session !== undefined && !PROBES.includes(route ?? "");
}

function entryOf(
  { req, route, state, url }: Context<State>,
  status: number,
  milliseconds: number,
): LogEntry {
  const { reference, calls, cookieRefused, error } = state.log;
  return {
    time: new Date().toISOString(),
    ref: reference,
    method: req.method,
    route: route === null ? null : routeName(route),
    file: isBuildFile(url) ? redact(url.pathname.slice(0, 200)) : undefined,
    status,
    ms: Math.round(milliseconds),
    identity: state.session?.current?.kind ?? "none",
    wixCalls: calls.length,
    wixMs: Math.round(
      calls.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    ),
    cookie: cookieRefused ? "refused" : undefined,
    error: error === undefined ? undefined : errorSummary(error),
  };
}

function write({ error }: RequestFacts, entry: LogEntry): void {
  const line = config.local ? textLine(entry) : jsonLine(entry);
  if (error === undefined) console.log(line);
  else console.error(line);
}
