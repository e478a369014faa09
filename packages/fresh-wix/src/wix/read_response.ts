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
  return new BufferedResponse(response, response.ok ? body : redacted(body));
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

/** What a {@link BufferedResponse} takes over. */
type Head = Pick<Response, "ok" | "status" | "statusText" | "headers">;

/**
 * A response with its body in memory. Status and headers are kept beside
 * `Response`: given to its constructor they make Deno prepare the body for
 * sending, which costs 50 µs for a page of orders, and memory. It must never be
 * sent to a browser itself: `mutableResponse()` copies it, because headers of
 * `fetch()` cannot be changed.
 */
class BufferedResponse extends Response {
  readonly #head: Head;
  readonly #body: string | Uint8Array<ArrayBuffer>;

  constructor(
    { ok, status, statusText, headers }: Head,
    body: string | Uint8Array<ArrayBuffer>,
  ) {
    super(body.length > 0 ? body : null);
    this.#head = { ok, status, statusText, headers };
    this.#body = body;
  }

  override get status(): number {
    return this.#head.status;
  }

  override get statusText(): string {
    return this.#head.statusText;
  }

  override get ok(): boolean {
    return this.#head.ok;
  }

  override get headers(): Headers {
    return this.#head.headers;
  }

  override clone(): Response {
    return this.bodyUsed
      ? super.clone()
      : new BufferedResponse(this.#head, this.#body);
  }
}
