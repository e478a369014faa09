// Helpers for steps that create or change responses.

import type { WixContext } from "../context.ts";

/** Returns a response without a body, which caches don't store. */
export function emptyResponse(
  status: number,
  headers: Record<string, string> = {},
): Response {
  return new Response(null, {
    status,
    headers: { "cache-control": "private, no-store", ...headers },
  });
}

/** Returns `response`, or a copy where its headers are immutable, as of `fetch()`. */
export function mutableResponse(response: Response): Response {
  try {
    response.headers.delete("x-any");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}

/** Paths that only have files: of the build, and one that browsers request. */
const FILES_ONLY = /^\/(?:_fresh\/|assets\/|favicon\.ico$)/;

/** Returns whether this path can only be a file of the build. */
export function isBuildFile({ pathname }: URL): boolean {
  return FILES_ONLY.test(pathname);
}

/** Returns 404 for a missing file, without a page and thus without a session. */
export async function missingFile(ctx: WixContext): Promise<Response> {
  return isBuildFile(ctx.url)
    ? emptyResponse(404, { "cache-control": "no-store" })
    : await ctx.next();
}
