/**
 * Headers that narrow what a browser does with our answers.
 *
 * @module
 */
import { csp } from "fresh";
import { config } from "@/lib/config.ts";
import { define, type State } from "@/lib/define.ts";

/** Content Security Policy: our own files, scripts with this answer's nonce. */
export const contentSecurityPolicy = csp<State>({
  useNonce: true,
  csp: [
    // Local Wix draws the images that Wix's media host would have.
    `img-src 'self' data: ${
      config.wixApiOrigin ?? "https://static.wixstatic.com"
    }`,
    // Logging out is a form post that Wix answers with redirects through its
    // own hosts, which browsers count as the form's target.
    `form-action 'self' https: ${config.wixApiOrigin ?? ""}`.trim(),
  ],
});

/** What is no page runs nothing and is framed by nobody. */
const NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The headers besides the policy of pages. */
export const securityHeaders = define.middleware(async (ctx) => {
  const response = await ctx.next();
  const { headers } = response;
  headers.set("X-Content-Type-Options", "nosniff");
  // Not `no-referrer`: forms would then send `Origin: null`, which the
  // same-origin check has to refuse.
  headers.set("Referrer-Policy", "same-origin");
  if (!headers.get("Content-Type")?.startsWith("text/html")) {
    headers.set("Content-Security-Policy", NO_PAGE_POLICY);
  }
  if (!config.local) {
    headers.set("Strict-Transport-Security", "max-age=31536000");
  }
  return response;
});
