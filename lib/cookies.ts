/**
 * The site's own cookies, with the attributes of the session's. Users can
 * change them, so validate their values.
 *
 * @module
 */
import { setCookie } from "@std/http/cookie";
import { wix } from "@/lib/wix.ts";

const { attributes, prefix } = wix.cookieScope;
/** A request, as handlers get it. */
export type Context = Parameters<typeof wix.cookies>[0];

/** Returns a cookie's value as it was received. */
export function readCookie(ctx: Context, name: string): string | undefined {
  return wix.cookies(ctx).received[prefix + name];
}

/** Sets a cookie with the response; `maxAge` is in seconds, 0 deletes it. */
export function writeCookie(
  ctx: Context,
  name: string,
  value: string,
  maxAge: number,
): void {
  const cookie = { ...attributes, name: prefix + name, value, maxAge };
  setCookie(wix.cookies(ctx).outgoing, cookie);
}

/**
 * Makes the next page show a message.
 *
 * @param message Name of a text in `components/FlashNotice.tsx`, such as `saved`.
 */
export function setFlash(ctx: Context, message: string): void {
  // Long enough for a redirect, too short to appear on a later page.
  writeCookie(ctx, "flash", message, 60);
}

/** Returns the name of the message to show, once. */
export function takeFlash(ctx: Context): string | undefined {
  const message = readCookie(ctx, "flash");
  if (message !== undefined) writeCookie(ctx, "flash", "", 0);
  return message;
}
