/**
 * What is refused before any route is looked for.
 *
 * @module
 */

/** A handler of requests, as `Deno.serve()` takes it. */
export type Handler<Info extends unknown[]> = (
  request: Request,
  ...info: Info
) => Promise<Response>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** A host name or address, and a port: nothing that would move into the path. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Returns `handler` behind three checks:
 *
 * - Methods that no route can have are answered 405.
 * - A `Host` that is not one is answered 400: the URL is built from it, so
 *   that `Host: x/account?` would change which route runs.
 * - A path that is not valid percent-encoding is answered 400.
 */
export function frontDoor<Info extends unknown[]>(
  handler: Handler<Info>,
): Handler<Info> {
  return async (request, ...info) => {
    if (!METHODS.includes(request.method)) {
      return refusal(405, { allow: METHODS.join(", ") });
    }
    const host = request.headers.get("host");
    if (host !== null && !HOST.test(host)) return refusal(400);
    if (!isDecodable(request.url)) return refusal(400);
    return await handler(request, ...info);
  };
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(new URL(url).pathname);
    return true;
  } catch {
    return false;
  }
}

function refusal(status: number, headers: HeadersInit = {}): Response {
  return new Response(null, {
    status,
    headers: { ...headers, "cache-control": "no-store" },
  });
}
