/** Where the settings of a site allow sending the browser. */
export interface AllowedUrls {
  /** Origins besides those of this machine. */
  readonly allowedOrigins: readonly string[];
  /** The only redirect URIs of logins; none means every allowed URL. */
  readonly allowedRedirectUris: readonly string[];
}

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Whether hosted pages may send the browser to `url`. At Wix the developer
 * lists the domains; local Wix allows all of this machine, and the origins in
 * its settings.
 */
export function isAllowedUrl(
  url: string,
  { allowedOrigins }: Pick<AllowedUrls, "allowedOrigins">,
): boolean {
  const parsed = URL.parse(url);
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return false;
  if (parsed.username || parsed.password) return false;
  return isLoopbackHost(parsed.hostname) ||
    allowedOrigins.includes(parsed.origin);
}

/** Whether a login may end at `url`: when the site lists any, letter by letter. */
export function isAllowedRedirectUri(url: string, allowed: AllowedUrls) {
  const { allowedRedirectUris } = allowed;
  return allowedRedirectUris.length > 0
    ? allowedRedirectUris.includes(url)
    : isAllowedUrl(url, allowed);
}

/** Whether a host name means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname) || hostname.endsWith(".localhost");
}
