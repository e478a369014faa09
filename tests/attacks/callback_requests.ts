/**
 * Requests to the callback, made out of genuine answers of Wix.
 *
 * @module
 */
import type { PendingCallback } from "./login_over_wire.ts";
import type { WireRequest } from "./wire.ts";

/** Path of the callback. */
export const CALLBACK = "/api/auth/callback";
/** Must never come back in a body. */
export const MARK = "evilmarker";

/** Returns the request with query parameters replaced, or left out. */
export function changed(
  { callback }: PendingCallback,
  changes: Record<string, string | readonly string[] | undefined>,
): WireRequest {
  const query = new URLSearchParams(callback.search);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const one of [value ?? []].flat()) query.append(name, one);
  }
  return { target: `${CALLBACK}?${query}` };
}

/** Returns a query parameter of the callback. */
export const param = ({ callback }: PendingCallback, name: string) =>
  callback.searchParams.get(name) ?? "";
