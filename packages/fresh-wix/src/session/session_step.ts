/**
 * The step that gives every request its session and writes back what changed.
 *
 * @module
 */
import type { WixStep } from "../context.ts";
import { type CookieJar, RequestCookieJar } from "../http/cookies.ts";
import { mutableResponse } from "../http/mutable_response.ts";
import { finishAfter, getRecord } from "../request_record.ts";
import type { SessionCookie } from "./cookie.ts";
import type { Markers } from "./markers.ts";
import type { OpenedSession } from "./open_session.ts";
import type { RequestSession } from "./request_session.ts";
import { isSettled, type Session } from "./session.ts";
import { SessionUse } from "./session_use.ts";
import { createSessionView } from "./session_view.ts";

/** What {@link createSessionStep} needs. */
export interface SessionStepOptions {
  readonly openSession: (
    header: string,
    now: number,
  ) => OpenedSession | Promise<OpenedSession>;
  readonly createRequestSession: (
    opened: OpenedSession,
    options: { doubted: boolean; onUse: () => void },
  ) => RequestSession;
  readonly cookies: readonly SessionCookie[];
  readonly markers: Markers;
  /** Unix seconds. */
  readonly now: () => number;
}

/**
 * Returns a step that opens the session cookie, and after the response writes it
 * when the session changed, and expires those that hold no session or another
 * than the one that counts. Costs no call to Wix.
 *
 * A response that read the session or sets a cookie is kept out of every cache,
 * whatever the route said: it may not know what the page's header shows. Others
 * are cached as the route says, and not at all when it says nothing.
 */
export function createSessionStep(
  { openSession, createRequestSession, cookies, markers, now }:
    SessionStepOptions,
): WixStep {
  return async (ctx) => {
    const record = getRecord(ctx);
    const header = ctx.req.headers.get("Cookie") ?? "";
    const opened = await openSession(header, now());
    const jar = record.jar = new RequestCookieJar(opened.received);
    record.cookieRefused = opened.refused;
    const doubted = opened.session?.kind === "member" &&
      markers.isDoubted(jar, opened.session, now());
    const use = new SessionUse();
    const session = record.session = createRequestSession(opened, {
      doubted,
      onUse: use.note,
    });
    ctx.state.session = createSessionView(session, use.note);

    return await finishAfter(ctx, async (given) => {
      const response = mutableResponse(given);
      if (session.isRenewing) await session.settled();
      await keepSession(jar, session, opened);
      const lines = jar.outgoingLines();
      for (const line of lines) response.headers.append("Set-Cookie", line);
      const { headers } = response;
      if (use.isNoted || lines.length > 0 || !headers.has("Cache-Control")) {
        forbidCaching(headers);
      } else {
        use.forbid();
      }
      return response;
    });
  };

  /** Marks, clears and writes cookies; returns what is left to wait for. */
  function keepSession(
    jar: CookieJar,
    { changed, current, ended, inDoubt }: RequestSession,
    opened: OpenedSession,
  ): Promise<void> | undefined {
    if (ended !== undefined) markers.markEnded(jar, ended);
    if (inDoubt !== undefined) markers.markDoubted(jar, inDoubt, now());
    else if (changed) markers.clearDoubt(jar);
    const kept = current && cookieFor(current, opened);
    for (const cookie of opened.present) {
      if (cookie !== kept) cookie.clear(jar);
    }
    if (kept === undefined || current === undefined) return;
    if (changed || opened.stale && isSettled(current, now())) {
      return kept.write(jar, current, now());
    }
  }

  /** A new session takes another cookie than that of the one it replaces. */
  function cookieFor(
    current: Session,
    { session, cookie }: OpenedSession,
  ): SessionCookie | undefined {
    if (current.id === session?.id) return cookie;
    const ofKind = cookies.filter(({ kind }) => kind === current.kind);
    return ofKind.find((other) => other !== cookie) ?? cookie;
  }
}

function forbidCaching(headers: Headers): void {
  headers.set("Cache-Control", "private, no-store");
  headers.delete("CDN-Cache-Control");
  headers.delete("Deno-CDN-Cache-Control");
  headers.append("Vary", "Cookie");
}
