import { builds } from "./build.ts";
import type { MiddlewareFn } from "./types.ts";

const KEEP = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache, no-store, max-age=0, must-revalidate";

/** Serves the files of `static/` and of the client build. */
export function staticFiles<State>(): MiddlewareFn<State> {
  return async ({ config, req, url, next }) => {
    const build = builds.get(config);
    const file = build?.staticFiles[url.pathname];
    if (!build || !file) return await next();
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405 });
    }
    const etag = `W/"${file.hash}"`;
    const headers = new Headers({ vary: "If-None-Match" });
    if (req.headers.get("if-none-match") === etag) {
      return new Response(null, { status: 304, headers });
    }
    const body = await Deno.readFile(`${build.root}/${file.path}`);
    const tag = url.searchParams.get("__frsh_c");
    const isHashed = url.pathname.startsWith("/assets/") ||
      tag && tag === build.id;
    headers.set("cache-control", isHashed ? KEEP : REVALIDATE);
    headers.set("content-length", String(body.byteLength));
    headers.set("content-type", file.type);
    headers.set("etag", etag);
    return new Response(body, { headers });
  };
}
