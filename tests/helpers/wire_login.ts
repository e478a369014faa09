/**
 * The steps of a login, one request at a time.
 *
 * @module
 */
import { reachable } from "./browser.ts";
import { ANN } from "./site.ts";
import * as wire from "./wire.ts";

/** A login at Wix that waits for the app's callback. */
export interface PendingLogin {
  /** The response of `/api/auth/login`. */
  readonly login: wire.WireResponse;
  readonly callback: URL;
  /** The callback's path and query. */
  readonly target: string;
}

/** How a login begins. */
export interface LoginOptions
  extends Pick<wire.WireRequest, "headers" | "host"> {
  /** Of the login link. */
  readonly query?: string;
  readonly email?: string;
  /** In front of the path, as in `http://evil.com`. */
  readonly authority?: string;
}

/** Logs in at Wix, up to the URL that Wix sends the browser back to. */
export async function pendingLogin(
  origin: string,
  jar: wire.WireJar,
  { query = "returnToUrl=/", email = ANN, authority = "", ...request }:
    LoginOptions = {},
): Promise<PendingLogin> {
  const target = `${authority}/api/auth/login${query && `?${query}`}`;
  const login = await wire.sendWith(jar, origin, { ...request, target });
  const body = new URLSearchParams({ email, password: "any" });
  const callback = await redirectOf(login, { method: "POST", body });
  return { login, callback, target: callback.pathname + callback.search };
}

/** Returns where the page of Wix to which a response leads sends the browser. */
export async function redirectOf(
  { status, headers }: wire.WireResponse,
  init?: RequestInit,
): Promise<URL> {
  const page = headers.get("location");
  if (page === null) throw new Error(`Leads nowhere: ${status}`);
  const response = await fetch(reachable(page), {
    ...init,
    redirect: "manual",
  });
  await response.body?.cancel();
  return new URL(response.headers.get("location") ?? "");
}

/** Returns whose browser the app takes the jar's for. */
export async function identityOf(
  origin: string,
  jar: wire.WireJar,
  request: Partial<wire.WireRequest> = {},
): Promise<{ kind: string; member?: { id: string; name: string } }> {
  const target = "/api/session";
  const { body } = await wire.sendWith(jar, origin, { ...request, target });
  return JSON.parse(body);
}
