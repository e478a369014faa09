/**
 * Answers that outer steps can add headers to.
 *
 * @module
 */

/**
 * Returns `response`, or a copy of it when its headers cannot be changed, as
 * with `Response.redirect()` and answers of `fetch()`. Without this, a route
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
