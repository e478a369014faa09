/**
 * Protection of requests that change something against other sites.
 *
 * @module
 */
import { HttpError } from "fresh";

/**
 * Lets requests of our own pages through.
 *
 * Browsers say where a request comes from in `Sec-Fetch-Site`, which a page
 * cannot forge; where it is missing the `Origin` has to be exactly ours. A
 * request that says neither comes from no page of ours.
 *
 * @throws {HttpError} 403 for everything else.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function requireSameOrigin(headers: Headers, appOrigin: string): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const ours = origin === appOrigin && (site === null || site === "none") ||
    site === "same-origin" && (origin === null || origin === appOrigin);
  if (!ours) {
    throw new HttpError(403, "Cross-origin request refused");
  }
}
