/**
 * The step that gives every request its session and writes back what changed.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { createRequestSession, sessionStore, unixNow } from "../create_wix.ts";
import { readCookies, RequestCookieJar } from "../http/cookies.ts";

/**
 * Opens the session cookies, and after the response sets and expires them as
 * the request left the session. Costs no call to Wix.
 *
 * Responses are kept out of every cache: each page shows who is logged in.
 */
export const session = define.middleware(async (ctx) => {
  const header = ctx.req.headers.get("Cookie") ?? "";
  const jar = ctx.state.cookies = new RequestCookieJar(readCookies(header));
  const opened = await sessionStore.open(jar, unixNow());
  ctx.state.log.cookieRefused = opened.refused;
  const current = ctx.state.session = createRequestSession(opened);

  const response = await ctx.next();

  await sessionStore.save(jar, opened, current, unixNow());
  for (const cookie of jar.outgoingLines()) {
    response.headers.append("Set-Cookie", cookie);
  }
  forbidCaching(response.headers);
  return response;
});

/** Whatever the route said: it may not know what the page's header shows. */
function forbidCaching(headers: Headers): void {
  headers.set("Cache-Control", "private, no-store");
  headers.delete("CDN-Cache-Control");
  headers.delete("Deno-CDN-Cache-Control");
  headers.append("Vary", "Cookie");
}
