/**
 * The step that gives every request its session and writes back what changed.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { createCookieJar } from "@/lib/http/cookies.ts";
import { createRequestSession, sessionCookie, unixNow } from "@/lib/wix.ts";

/**
 * Opens the session cookie, and after the answer writes it when the session
 * changed, or expires it when it could not be opened. Costs no call to Wix.
 *
 * Answers are kept out of every cache: each page shows who is logged in.
 */
export const session = define.middleware(async (ctx) => {
  const jar = ctx.state.cookies = createCookieJar(ctx.req.headers);
  const { session: opened, stale } = await sessionCookie.open(jar, unixNow());
  const session = ctx.state.session = createRequestSession(opened);

  const response = await ctx.next();

  if (session.changed || stale) {
    if (session.current === undefined) sessionCookie.clear(jar);
    else await sessionCookie.write(jar, session.current, unixNow());
  }
  for (const [name, value] of jar.outgoing) {
    response.headers.append(name, value);
  }
  response.headers.set("Cache-Control", "private, no-store");
  response.headers.append("Vary", "Cookie");
  return response;
});
