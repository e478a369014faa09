import { define } from "@/lib/define.ts";
import { createRequestSession } from "@/packages/fresh-wix/src/create_wix.ts";
import { member, visitor } from "../by_hand/sessions.ts";

/** Made once, because pages show whose session it is. */
const memberSession = createRequestSession({
  session: member,
  expiresAt: undefined,
});
const visitorSession = createRequestSession({
  session: visitor,
  expiresAt: undefined,
});

/** No cookie is read: who asks follows from the path. */
export default define.middleware((ctx) => {
  ctx.state.session = ctx.url.pathname.startsWith("/account")
    ? memberSession
    : visitorSession;
  return ctx.next();
});
