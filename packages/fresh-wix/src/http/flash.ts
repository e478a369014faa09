// Flash messages: what a form did, shown on the next page and only there.

import { deleteCookie, setCookie } from "@std/http/cookie";
import { cookieScope } from "./cookies.ts";
import { getRecord } from "../request_record.ts";

/** Flash messages of an app. */
export interface Flashes {
  /**
   * Has the next page show a message.
   * @param name Such as `saved`: letters, digits and hyphens.
   */
  set(ctx: { readonly req: Request }, name: string): void;
  /**
   * Returns the name of the message to show, once. Cookies can be written by
   * others: look the text up by the name.
   */
  take(ctx: { readonly req: Request }): string | undefined;
}

const NAME = /^[a-z\d-]{1,40}$/i;

/** Returns the flash messages of an app. */
export function createFlashes(
  { secureCookies }: { readonly secureCookies: boolean },
): Flashes {
  const { attributes, prefix } = cookieScope(secureCookies);
  const name = `${prefix}flash`;
  return {
    set(ctx, value) {
      if (!NAME.test(value)) {
        throw new RangeError("Cannot set flash: its name has other characters");
      }
      // Long enough for a redirect, too short to appear on a later page.
      const cookie = { ...attributes, name, value, maxAge: 60 };
      setCookie(getRecord(ctx).jar.outgoing, cookie);
    },

    take(ctx) {
      const { received, outgoing } = getRecord(ctx).jar;
      const value = received[name];
      if (value === undefined) return undefined;
      deleteCookie(outgoing, name, attributes);
      return NAME.test(value) ? value : undefined;
    },
  };
}
