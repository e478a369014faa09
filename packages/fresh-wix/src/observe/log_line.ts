/**
 * How the log says what happened to one request.
 *
 * @module
 */
import type { Session } from "../session/session.ts";

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
  /** Milliseconds until the answer began. */
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

/** Returns a line for programs: one JSON object without line breaks. */
export function jsonLine(entry: LogEntry): string {
  return JSON.stringify(entry);
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
  if (!pattern.includes(":")) return pattern;
  return pattern.replace(
    /:(\w+)(\*?)/g,
    (_, name, rest) => rest ? `[...${name}]` : `[${name}]`,
  );
}
