import { type Assets, builds } from "./assets.ts";
import type { MiddlewareFn } from "./context.ts";

const KEEP = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache, no-store, max-age=0, must-revalidate";

/** Serves the files of `static/` and of the client build. */
export function staticFiles<State>(): MiddlewareFn<State> {
  return async ({ config, req, url, next }) => {
    const build = builds.get(config);
    const file = build && findFile(build, url.pathname);
    if (!build || !file) {
      return url.pathname === "/favicon.ico"
        ? new Response(null, { status: 404 })
        : await next();
    }
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405 });
    }
    const id = url.searchParams.get("__frsh_c");
    if (id !== null && id !== build.id) {
      const location = new URL(url);
      location.searchParams.delete("__frsh_c");
      const headers = { location: location.pathname + location.search };
      return new Response(null, { status: 307, headers });
    }
    const etag = `W/"${file.hash}"`;
    const headers = new Headers({ vary: "If-None-Match" });
    const known = req.headers.get("if-none-match") ?? "";
    if ([etag, file.hash].includes(known)) {
      return new Response(null, { status: 304, headers });
    }
    const body = await Deno.readFile(`${build.root}/${file.path}`);
    const isHashed = id !== null || url.pathname.startsWith("/assets/");
    headers.set("cache-control", isHashed ? KEEP : REVALIDATE);
    headers.set("content-length", String(body.byteLength));
    headers.set("content-type", file.type);
    headers.set("etag", etag);
    return new Response(body, { headers });
  };
}

function findFile(
  { staticFiles }: Assets,
  pathname: string,
): Assets["staticFiles"][string] | undefined {
  let path = pathname.replace(/\/$/, "");
  try {
    path = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (path === "") return undefined;
  return staticFiles[path] ?? staticFiles[`${path}/index.html`];
}
