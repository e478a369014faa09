import type { MiddlewareFn } from "./context.ts";

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
