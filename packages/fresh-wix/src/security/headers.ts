/**
 * Headers that narrow what a browser does with our answers.
 *
 * @module
 */
import { csp } from "fresh";
import type { Config } from "../config/read_config.ts";
import { define, type State } from "@/lib/define.ts";

/** Content Security Policy: our own files, scripts with this answer's nonce. */
export function contentSecurityPolicy(
  { wixApiOrigin }: Pick<Config, "wixApiOrigin">,
) {
  return csp<State>({
    useNonce: true,
    csp: [
      // Local Wix draws the images that Wix's media host would have.
      `img-src 'self' data: ${wixApiOrigin ?? "https://static.wixstatic.com"}`,
      // Logging out is a form post that Wix answers with redirects through its
      // own hosts, which browsers count as the form's target.
      `form-action 'self' https: ${wixApiOrigin ?? ""}`.trim(),
    ],
  });
}

/** What is no page runs nothing and is framed by nobody. */
const NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The headers besides the policy of pages, which is made stricter. */
export function securityHeaders({ local }: Pick<Config, "local">) {
  return define.middleware(async (ctx) => {
    const response = await ctx.next();
    const { headers } = response;
    headers.set("X-Content-Type-Options", "nosniff");
    // Not `no-referrer`: forms would then send `Origin: null`, which the
    // same-origin check has to refuse.
    headers.set("Referrer-Policy", "same-origin");
    const isPage = headers.get("Content-Type")?.startsWith("text/html");
    const given = headers.get("Content-Security-Policy");
    const policy = isPage && given !== null
      ? withoutExceptions(given, local)
      : NO_PAGE_POLICY;
    // Setting a header this long is most of what this step costs.
    if (policy !== given) headers.set("Content-Security-Policy", policy);
    if (!local) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    return response;
  });
}

/**
 * Fresh allows inline scripts in HTML that it did not render, and asks for
 * https everywhere. The first would open that HTML to injected scripts; on
 * http://localhost the second breaks every file in browsers that make no
 * exception for it, such as Safari.
 */
function withoutExceptions(policy: string, local: boolean): string {
  const strict = policy.replaceAll(" 'unsafe-inline'", "");
  return local ? strict.replace("; upgrade-insecure-requests", "") : strict;
}
