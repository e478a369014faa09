// The steps that open each request's session, save its changes, and run its
// calls to Wix as its user.

import type { WixContext, WixStep } from "../context.ts";
import { mutableResponse } from "../http/responses.ts";
import { finishAfter, getRecord, getSession } from "../request_record.ts";
import { bindSession } from "../wix/request_context.ts";
import {
  RequestSession,
  type RequestSessionOptions,
} from "./request_session.ts";
import type { SessionStore } from "./session_store.ts";
import { createSessionView } from "./session_view.ts";

/**
 * Returns a step that opens the session cookie, and writes it after the response
 * when the session changed. Costs no call to Wix.
 * No cache keeps a response that sets a cookie, or read the session of a request
 * with cookies, whatever the route said: it may not know what the page's header
 * shows. Others are cached as the route says, or not at all when it says nothing.
 */
export function createSessionStep(
  store: SessionStore,
  grants: Pick<RequestSessionOptions, "tokenEndpoint" | "now">,
): WixStep {
  const { now } = grants;
  const noteRefusal = refusalWarning(now);
  return async (ctx) => {
    const record = getRecord(ctx);
    const { jar } = record;
    const opened = await store.open(jar, now());
    record.cookieRefused = opened.refused;
    if (opened.refused) noteRefusal();
    const { session: current, expiresAt } = opened;
    const session = new RequestSession(current, { ...grants, expiresAt });
    record.session = session;
    ctx.state.session = createSessionView(session);

    return await finishAfter(ctx, async (given) => {
      const response = mutableResponse(given);
      await store.save(jar, opened, session, now());
      const lines = jar.outgoing.getSetCookie();
      const { headers } = response;
      for (const line of lines) headers.append("Set-Cookie", line);
      const isPersonal = lines.length > 0 ||
        session.isUsed && ctx.req.headers.has("Cookie");
      if (isPersonal || !headers.has("Cache-Control")) {
        headers.set("Cache-Control", "private, no-store");
        CDN_HEADERS.forEach((name) => headers.delete(name));
        headers.append("Vary", "Cookie");
      } else {
        if (session.isUsed) headers.append("Vary", "Cookie");
        session.forbidUse();
      }
      return response;
    });
  };
}

/** They outrank `Cache-Control` at those whom they are for (RFC 9213). */
const CDN_HEADERS = ["", "Deno-", "Cloudflare-", "Netlify-"]
  .map((prefix) => `${prefix}CDN-Cache-Control`).concat("Surrogate-Control");

/** This many refused cookies per minute can't be a few old ones. */
const REFUSALS_TO_WARN = 20;

/** Returns a function that warns once a minute, however often it is called. */
function refusalWarning(now: () => number): () => void {
  let minute = 0;
  let refusals = 0;
  return () => {
    const current = Math.floor(now() / 60);
    if (current !== minute) [minute, refusals] = [current, 0];
    if (++refusals !== REFUSALS_TO_WARN) return;
    console.warn(
      `${REFUSALS_TO_WARN} session cookies in a minute could not be ` +
        "decrypted: do all instances have the same SESSION_SECRET, and does " +
        "it still include the old one?",
    );
  };
}

/** Runs the rest of the request as the user of its session. */
export async function wixClient(ctx: WixContext): Promise<Response> {
  getRecord(ctx).calls = bindSession(getSession(ctx)).calls;
  return await ctx.next();
}
