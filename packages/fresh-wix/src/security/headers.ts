// Security headers.

import { csp } from "fresh";
import type { Config } from "../config/read_config.ts";
import type { WixState, WixStep } from "../context.ts";
import { mutableResponse } from "../http/responses.ts";
import { finishAfter } from "../request_record.ts";

/**
 * Content Security Policy: our own files, scripts with this response's nonce.
 * @param more Directives of the app, such as `font-src 'self' data:`; one with
 * the name of ours replaces it.
 */
export function contentSecurityPolicy(
  { wixApiOrigin }: Pick<Config, "wixApiOrigin">,
  more: readonly string[] = [],
): WixStep {
  const directives = [
    // Local Wix draws the images that Wix's media host would have.
    `img-src 'self' data: ${wixApiOrigin ?? "https://static.wixstatic.com"}`,
    // Logging out is a form post to which Wix responds with redirects through its
    // own hosts, which browsers count as the form's target.
    `form-action 'self' https: ${wixApiOrigin ?? ""}`.trim(),
    ...more,
  ];
  const byName = new Map(
    directives.map((directive) => [directive.split(" ")[0], directive]),
  );
  // Fresh's `Context` is a class with private fields, so no shape fits it.
  const policy = { useNonce: true, csp: [...byName.values()] };
  return csp<WixState>(policy) as WixStep;
}

/** A response that is not a page runs no scripts and can't be framed. */
const NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** Whether Vite's dev server runs the app; as Vite says it. */
const IS_DEV = (import.meta as { env?: { DEV?: boolean } }).env?.DEV ?? false;

/**
 * The headers besides the policy of pages, which is made stricter.
 * @param isDev Whether the dev server runs the app. Default: what Vite says.
 */
export function securityHeaders(
  { strictTransport }: Pick<Config, "strictTransport">,
  isDev: boolean = IS_DEV,
): WixStep {
  return (ctx) =>
    finishAfter(ctx, (given) => {
      const response = mutableResponse(given);
      const { headers } = response;
      headers.set("X-Content-Type-Options", "nosniff");
      // Not `no-referrer`: forms would then send `Origin: null`, which the
      // same-origin check has to refuse.
      headers.set("Referrer-Policy", "same-origin");
      // Bots that follow links begin no logins.
      if (ctx.url.pathname.startsWith("/api/")) {
        headers.set("X-Robots-Tag", "noindex, nofollow");
      }
      if (strictTransport) {
        headers.set("Strict-Transport-Security", "max-age=31536000");
      }
      const isPage = headers.get("Content-Type")?.startsWith("text/html");
      const present = headers.get("Content-Security-Policy");
      const strict = isPage && present !== null
        ? withoutExceptions(present, strictTransport)
        : NO_PAGE_POLICY;
      // The dev server puts styles into pages, and knows no nonce.
      const policy = isDev
        ? strict.replace(/style-src [^;]*/, "style-src 'self' 'unsafe-inline'")
        : strict;
      // Setting a header this long is most of what this step costs.
      if (policy !== present) headers.set("Content-Security-Policy", policy);
      return response;
    });
}

// Fresh allows inline scripts in HTML that it did not render, and asks for
// https everywhere. The first would open that HTML to injected scripts; on
// http://localhost the second breaks every file in browsers that make no
// exception for it, such as Safari.
function withoutExceptions(policy: string, strictTransport: boolean): string {
  const strict = policy.replaceAll(" 'unsafe-inline'", "");
  return strictTransport
    ? strict
    : strict.replace("; upgrade-insecure-requests", "");
}
