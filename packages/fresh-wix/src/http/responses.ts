/**
 * Responses as steps make and change them.
 *
 * @module
 */

/** Returns a response without a body, which no cache keeps. */
export function emptyResponse(
  status: number,
  headers: Record<string, string> = {},
): Response {
  return new Response(null, {
    status,
    headers: {
      "cache-control": "private, no-store",
      ...headers,
    },
  });
}

/**
 * Returns `response`, or a copy of it when its headers cannot be changed, as
 * with `Response.redirect()` and responses of `fetch()`. Without this, a route
 * that returns one would turn into a 500 where cookies are added.
 */
export function mutableResponse(response: Response): Response {
  try {
    response.headers.delete("x-any");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}
