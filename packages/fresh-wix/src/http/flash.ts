/**
 * Flash messages: what a form did, said on the next page and only there.
 *
 * @module
 */
import { deleteCookie, setCookie } from "@std/http/cookie";
import type { CookieJar } from "./cookies.ts";

/** What can be said. A closed list: cookies can be written by others. */
export type Flash = typeof FLASHES[number];

const FLASHES = ["saved", "joined", "left", "deleted"] as const;

/** Long enough for a redirect, too short to surprise anybody later. */
const MAX_AGE_SECONDS = 60;

/** Returns the flash messages of an app; `local` as for the session cookie. */
export function createFlashes(local: boolean) {
  const name = local ? "flash" : "__Host-flash";
  const attributes = { path: "/", httpOnly: true, secure: !local } as const;
  return {
    /** Has the next page say something. */
    set({ outgoing }: CookieJar, value: Flash): void {
      setCookie(outgoing, {
        ...attributes,
        name,
        value,
        maxAge: MAX_AGE_SECONDS,
        sameSite: "Lax",
      });
    },
    /** Returns what is to be said, once. */
    take({ received, outgoing }: CookieJar): Flash | undefined {
      const value = received[name];
      if (value === undefined) return undefined;
      deleteCookie(outgoing, name, attributes);
      return FLASHES.find((flash) => flash === value);
    },
  };
}
