import { isIP } from "node:net";
import type { Call } from "../call.ts";
import { permissionDenied } from "../http/errors.ts";
import { isLoopbackHost } from "../redirects/allowed_url.ts";

/**
 * Throws when a web page elsewhere asks: it must not work the switches of a
 * developer's machine, nor read what they show. The origin tells who posts; a
 * host name that is not this server's tells that someone made their own name
 * lead here (DNS rebinding).
 */
export function refuseOtherSites({ request, url, origin }: Call): void {
  const { hostname } = url;
  const isOurs = isLoopbackHost(hostname) || isAddress(hostname) ||
    hostname === new URL(origin).hostname;
  if (!isOurs) {
    throw permissionDenied(
      `Controls do not answer to the name ${hostname}: use localhost, an IP ` +
        "address or the name given with --host",
    );
  }
  const from = request.headers.get("origin");
  if (from === null || from === url.origin) return;
  throw permissionDenied("Controls do not answer web pages of other origins");
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}
