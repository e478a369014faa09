/**
 * The step that gives every request its session and writes back what changed.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { type CookieJar, RequestCookieJar } from "../http/cookies.ts";
import {
  createRequestSession,
  markers,
  openSession,
  sessionCookies,
  unixNow,
} from "../create_wix.ts";
import type { SessionCookie } from "./cookie.ts";
import type { OpenedSession } from "./open_session.ts";
import type { RequestSession } from "./request_session.ts";
import { isSettled, type Session } from "./session.ts";

/**
 * Opens the session cookie, and after the answer writes it when the session
 * changed, and expires those that hold no session or another than the one that
 * counts. Costs no call to Wix.
 *
 * Answers are kept out of every cache: each page shows who is logged in.
 */
export const session = define.middleware(async (ctx) => {
  const header = ctx.req.headers.get("Cookie") ?? "";
  const opened = await openSession(header, unixNow());
  const jar = ctx.state.cookies = new RequestCookieJar(opened.received);
  ctx.state.log.cookieRefused = opened.refused;
  const doubted = opened.session?.kind === "member" &&
    markers.isDoubted(jar, opened.session, unixNow());
  const current = ctx.state.session = createRequestSession(opened, doubted);

  const response = await ctx.next();

  if (current.isRenewing) await current.settled();
  await keepSession(jar, current, opened);
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

/** Marks, clears and writes cookies; returns what is left to wait for. */
function keepSession(
  jar: CookieJar,
  { changed, current, ended, inDoubt }: RequestSession,
  opened: OpenedSession,
): Promise<void> | undefined {
  if (ended !== undefined) markers.markEnded(jar, ended);
  if (inDoubt !== undefined) markers.markDoubted(jar, inDoubt, unixNow());
  else if (changed) markers.clearDoubt(jar);
  const kept = current && cookieFor(current, opened);
  for (const cookie of opened.present) {
    if (cookie !== kept) cookie.clear(jar);
  }
  if (kept === undefined || current === undefined) return;
  if (changed || opened.stale && isSettled(current, unixNow())) {
    return kept.write(jar, current, unixNow());
  }
}

/** A new session takes another cookie than that of the one it replaces. */
function cookieFor(
  current: Session,
  { session, cookie }: OpenedSession,
): SessionCookie | undefined {
  if (current.id === session?.id) return cookie;
  const ofKind = sessionCookies.filter(({ kind }) => kind === current.kind);
  return ofKind.find((other) => other !== cookie) ?? cookie;
}
