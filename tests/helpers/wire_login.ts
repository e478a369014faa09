/**
 * The steps of a login, one request at a time.
 *
 * @module
 */
import { reachable } from "./browser.ts";
import { ANN } from "./site.ts";
import * as wire from "./wire.ts";

/** A login that is complete at Wix, before the app's callback. */
export interface PendingLogin {
  /** The response of `/api/auth/login`. */
  readonly login: wire.WireResponse;
  readonly callback: URL;
  /** The callback's path and query. */
  readonly target: string;
}

/** Options of a login. */
export interface LoginOptions
  extends Pick<wire.WireRequest, "headers" | "host"> {
  /** Query of the login link. */
  readonly query?: string;
  readonly email?: string;
  /** Prefix of the path, such as `http://evil.com`. */
  readonly authority?: string;
}

/** Logs in at Wix; returns the callback without calling it. */
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

/** Follows a redirect to a page of Wix; returns where that redirects to. */
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

/** Returns the session of the jar's cookies. */
export async function identityOf(
  origin: string,
  jar: wire.WireJar,
  request: Partial<wire.WireRequest> = {},
): Promise<{ kind: string; member?: { id: string; name: string } }> {
  const target = "/api/session";
  const { body } = await wire.sendWith(jar, origin, { ...request, target });
  return JSON.parse(body);
}
