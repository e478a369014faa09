/**
 * Which origins may be redirected to, call the APIs and use the console.
 *
 * @module
 */
import { isIP } from "node:net";
import { permissionDenied } from "./errors.ts";

/** Where the settings of a site allow sending the browser. */
export interface AllowedUrls {
  /** Origins besides those of this machine. */
  readonly allowedOrigins: readonly string[];
  /** The only redirect URIs of logins; none means every allowed URL. */
  readonly allowedRedirectUris: readonly string[];
}

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a host name means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname) || hostname.endsWith(".localhost");
}

/** `text` as a URL, or null; Node 20 has no `URL.parse`. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Whether `text` is an http or https URL. */
export function isHttpUrl(text: string): boolean {
  return ["http:", "https:"].includes(parseUrl(text)?.protocol ?? "");
}

/**
 * Whether hosted pages may send the browser to `url`. At Wix the developer
 * lists the domains; local Wix allows all of this machine, and the origins in
 * its settings.
 */
export function isAllowedUrl(
  url: string,
  { allowedOrigins }: Pick<AllowedUrls, "allowedOrigins">,
): boolean {
  const parsed = parseUrl(url);
  if (!parsed || !isHttpUrl(url)) return false;
  if (parsed.username || parsed.password) return false;
  return isLoopbackHost(parsed.hostname) ||
    allowedOrigins.includes(parsed.origin);
}

/** Whether a login may end at `url`: compared exactly when the site lists any. */
export function isAllowedRedirectUri(
  url: string,
  allowed: AllowedUrls,
): boolean {
  const { allowedRedirectUris } = allowed;
  return allowedRedirectUris.length > 0
    ? allowedRedirectUris.includes(url)
    : isAllowedUrl(url, allowed);
}

/**
 * The headers by which a page of another origin may call an API and read the
 * response. None for a page that may not.
 *
 * UNDOCUMENTED: from which pages a browser may call the APIs. Here from those of
 * this machine and of the allowed origins, so that other open pages can't read
 * its data.
 */
export function corsHeaders(
  { method, headers }: Request,
  allowed: Pick<AllowedUrls, "allowedOrigins">,
): Readonly<Record<string, string>> {
  const origin = headers.get("origin");
  if (origin === null || !isAllowedUrl(origin, allowed)) return {};
  const own = { "access-control-allow-origin": origin, vary: "origin" };
  return method === "OPTIONS"
    ? {
      ...own,
      "access-control-allow-methods": "GET, POST, PATCH, DELETE",
      "access-control-allow-headers":
        headers.get("access-control-request-headers") ?? "",
      "access-control-max-age": "600",
    }
    : {
      ...own,
      "access-control-expose-headers": "x-wix-request-id, x-wix-consistent",
    };
}

/** Whether a browser checks if a page may send a request. */
export function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" &&
    headers.get("access-control-request-method") !== null;
}

/**
 * Throws when the request comes from a web page of another origin: it must not
 * use the controls of a developer's machine, nor read what they show. A host
 * name that is not this server's was pointed here by an attacker (DNS
 * rebinding).
 */
export function refuseOtherSites(
  { request, url, origin }: { request: Request; url: URL; origin: string },
): void {
  const { hostname } = url;
  const isOwn = isLoopbackHost(hostname) ||
    isIP(hostname.replace(/^\[|\]$/g, "")) !== 0 ||
    hostname === new URL(origin).hostname;
  if (!isOwn) {
    throw permissionDenied(
      `Controls are not served under the name ${hostname}: use localhost, an ` +
        "IP address or the name given with --host",
    );
  }
  const from = request.headers.get("origin");
  if (from === null || from === url.origin) return;
  throw permissionDenied("Controls reject requests from other origins");
}
