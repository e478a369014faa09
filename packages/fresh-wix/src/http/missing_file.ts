/**
 * Files of the build that do not exist, such as those of an earlier build.
 *
 * @module
 */
import type { WixContext } from "../context.ts";
import { emptyResponse } from "./responses.ts";

/** Where only files are: of the build, and one that browsers ask for. */
const FILES_ONLY = /^\/(?:_fresh\/|assets\/|favicon\.ico$)/;

/** Returns whether only a file of the build can be at this address. */
export function isBuildFile({ pathname }: URL): boolean {
  return FILES_ONLY.test(pathname);
}

/**
 * Responds 404 for a missing file without a page, and so without a session. No
 * cache keeps it: while a new version is deployed, another instance has it.
 */
export async function missingFile(ctx: WixContext): Promise<Response> {
  return isBuildFile(ctx.url) ? emptyResponse(404) : await ctx.next();
}
