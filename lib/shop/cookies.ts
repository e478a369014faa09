/**
 * The shop's cookies, used for display only: the number of items in the header,
 * which saves a call to Wix on every page, and the cart that was checked out.
 *
 * @module
 */
import type { Session } from "@fresh-wix/core";
import { type Context, readCookie, writeCookie } from "@/lib/cookies.ts";
import { define, type State } from "@/lib/define.ts";

/** Cookie with the id of the cart that was checked out. */
export const CHECKOUT_COOKIE = "checkout";
const COUNT_COOKIE = "cart_count";
/** Lifetime of both. */
export const MONTH_SECONDS = 30 * 24 * 60 * 60;

/** Middleware that reads the count; see `routes/_middleware.ts`. */
export const cartCount = define.middleware(async (ctx) => {
  const value = readCookie(ctx, COUNT_COOKIE) ?? "";
  const [, count, owner = ""] = /^(\d{1,5})\.([\w-]*)$/.exec(value) ?? [];
  if (count !== undefined) ctx.state.cart = { count: Number(count), owner };
  return await ctx.next();
});

/** Stores the count to show; `undefined` changes nothing. */
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
 * Returns the count to show to a user: that of their own cart, or of the one
 * they filled before they logged in.
 */
export function countFor({ cart, session }: State): number {
  if (cart === undefined) return 0;
  return ["", ownerOf(session)].includes(cart.owner) ? cart.count : 0;
}

/** The first part of a member's id; empty for a visitor. */
function ownerOf(session: Session): string {
  return session.member?.id?.slice(0, 8) ?? "";
}
