import { nonceOf } from "./render.ts";
import type { MiddlewareFn } from "./types.ts";
import { onlyOptions } from "./unsupported.ts";

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Only reports. @default {false} */
  reportOnly?: boolean;
  /** Directives that replace or extend the defaults. */
  csp?: string[];
  /** Replaces `'unsafe-inline'` in rendered pages. @default {false} */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

/** Sets a Content-Security-Policy on every answer. */
export function csp<State>(options: CSPOptions = {}): MiddlewareFn<State> {
  onlyOptions("csp()", options, ["csp", "reportOnly", "useNonce"]);
  const { csp: own = [], reportOnly = false, useNonce = false } = options;
  const replaced = new Set(own.map(nameOf));
  const policy = [...DEFAULTS.filter((d) => !replaced.has(nameOf(d))), ...own];
  const header = reportOnly
    ? "Content-Security-Policy-Report-Only"
    : "Content-Security-Policy";
  return async (ctx) => {
    const response = await ctx.next();
    const nonce = useNonce ? nonceOf(response) : undefined;
    const directives = nonce ? policy.map((d) => withNonce(d, nonce)) : policy;
    response.headers.set(header, directives.join("; "));
    return response;
  };
}

function nameOf(directive: string): string {
  return directive.trim().split(/\s/, 1)[0] ?? "";
}

function withNonce(directive: string, nonce: string): string {
  return /^(default|script|style)-src/.test(directive)
    ? directive.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`)
    : directive;
}
