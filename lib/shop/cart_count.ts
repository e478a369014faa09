/**
 * The number of pieces in the cart, for the header of every page. It is kept in
 * a cookie by the routes that change the cart, so that it costs no call to Wix.
 *
 * @module
 */
import { define } from "@/lib/define.ts";
import { readCookie, writeCookie } from "./cookies.ts";

const NAME = "cart_count";

/** The step that reads the count; see `routes/_middleware.ts`. */
export const cartCount = define.middleware(async (ctx) => {
  const value = readCookie(ctx, NAME) ?? "";
  ctx.state.cartCount = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return await ctx.next();
});

/** Shows this count from now on; `undefined` changes nothing. */
export function setCartCount(
  ctx: Parameters<typeof readCookie>[0] & { state: { cartCount?: number } },
  count: number | undefined,
): void {
  if (count === undefined) return;
  ctx.state.cartCount = count;
  writeCookie(ctx, NAME, count === 0 ? "" : String(count));
}
