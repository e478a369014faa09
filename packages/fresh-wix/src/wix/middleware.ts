/**
 * The step that makes SDK calls run as the current user.
 *
 * @module
 */
import type { WixContext } from "../context.ts";
import { getRecord, getSession } from "../request_record.ts";
import { bindSession } from "./request_context.ts";

/** Runs the rest of the request as the user of its session. */
export async function wixClient(ctx: WixContext): Promise<Response> {
  getRecord(ctx).calls = bindSession(getSession(ctx)).calls;
  return await ctx.next();
}
