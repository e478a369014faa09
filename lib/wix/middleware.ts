/**
 * The step that makes SDK calls run as whoever made the request.
 *
 * @module
 */
import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import type { WixCall } from "./door.ts";
import { actAs } from "./request_scope.ts";

/**
 * Runs the rest of the request as the session's person. On a local machine the
 * answer lists the calls to Wix in `Server-Timing`, where browsers show them.
 */
export const wixClient = define.middleware(async (ctx) => {
  const { calls } = actAs(ctx.state.session);
  ctx.state.log.calls = calls;
  const response = await ctx.next();
  if (config.local && calls.length > 0) {
    response.headers.set("Server-Timing", serverTiming(calls));
  }
  return response;
});

function serverTiming(calls: readonly WixCall[]): string {
  return calls.map(({ method, pathname, status, milliseconds }, index) =>
    `wix-${index + 1};dur=${milliseconds.toFixed(1)};` +
    `desc="${method} ${pathname} ${status}"`
  ).join(", ");
}
