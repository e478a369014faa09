import { buildOf, type StaticFile } from "./build.ts";
import type { Context } from "./context.ts";
import type { MiddlewareFn } from "./types.ts";

const KEEP = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache, no-store, max-age=0, must-revalidate";

/** Serves the files of `static/` and of the client build. */
export function staticFiles<State>(): MiddlewareFn<State> {
  return async (ctx) => {
    const build = buildOf(ctx.config);
    const path = build && decode(ctx.url.pathname);
    if (!build || path === undefined || path === "/") return await ctx.next();
    const { staticFiles, root, id } = build;
    const name = path.replace(/\/$/, "");
    const file = staticFiles[name] ?? staticFiles[`${name}/index.html`];
    if (file) return await serve(ctx, file, `${root}/${file.path}`, id);
    if (path !== "/favicon.ico") return await ctx.next();
    return new Response(null, { status: 404 });
  };
}

async function serve<State>(
  { req, url }: Context<State>,
  { type, hash }: StaticFile,
  path: string,
  buildId: string,
): Promise<Response> {
  if (req.method !== "GET" && req.method !== "HEAD") {
    return new Response("Method Not Allowed", { status: 405 });
  }
  const tag = url.searchParams.get("__frsh_c");
  if (tag !== null && tag !== buildId) {
    const location = new URL(url);
    location.searchParams.delete("__frsh_c");
    return new Response(null, {
      status: 307,
      headers: { location: location.pathname + location.search },
    });
  }
  const headers = new Headers({ vary: "If-None-Match" });
  const etag = `W/"${hash}"`;
  if ([etag, hash].includes(req.headers.get("if-none-match") ?? "")) {
    return new Response(null, { status: 304, headers });
  }
  const isHashed = tag || url.pathname.startsWith("/assets/");
  const body = await Deno.readFile(path);
  headers.set("cache-control", isHashed ? KEEP : REVALIDATE);
  headers.set("content-length", String(body.byteLength));
  headers.set("content-type", type);
  headers.set("etag", etag);
  return new Response(req.method === "HEAD" ? null : body, { headers });
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
