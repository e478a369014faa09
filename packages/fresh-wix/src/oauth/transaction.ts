// The login transaction: the state stored while a user is on the login page. A
// sealed cookie per attempt keeps logins in parallel tabs apart.
// See RFC 9700 §4.7 on binding a login to the browser that started it

import { deleteCookie, setCookie } from "@std/http/cookie";
import * as v from "valibot";
import { type CookieJar, cookieScope } from "../http/cookies.ts";
import type { Seal } from "../session/seal.ts";

/** A login under way. */
export interface LoginTransaction {
  /** Echoed by Wix; proves that the response belongs to this browser. */
  readonly state: string;
  /** RFC 7636: sent with the code. */
  readonly codeVerifier: string;
  /** Path to return to, already validated. */
  readonly returnUrl: string;
  /** As sent to Wix; must be the same when the code is used (RFC 6749 §4.1.3). */
  readonly redirectUri: string;
}

/** Keeps login transactions in cookies. Times are Unix seconds. */
export type TransactionStore = ReturnType<typeof createTransactionStore>;

/** Long enough to look up a password, short enough to be useless later. */
export const TRANSACTION_MAX_AGE_SECONDS = 10 * 60;
/** More abandoned logins than this would only fill the Cookie header. */
const MAX_TRANSACTIONS = 5;
/** All of them together; the Cookie header has to stay under 8 KB. */
const MAX_BYTES = 4_096;
/** Of many forged cookies; later requests expire the rest. */
const MAX_INSPECTED = 20;
/** As {@link randomToken} makes it; its first characters name the cookie. */
const STATE = /^[\w-]{43}$/;
const COOKIE_ID = /^[\w-]{12}$/;

const TRANSACTION = v.object({
  state: v.string(),
  codeVerifier: v.string(),
  returnUrl: v.string(),
  redirectUri: v.string(),
});

/** Returns the store of an app's login transactions. */
export function createTransactionStore(
  { seal, secureCookies }: { seal: Seal; secureCookies: boolean },
) {
  const { attributes, ...scope } = cookieScope(secureCookies);
  const prefix = `${scope.prefix}wix_login.`;
  const cookieName = (state: string) => prefix + state.slice(0, 12);

  /** Returns the transactions, those to keep longest first. */
  async function heldTransactions({ received }: CookieJar, now: number) {
    const isTransaction = (name: string) =>
      name.startsWith(prefix) && COOKIE_ID.test(name.slice(prefix.length));
    const held = await Promise.all(
      Object.entries(received)
        .filter(([name]) => isTransaction(name))
        .slice(0, MAX_INSPECTED)
        .map(async ([name, value = ""]) => {
          const opened = await seal.open(value, { cookieName: name, now });
          const { iat = 0, crossSite = true } = opened?.claims ?? {};
          const bytes = name.length + value.length;
          return { name, bytes, since: iat, crossSite: Boolean(crossSite) };
        }),
    );
    return held.sort((a, b) =>
      Number(a.crossSite) - Number(b.crossSite) || b.since - a.since
    );
  }

  return {
    /**
     * Sets the cookie of a new transaction, and expires some of many: those that
     * other sites began first, and of each kind the oldest.
     */
    async save(
      jar: CookieJar,
      transaction: LoginTransaction,
      { now, crossSite }: { now: number; crossSite: boolean },
    ): Promise<void> {
      const name = cookieName(transaction.state);
      const maxAge = TRANSACTION_MAX_AGE_SECONDS;
      const value = await seal.seal(
        { ...transaction, crossSite },
        { cookieName: name, now, expiresAt: now + maxAge },
      );
      let total = name.length + value.length;
      const held = await heldTransactions(jar, now);
      held.forEach(({ name, bytes }, index) => {
        total += bytes;
        if (index >= MAX_TRANSACTIONS - 1 || total > MAX_BYTES) {
          deleteCookie(jar.outgoing, name, attributes);
        }
      });
      setCookie(jar.outgoing, { ...attributes, name, value, maxAge });
    },

    /**
     * Returns the transaction that `state` belongs to and expires its cookie:
     * it is used once. `undefined` when this browser did not start it recently.
     */
    async take(
      jar: CookieJar,
      state: string,
      now: number,
    ): Promise<LoginTransaction | undefined> {
      if (!STATE.test(state)) return undefined;
      const name = cookieName(state);
      const value = jar.received[name];
      if (value === undefined) return undefined;
      deleteCookie(jar.outgoing, name, attributes);
      const opened = await seal.open(value, { cookieName: name, now });
      const { success, output } = v.safeParse(TRANSACTION, opened?.claims);
      return success && output.state === state ? output : undefined;
    },
  };
}
