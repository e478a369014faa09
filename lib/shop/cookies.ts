/**
 * Small cookies of the shop. They decide nothing: the number of pieces for the
 * header of every page, which costs no call to Wix that way, and which cart was
 * taken to the checkout.
 *
 * @module
 */
import type { Session } from "@fresh-wix/core";
import { type Context, readCookie, writeCookie } from "@/lib/cookies.ts";
import { define, type State } from "@/lib/define.ts";

/** Cookie with the id of the cart that was taken to the checkout. */
export const CHECKOUT_COOKIE = "checkout";
const COUNT_COOKIE = "cart_count";
/** Lifetime of both. */
export const MONTH_SECONDS = 30 * 24 * 60 * 60;

/** The step that reads the count; see `routes/_middleware.ts`. */
export const cartCount = define.middleware(async (ctx) => {
  const value = readCookie(ctx, COUNT_COOKIE) ?? "";
  const [, count, owner = ""] = /^(\d{1,5})\.([\w-]*)$/.exec(value) ?? [];
  if (count !== undefined) ctx.state.cart = { count: Number(count), owner };
  return await ctx.next();
});

/** Shows this count from now on; `undefined` changes nothing. */
export function setCartCount(
  ctx: Context & { readonly state: State },
  count: number | undefined,
): void {
  if (count === undefined) return;
  const owner = ownerOf(ctx.state.session);
  ctx.state.cart = { count, owner };
  const value = count === 0 ? "" : `${count}.${owner}`;
  if (value === (readCookie(ctx, COUNT_COOKIE) ?? "")) return;
  writeCookie(ctx, COUNT_COOKIE, value, count === 0 ? 0 : MONTH_SECONDS);
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
