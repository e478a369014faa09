import { buildOf } from "./build.ts";
import type { MiddlewareFn } from "./types.ts";

const KEEP = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache, no-store, max-age=0, must-revalidate";

/** Serves the files of `static/` and of the client build. */
export function staticFiles<State>(): MiddlewareFn<State> {
  return async ({ config, req, url, next }) => {
    const build = buildOf(config);
    const path = decode(url.pathname);
    if (!build || !path || path === "/") return await next();
    const name = path.replace(/\/$/, "");
    const file = build.staticFiles[name] ??
      build.staticFiles[`${name}/index.html`];
    if (!file && path !== "/favicon.ico") return await next();
    if (!file) return new Response(null, { status: 404 });
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405 });
    }
    const tag = url.searchParams.get("__frsh_c");
    if (tag !== null && tag !== build.id) return untagged(url);
    const etag = `W/"${file.hash}"`;
    const headers = new Headers({ vary: "If-None-Match" });
    const known = req.headers.get("if-none-match") ?? "";
    if (known === etag || known === file.hash) {
      return new Response(null, { status: 304, headers });
    }
    const body = await Deno.readFile(`${build.root}/${file.path}`);
    const isHashed = tag || path.startsWith("/assets/");
    headers.set("cache-control", isHashed ? KEEP : REVALIDATE);
    headers.set("content-length", String(body.byteLength));
    headers.set("content-type", file.type);
    headers.set("etag", etag);
    return new Response(req.method === "HEAD" ? null : body, { headers });
  };
}

function untagged(url: URL): Response {
  const target = new URL(url);
  target.searchParams.delete("__frsh_c");
  const headers = { location: target.pathname + target.search };
  return new Response(null, { status: 307, headers });
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
