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
