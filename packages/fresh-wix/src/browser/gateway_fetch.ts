// Sends SDK calls of islands to this site's gateway, which adds the token.

import { apiUrl } from "../wix/api_url.ts";
import { INVALID_ID, wixErrorBody } from "../wix/wix_error.ts";

/** Where the gateway is. */
export const GATEWAY_PATH = "/api/wix";

/** Sent with every call; scripts of other sites can't send it. */
export const GATEWAY_HEADER = { name: "X-Wix-Gateway", value: "1" } as const;

/**
 * Returns the `fetch` of the SDK in a browser. It sends each call to our host.
 * Without a response, it returns an error in Wix's format, because the SDK
 * drops an exception's message.
 *
 * Other calls wait for the page's first one. For a new visitor it starts the
 * session; parallel calls would start several, each with its own cart, and only
 * the last would be kept.
 * @param send The browser's `fetch`.
 */
export function createGatewayFetch(send: typeof fetch): typeof fetch {
  let first: Promise<unknown> | undefined;
  return async (input, init) => {
    const url = apiUrl(String(input), init?.body);
    if (url === undefined) {
      return failure(400, INVALID_ID, "An id holds characters of a path");
    }
    const target = GATEWAY_PATH + url.pathname + url.search;
    const call = async () => {
      const headers = {
        [GATEWAY_HEADER.name]: GATEWAY_HEADER.value,
        ...(init?.body != null && { "Content-Type": "application/json" }),
      };
      const response = await send(target, { ...init, headers });
      // Read whole: a response that is cut short on its way here is none.
      return new Response(await response.text(), response);
    };
    try {
      if (first === undefined) return await (first = call());
      await first.catch(() => {});
      return await call();
    } catch {
      return failure(503, "GATEWAY_UNREACHABLE", "No connection");
    }
  };
}

function failure(status: number, code: string, description: string): Response {
  return Response.json(wixErrorBody({ code, description }), { status });
}
