import { define } from "@/lib/define.ts";
import { RequestCookieJar } from "@/packages/fresh-wix/src/http/cookies.ts";
import { createRequestSession } from "@/packages/fresh-wix/src/create_wix.ts";
import { visitor } from "@/bench/reference/by_hand/sessions.ts";

const cookies = new RequestCookieJar();
const visitorSession = createRequestSession({
  session: visitor,
  expiresAt: undefined,
});

/** In place of the session step: no cookie is read, everybody is one visitor. */
export const session = define.middleware((ctx) => {
  ctx.state.cookies = cookies;
  ctx.state.session = visitorSession;
  return ctx.next();
});
