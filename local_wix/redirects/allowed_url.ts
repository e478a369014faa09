const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Whether the site's settings allow sending the browser to `url`. At Wix the
 * developer lists the URLs; local Wix allows all of this machine, and the
 * origins it was started with.
 */
export function isAllowedUrl(
  url: string,
  allowedOrigins: readonly string[],
): boolean {
  const parsed = URL.parse(url);
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return false;
  if (parsed.username || parsed.password) return false;
  return isLoopbackHost(parsed.hostname) ||
    allowedOrigins.includes(parsed.origin);
}

/** Whether a host name means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname) || hostname.endsWith(".localhost");
}
