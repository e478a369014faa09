/**
 * Files of the build that do not exist, such as those of an earlier build.
 *
 * @module
 */
import { define } from "@/lib/define.ts";

/** Where only files are: of the build, and one that browsers ask for. */
const FILES_ONLY = /^\/(?:_fresh\/|assets\/|favicon\.ico$)/;

/** Answers for a missing file without a page, and so without a session. */
export const missingFile = define.middleware((ctx) =>
  FILES_ONLY.test(ctx.url.pathname)
    ? new Response(null, { status: 404 })
    : ctx.next()
);
