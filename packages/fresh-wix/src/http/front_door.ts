/**
 * What is answered before any route is looked for.
 *
 * @module
 */
import { isLoopback } from "./loopback.ts";

/** A handler of requests, as `Deno.serve()` takes it. */
export type Handler<Info extends unknown[]> = (
  request: Request,
  ...info: Info
) => Promise<Response>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * A host name (RFC 3986 §3.2.2, without escapes and delimiters) or an address,
 * and a port: nothing that would move into the path.
 */
const HOST = /^(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Returns `handler` behind four checks:
 *
 * - Methods that no route can have are answered 405.
 * - A `Host` that is not one is answered 400: the URL is built from it, so
 *   that `Host: x/account?` would change which route runs.
 * - A path that is not valid percent-encoding is answered 400.
 * - A page asked for under another of this machine's names than that of
 *   `appOrigin` is answered 307, with its address there: cookies belong to one
 *   name, and Wix sends people back to that of `appOrigin`.
 *
 * @param appOrigin The public origin, such as `http://localhost:8000`;
 * `undefined` when there is none.
 */
export function frontDoor<Info extends unknown[]>(
  handler: Handler<Info>,
  appOrigin: string | undefined,
): Handler<Info> {
  const ownUrl = appOrigin === undefined ? undefined : new URL(appOrigin);
  // A proxy may have turned https into http.
  const ownAddresses = ownUrl === undefined
    ? []
    : [`http://${ownUrl.host}/`, `https://${ownUrl.host}/`];
  /** Nothing to decode, and asked for under the right name: most requests. */
  const isPlain = (url: string) =>
    !url.includes("%") &&
    ownAddresses.some((address) => url.startsWith(address));

  return async (request, ...info) => {
    if (!METHODS.includes(request.method)) {
      return bare(405, { allow: METHODS.join(", ") });
    }
    const host = request.headers.get("host");
    if (host !== null && !HOST.test(host)) return bare(400);
    if (isPlain(request.url)) return await handler(request, ...info);
    const url = decodableUrl(request.url);
    if (url === undefined) return bare(400);
    if (ownUrl && asksForPage(request) && isOtherNameOf(ownUrl, url)) {
      const location = ownUrl.origin + url.pathname + url.search;
      return bare(307, { location });
    }
    return await handler(request, ...info);
  };
}

/** As browsers ask when somebody opens an address. */
function asksForPage({ method, headers }: Request): boolean {
  return method === "GET" &&
    headers.get("accept")?.includes("text/html") === true;
}

/**
 * Both this machine, by two names: the settings allow http for nothing else.
 * On https a proxy may have renamed it.
 */
function isOtherNameOf(own: URL, { hostname }: URL): boolean {
  return own.protocol === "http:" && isLoopback(hostname) &&
    own.hostname !== hostname;
}

function decodableUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return undefined;
  }
}

function bare(status: number, headers: HeadersInit = {}): Response {
  return new Response(null, {
    status,
    headers: { ...headers, "cache-control": "no-store" },
  });
}
