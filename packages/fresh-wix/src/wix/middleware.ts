/**
 * The step that makes SDK calls run as whoever made the request.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { actAs } from "./request_scope.ts";

/** Runs the rest of the request as the session's person. */
export const wixClient = define.middleware((ctx) => {
  ctx.state.log.calls = actAs(ctx.state.session).calls;
  return ctx.next();
});
