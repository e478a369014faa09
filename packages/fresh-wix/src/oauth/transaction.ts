/**
 * The login transaction: what has to be remembered between the moment somebody
 * leaves for the login page and the moment they come back. It lives in a
 * sealed cookie of its own per attempt, so that logins in parallel tabs don't
 * overwrite each other.
 *
 * @see RFC 9700 §4.7 on binding a login to the browser that began it
 * @module
 */
import { deleteCookie, setCookie } from "@std/http/cookie";
import type { JWTPayload } from "jose";
import type { CookieJar } from "../http/cookies.ts";
import { createSeal } from "../session/seal.ts";

/** A login under way. */
export interface LoginTransaction {
  /** Echoed by Wix; proves that the answer belongs to this browser. */
  readonly state: string;
  /** RFC 7636: sent with the code. */
  readonly codeVerifier: string;
  /** Path to return to, already judged. */
  readonly returnUrl: string;
  /** As sent to Wix; must be the same when the code is used (RFC 6749 §4.1.3). */
  readonly redirectUri: string;
}

/** Keeps login transactions in cookies. */
export interface TransactionStore {
  /** Sets the cookie of a new transaction, and expires the oldest of many. */
  save(
    jar: CookieJar,
    transaction: LoginTransaction,
    now: number,
  ): Promise<void>;
  /**
   * Returns the transaction that `state` belongs to and expires its cookie:
   * it is used once. `undefined` when this browser did not begin it, or began
   * it too long ago. Never throws.
   */
  take(
    jar: CookieJar,
    state: string,
    now: number,
  ): Promise<LoginTransaction | undefined>;
}

/** What {@link createTransactionStore} needs; a subset of the settings. */
export interface TransactionStoreOptions {
  readonly clientId: string;
  readonly sessionSecrets: readonly string[];
  readonly local: boolean;
}

/** Long enough to look up a password, short enough to be of no use later. */
export const TRANSACTION_MAX_AGE_SECONDS = 10 * 60;

/** More abandoned logins than this would only fill the Cookie header. */
const MAX_TRANSACTIONS = 5;

/** All of them together; the Cookie header has to stay under 8 KB. */
const MAX_BYTES = 4_096;

/** As {@link randomToken} makes it; its first characters name the cookie. */
const STATE = /^[\w-]{43}$/;
const COOKIE_ID = /^[\w-]{12}$/;

/** Returns the store of an app's login transactions. */
export function createTransactionStore(
  { clientId, sessionSecrets, local }: TransactionStoreOptions,
): TransactionStore {
  const prefix = local ? "wix_login." : "__Host-wix_login.";
  const seal = createSeal({
    secrets: sessionSecrets,
    clientId,
    cookieName: prefix,
  });
  const attributes = { path: "/", httpOnly: true, secure: !local } as const;
  const cookieName = (state: string) => prefix + state.slice(0, 12);

  return {
    async save(jar, transaction, now) {
      const held = await Promise.all(
        Object.entries(jar.received)
          .filter(([name]) =>
            name.startsWith(prefix) && COOKIE_ID.test(name.slice(prefix.length))
          )
          .map(async ([name, value]) => ({
            name,
            bytes: name.length + (value ?? "").length,
            since: (await seal.open(value ?? "", now))?.claims.iat ?? 0,
          })),
      );
      held.sort((a, b) => b.since - a.since);
      const value = await seal.seal({ ...transaction }, {
        now,
        expiresAt: now + TRANSACTION_MAX_AGE_SECONDS,
      });
      let total = value.length;
      held.forEach(({ name, bytes }, newerOnes) => {
        total += bytes;
        if (newerOnes >= MAX_TRANSACTIONS - 1 || total > MAX_BYTES) {
          deleteCookie(jar.outgoing, name, attributes);
        }
      });
      setCookie(jar.outgoing, {
        ...attributes,
        name: cookieName(transaction.state),
        value,
        // The answer comes from Wix's site: `Strict` would hold the cookie back.
        sameSite: "Lax",
        maxAge: TRANSACTION_MAX_AGE_SECONDS,
      });
    },

    async take(jar, state, now) {
      if (!STATE.test(state)) return undefined;
      const name = cookieName(state);
      const value = jar.received[name];
      if (value === undefined) return undefined;
      deleteCookie(jar.outgoing, name, attributes);
      const opened = await seal.open(value, now);
      const transaction = opened && parseTransaction(opened.claims);
      return transaction && transaction.state === state
        ? transaction
        : undefined;
    },
  };
}

function parseTransaction(
  { state, codeVerifier, returnUrl, redirectUri }: JWTPayload,
): LoginTransaction | undefined {
  return typeof state === "string" && typeof codeVerifier === "string" &&
      typeof returnUrl === "string" && typeof redirectUri === "string"
    ? { state, codeVerifier, returnUrl, redirectUri }
    : undefined;
}
