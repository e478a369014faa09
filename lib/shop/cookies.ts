/**
 * Small cookies of the shop. They decide nothing: a count for the header, and
 * which cart was taken to the checkout.
 *
 * @module
 */
import { setCookie } from "@std/http/cookie";
import { wix } from "@/lib/wix.ts";

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
