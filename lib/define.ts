/**
 * The state that middlewares give to handlers and pages.
 *
 * @module
 */
import { createDefine } from "fresh";
import type { CookieJar } from "@/packages/fresh-wix/src/http/cookies.ts";
import type { RequestFacts } from "@/packages/fresh-wix/src/observe/request_log.ts";
import type { RequestSession } from "@/packages/fresh-wix/src/session/request_session.ts";

/** `ctx.state` in every handler, page and middleware. */
export interface State {
  /** What the request's log line will say; set by the first step of all. */
  log: RequestFacts;
  /** Who made the request; set by the session middleware. */
  session: RequestSession;
  /** The request's cookies, and those that the answer will set. */
  cookies: CookieJar;
  /** Title of the page, without the site's name; set by handlers. */
  title?: string;
}

/** Fresh's `define`, typed with {@link State}. */
export const define = createDefine<State>();
