/**
 * The step that gives every request its session and writes back what changed.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { redact } from "@/lib/errors/redact.ts";
import { type CookieJar, createCookieJar } from "@/lib/http/cookies.ts";
import {
  createRequestSession,
  markers,
  sessionCookie,
  unixNow,
} from "@/lib/wix.ts";
import type { RequestSession } from "./request_session.ts";

/**
 * Opens the session cookie, and after the answer writes it when the session
 * changed, or expires it when it could not be opened. Costs no call to Wix.
 *
 * Answers are kept out of every cache: each page shows who is logged in.
 */
export const session = define.middleware(async (ctx) => {
  const jar = ctx.state.cookies = createCookieJar(ctx.req.headers);
  const { session: opened, stale } = await openSession(jar, ctx.req);
  const current = ctx.state.session = createRequestSession(
    opened,
    opened !== undefined && markers.isDoubted(jar, opened),
  );

  const response = await ctx.next();

  await keepSession(jar, current, stale);
  for (const [name, value] of jar.outgoing) {
    response.headers.append(name, value);
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

async function openSession(jar: CookieJar, { method, url }: Request) {
  const { session, stale } = await sessionCookie.open(jar, unixNow());
  if (stale && session === undefined) {
    const { pathname } = new URL(url);
    console.warn(redact(`Session cookie refused: ${method} ${pathname}`));
  }
  return session !== undefined && markers.isEnded(jar, session)
    ? { session: undefined, stale: true }
    : { session, stale };
}

async function keepSession(
  jar: CookieJar,
  { changed, current, ended, inDoubt }: RequestSession,
  stale: boolean,
): Promise<void> {
  if (ended !== undefined) markers.markEnded(jar, ended);
  if (inDoubt !== undefined) markers.markDoubted(jar, inDoubt);
  if (!changed && !stale) return;
  if (current === undefined) sessionCookie.clear(jar);
  else await sessionCookie.write(jar, current, unixNow());
  markers.clearDoubt(jar);
}
