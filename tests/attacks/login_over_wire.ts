/**
 * The steps of a login and a logout, one request at a time.
 *
 * @module
 */
import { reachable } from "../helpers/browser.ts";
import { ANN } from "../helpers/site.ts";
import {
  type HeaderLines,
  sendWith,
  type WireAnswer,
  type WireJar,
} from "./wire.ts";

/** A login at Wix that waits for the app's callback. */
export interface PendingCallback {
  /** The answer of `/api/auth/login`. */
  readonly login: WireAnswer;
  /** Where Wix sends the browser. */
  readonly callback: URL;
  /** Path and query of it. */
  readonly target: string;
}

/**
 * Asks the app for a login and logs in at Wix, up to the address that Wix
 * sends the browser back to; `undefined` when the app began no login.
 *
 * @param query Of the login link.
 */
export async function answerOfWix(
  origin: string,
  jar: WireJar,
  { query = "returnToUrl=/", email = ANN, headers = [], host }: {
    query?: string;
    email?: string;
    headers?: HeaderLines;
    host?: string;
  } = {},
): Promise<PendingCallback | { login: WireAnswer; callback: undefined }> {
  const login = await sendWith(jar, origin, {
    target: query === "" ? "/api/auth/login" : `/api/auth/login?${query}`,
    headers,
    ...(host !== undefined && { host }),
  });
  const loginPage = login.headers.get("location");
  if (loginPage === null) return { login, callback: undefined };
  const answer = await fetch(reachable(loginPage), {
    method: "POST",
    body: new URLSearchParams({ email, password: "any" }),
    redirect: "manual",
  });
  await answer.body?.cancel();
  const location = answer.headers.get("location");
  if (location === null) throw new Error("Wix's login page sent nobody back");
  const callback = new URL(location);
  return { login, callback, target: callback.pathname + callback.search };
}

/** Like {@link answerOfWix}, for logins that have to begin. */
export async function pendingCallback(
  origin: string,
  jar: WireJar,
  options: Parameters<typeof answerOfWix>[2] = {},
): Promise<PendingCallback> {
  const pending = await answerOfWix(origin, jar, options);
  if (pending.callback !== undefined) return pending;
  throw new Error(`The app began no login: ${pending.login.status}`);
}

/** Logs in; the jar is then a member's. */
export async function logInOverWire(
  origin: string,
  jar: WireJar,
  options: Parameters<typeof answerOfWix>[2] = {},
): Promise<WireAnswer> {
  const { target } = await pendingCallback(origin, jar, options);
  return await sendWith(jar, origin, { target });
}

/** What the app says about who asks. */
export interface Identity {
  readonly kind: string;
  readonly member?: { readonly id: string; readonly name: string };
}

/** Returns who the app takes the jar's owner for. */
export async function identityOf(
  origin: string,
  jar: WireJar,
  headers: HeaderLines = [],
): Promise<Identity> {
  const { body } = await sendWith(jar, origin, {
    target: "/api/session",
    headers,
  });
  return JSON.parse(body);
}
