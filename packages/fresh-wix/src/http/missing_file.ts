/**
 * Files of the build that do not exist, such as those of an earlier build.
 *
 * @module
 */
import { define } from "@/lib/define.ts";

/** Where only files are: of the build, and one that browsers ask for. */
const FILES_ONLY = /^\/(?:_fresh\/|assets\/|favicon\.ico$)/;

/** Returns whether only a file of the build can be at this address. */
export function isBuildFile({ pathname }: URL): boolean {
  return FILES_ONLY.test(pathname);
}

/** Answers for a missing file without a page, and so without a session. */
export const missingFile = define.middleware((ctx) =>
  isBuildFile(ctx.url) ? new Response(null, { status: 404 }) : ctx.next()
);
