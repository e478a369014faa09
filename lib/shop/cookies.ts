/**
 * Small cookies of the shop. They decide nothing: the number of pieces for the
 * header of every page, which costs no call to Wix that way, and which cart was
 * taken to the checkout.
 *
 * @module
 */
import type { Session } from "@fresh-wix/core";
import { setCookie } from "@std/http/cookie";
import { define, type State } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/** Cookie with the id of the cart that was taken to the checkout. */
export const CHECKOUT_COOKIE = "checkout";
const COUNT_COOKIE = "cart_count";
const isSecure = !wix.appOrigin?.startsWith("http:");
const DAY_SECONDS = 24 * 60 * 60;

type Context = Parameters<typeof wix.cookies>[0];

const nameOf = (name: string) => (isSecure ? "__Host-" : "") + name;

/** Returns a cookie's value as it was received. */
export function readCookie(ctx: Context, name: string): string | undefined {
  return wix.cookies(ctx).received[nameOf(name)];
}

/** Sets a cookie with the response, for a month; `""` deletes it. */
export function writeCookie(ctx: Context, name: string, value: string): void {
  if ((readCookie(ctx, name) ?? "") === value) return;
  setCookie(wix.cookies(ctx).outgoing, {
    name: nameOf(name),
    value,
    path: "/",
    httpOnly: true,
    secure: isSecure,
    sameSite: "Lax",
    maxAge: value === "" ? 0 : 30 * DAY_SECONDS,
  });
}

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
  writeCookie(ctx, COUNT_COOKIE, count === 0 ? "" : `${count}.${owner}`);
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
