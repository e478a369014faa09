/**
 * The number of pieces in the cart, for the header of every page. It is kept in
 * a cookie by the routes that change the cart, so that it costs no call to Wix.
 *
 * @module
 */
import type { Session } from "@fresh-wix/core";
import { define, type State } from "@/lib/define.ts";
import { readCookie, writeCookie } from "./cookies.ts";

const NAME = "cart_count";

/** The step that reads the count; see `routes/_middleware.ts`. */
export const cartCount = define.middleware(async (ctx) => {
  const value = readCookie(ctx, NAME) ?? "";
  const [, count, owner = ""] = /^(\d{1,5})\.([\w-]*)$/.exec(value) ?? [];
  if (count !== undefined) ctx.state.cart = { count: Number(count), owner };
  return await ctx.next();
});

/** Shows this count from now on; `undefined` changes nothing. */
export function setCartCount(
  ctx: Parameters<typeof readCookie>[0] & { readonly state: State },
  count: number | undefined,
): void {
  if (count === undefined) return;
  const owner = ownerOf(ctx.state.session);
  ctx.state.cart = { count, owner };
  writeCookie(ctx, NAME, count === 0 ? "" : `${count}.${owner}`);
}

/**
 * Returns the number to show to a user: that of their own cart, or of the one
 * that they filled before they logged in.
 */
export function countFor({ cart, session }: State): number {
  if (cart === undefined) return 0;
  return ["", ownerOf(session)].includes(cart.owner) ? cart.count : 0;
}

/** The beginning of a member's id, or nothing for a visitor. */
function ownerOf(session: Session): string {
  return session.member?.id?.slice(0, 8) ?? "";
}
