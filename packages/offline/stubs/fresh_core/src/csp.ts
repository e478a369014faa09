import type { MiddlewareFn } from "./context.ts";
import { nonces } from "./render.ts";
import { unsupported } from "./unsupported.ts";

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Directives that replace defaults of the same name or add to them. */
  csp?: string[];
  /** Replaces `'unsafe-inline'` in rendered pages. @default {false} */
  useNonce?: boolean;
}

const DEFAULTS = `default-src 'self'
script-src 'self' 'unsafe-inline'
style-src 'self' 'unsafe-inline'
font-src 'self'
img-src 'self' data:
media-src 'self' data: blob:
worker-src 'self' blob:
connect-src 'self'
object-src 'none'
base-uri 'self'
form-action 'self'
frame-ancestors 'none'
upgrade-insecure-requests`.split("\n");

/** Sets a Content-Security-Policy on every response. */
export function csp<State>(
  { csp = [], useNonce, ...rest }: CSPOptions = {},
): MiddlewareFn<State> {
  for (const key of Object.keys(rest)) unsupported(`csp() option "${key}"`);
  const nameOf = (directive: string) => directive.trim().split(/\s/, 1)[0];
  const replaced = new Set(csp.map(nameOf));
  const policy = [...DEFAULTS.filter((d) => !replaced.has(nameOf(d))), ...csp];
  return async (ctx) => {
    const response = await ctx.next();
    const nonce = useNonce ? nonces.get(response) : undefined;
    const value = policy.map((directive) =>
      nonce && /^(default|script|style)-src/.test(directive)
        ? directive.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`)
        : directive
    ).join("; ");
    response.headers.set("Content-Security-Policy", value);
    return response;
  };
}
