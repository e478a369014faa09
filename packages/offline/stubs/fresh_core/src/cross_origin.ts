import type { Context, MiddlewareFn } from "./context.ts";
import { HttpError } from "./http_error.ts";

/** Options of {@linkcode csrf}. */
export interface CsrfOptions<State> {
  /** Origins that may send forms, instead of the app's own. */
  origin?:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => boolean);
}

/** Refuses requests that change something when another site sends them. */
export function csrf<State>(
  { origin: allowed }: CsrfOptions<State> = {},
): MiddlewareFn<State> {
  return (ctx) => {
    const { headers, method } = ctx.req;
    if (["GET", "HEAD", "OPTIONS"].includes(method)) return ctx.next();
    const site = headers.get("sec-fetch-site");
    const origin = headers.get("origin");
    const isOwn = site === null
      ? origin === null
      : ["same-origin", "none"].includes(site);
    const isAllowed = origin !== null &&
      (typeof allowed === "function"
        ? allowed(origin, ctx)
        : [allowed ?? ctx.url.origin].flat().includes(origin));
    if (isOwn || isAllowed) return ctx.next();
    throw new HttpError(403);
  };
}

/** Options of {@linkcode cors}. */
export interface CORSOptions<State> {
  /** Origins that may read responses; `"*"` for all. */
  origin:
    | string
    | string[]
    | ((origin: string, ctx: Context<State>) => string | undefined | null);
  allowMethods?: string[];
  allowHeaders?: string[];
  maxAge?: number;
  credentials?: boolean;
  exposeHeaders?: string[];
}

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Lets pages of other origins read responses. */
export function cors<State>(
  options: CORSOptions<State> = { origin: "*" },
): MiddlewareFn<State> {
  const { allowHeaders = [], exposeHeaders = [], maxAge, credentials } =
    options;
  return async (ctx) => {
    const isPreflight = ctx.req.method === "OPTIONS";
    const response = isPreflight
      ? new Response(null, { status: 204 })
      : await ctx.next();
    const { headers } = response;
    const origin = allowedOrigin(options.origin, ctx);
    if (origin) headers.set("access-control-allow-origin", origin);
    if (options.origin !== "*") prepend(headers, "vary", "Origin");
    if (!origin) return response;
    if (credentials) headers.set("access-control-allow-credentials", "true");
    if (exposeHeaders.length > 0) {
      headers.set("access-control-expose-headers", exposeHeaders.join(","));
    }
    if (!isPreflight) return response;
    const methods = options.allowMethods ?? METHODS;
    headers.set("access-control-allow-methods", methods.join(","));
    if (maxAge !== undefined) {
      headers.set("access-control-max-age", String(maxAge));
    }
    const asked = ctx.req.headers.get("access-control-request-headers");
    const allowed = allowHeaders.join(",") || asked?.replaceAll(/\s/g, "");
    if (allowed) headers.set("access-control-allow-headers", allowed);
    if (!allowHeaders.length && asked) {
      headers.append("vary", "Access-Control-Request-Headers");
    }
    return response;
  };
}

function allowedOrigin<State>(
  allowed: CORSOptions<State>["origin"],
  ctx: Context<State>,
): string | undefined | null {
  if (allowed === "*") return allowed;
  const origin = ctx.req.headers.get("origin") ?? "";
  if (typeof allowed === "function") return allowed(origin, ctx);
  return [allowed].flat().find((one) => one === origin);
}

function prepend(headers: Headers, name: string, value: string): void {
  const rest = headers.get(name);
  headers.set(name, rest ? `${value}, ${rest}` : value);
}

/** Redirects to the path with, or without, a slash at its end. */
export function trailingSlashes<State>(
  mode: "always" | "never",
): MiddlewareFn<State> {
  return (ctx) => {
    const { pathname, search } = ctx.url;
    const bare = pathname.replace(/\/+$/, "");
    const wanted = mode === "always" ? `${bare}/` : bare;
    if (pathname === "/" || pathname === wanted) return ctx.next();
    return ctx.redirect(wanted + search);
  };
}
