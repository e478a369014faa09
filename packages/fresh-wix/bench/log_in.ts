/**
 * The cookies of returning users, received as browsers receive them.
 *
 * @module
 */

/** Local Wix's member with orders. */
const MEMBER = "ann@demo.example";

type Cookies = Map<string, string>;

/** Returns the `Cookie` header of a visitor who has opened `url`. */
export async function visitorCookie(url: string): Promise<string> {
  const hosts = new Map<string, Cookies>();
  await open(hosts, url);
  return headerFor(hosts, url);
}

/**
 * Logs in at local Wix, where any password works; returns the `Cookie` header.
 *
 * @throws {Error} when the login does not lead back to `url`.
 */
export async function memberCookie(url: string): Promise<string> {
  const hosts = new Map<string, Cookies>();
  const { pathname: returnToUrl } = new URL(url);
  const query = new URLSearchParams({ returnToUrl });
  const loginPage = await open(
    hosts,
    new URL(`/api/auth/login?${query}`, url).href,
  );
  const form = { email: MEMBER, password: "any", action: "login" };
  const end = await open(hosts, loginPage, new URLSearchParams(form));
  if (end === url) return headerFor(hosts, url);
  throw new Error(`Cannot log in: the login ended at ${end}`);
}

/** Follows redirects; returns the URL at their end. */
async function open(
  hosts: Map<string, Cookies>,
  url: string,
  form?: URLSearchParams,
): Promise<string> {
  const response = await fetch(url, {
    ...(form && { method: "POST", body: form }),
    headers: { accept: "text/html", cookie: headerFor(hosts, url) },
    redirect: "manual",
  });
  await response.body?.cancel();
  const cookies = hosts.getOrInsert(new URL(url).host, new Map());
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/;\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(line)) {
      cookies.delete(name);
    } else cookies.set(name, value);
  }
  const location = response.headers.get("location");
  return location === null
    ? url
    : await open(hosts, new URL(location, url).href);
}

function headerFor(hosts: Map<string, Cookies>, url: string): string {
  const cookies = hosts.get(new URL(url).host) ?? [];
  return [...cookies].map((pair) => pair.join("=")).join("; ");
}
