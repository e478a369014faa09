/**
 * Responses of Wix with their whole body.
 *
 * @module
 */
import { redactTokens } from "../errors/redact.ts";
import { readBody } from "../http/read_body.ts";
import { wixErrorBody } from "./wix_error.ts";

/**
 * Returns a response of Wix when its whole body has arrived, without tokens when
 * it is an error. A redirect or a body over the limit becomes a 502, with Wix's
 * error JSON: the SDK loses what an exception says.
 */
export async function readResponse(
  response: Response,
  { maxBytes }: { readonly maxBytes: number },
): Promise<Response> {
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    return errorResponse(502, "WIX_REDIRECTED", "Wix sent a redirect");
  }
  const body = await readBody(response, { maxBytes });
  if (typeof body === "string") {
    return errorResponse(
      502,
      "WIX_RESPONSE_TOO_LARGE",
      `The response is larger than ${maxBytes} bytes: request fewer items`,
    );
  }
  const content = response.ok ? body : redacted(body);
  return new Response(content.length > 0 ? content : null, response);
}

/** Returns a response made here, in the form of Wix's errors. */
export function errorResponse(
  status: number,
  code: string,
  description: string,
): Response {
  return Response.json(wixErrorBody({ code, description }), { status });
}

/**
 * What Wix says in an error becomes the message of an exception, which traces
 * record before our error boundary sees it, and may repeat what it was sent.
 * Everything else is left as it is: a route may show next to a field which
 * address is taken.
 */
function redacted(body: Uint8Array<ArrayBuffer>): string {
  return redactTokens(new TextDecoder().decode(body));
}
