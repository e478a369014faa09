/**
 * The step that makes SDK calls run as the current user.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { bindSession } from "./request_context.ts";

/** Runs the rest of the request as the user of the session. */
export const wixClient = define.middleware((ctx) => {
  ctx.state.log.calls = bindSession(ctx.state.session).calls;
  return ctx.next();
});
