/**
 * What went wrong at Wix, in one shape: HTTP status, Wix's code, request id.
 *
 * @module
 */

/** Facts of a failed call. */
export interface WixFailure {
  /** HTTP status. 503 and 504 also stand for "no answer at all". */
  readonly status: number;
  /** Wix's application code, such as `PERMISSION_DENIED`. */
  readonly code: string | undefined;
  /** One sentence for developers and logs; never shown to visitors. */
  readonly description: string;
  /** Wix's id of the request, for its support. */
  readonly requestId: string | undefined;
}

/** A call to Wix failed. */
export class WixError extends Error implements WixFailure {
  override readonly name = "WixError";
  readonly status: number;
  readonly code: string | undefined;
  readonly description: string;
  readonly requestId: string | undefined;
  /**
   * The same facts as the SDK carries them. An error that passes through an
   * SDK call without them comes out as "System error" with no status.
   */
  readonly response: { status: number; data: unknown };

  constructor(failure: WixFailure, options?: ErrorOptions) {
    super(
      `Wix answered ${failure.status}: ${failure.description}`,
      options,
    );
    this.status = failure.status;
    this.code = failure.code;
    this.description = failure.description;
    this.requestId = failure.requestId;
    this.response = {
      status: failure.status,
      data: wixErrorBody(failure),
    };
  }
}

/** Returns the JSON that Wix would answer for a failure. */
export function wixErrorBody(
  { code, description }: Pick<WixFailure, "code" | "description">,
): Record<string, unknown> {
  return {
    message: description,
    details: { applicationError: { code, description, data: {} } },
  };
}

/**
 * Returns `error` as a {@link WixError} when it came out of an SDK call, else
 * `undefined`.
 *
 * @see https://dev.wix.com/docs/sdk/articles/work-with-the-sdk/about-errors
 */
export function toWixError(error: unknown): WixError | undefined {
  if (error instanceof WixError) return error;
  if (!(error instanceof Error)) return undefined;
  const { status, details, response, requestId, runtimeError } = sdkFields(
    error,
  );
  // `response` tells the SDK's errors from others that have a status.
  if (typeof status === "number" && response !== undefined) {
    const applicationError = field(details, "applicationError");
    const code = field(applicationError, "code");
    const description = field(applicationError, "description");
    return new WixError({
      status,
      // Wix sends text; for a body without details the SDK invents a number.
      code: typeof code === "string" ? code : undefined,
      description: typeof description === "string" && description !== ""
        ? description
        : `status ${status}`,
      requestId: typeof requestId === "string" ? requestId : undefined,
    }, { cause: error });
  }
  // The mark of an SDK call that failed on something else than a status: an
  // answer of 200 that is not JSON.
  if (runtimeError === error && error instanceof SyntaxError) {
    return new WixError({
      status: 502,
      code: "MALFORMED_RESPONSE",
      description: "the answer is not JSON",
      requestId: undefined,
    }, { cause: error });
  }
  return undefined;
}

/** Returns whether a status means that Wix could not be asked at all. */
export function isUnreachable(status: number): boolean {
  return status === 429 || status >= 500;
}

function sdkFields(error: Error): Record<string, unknown> {
  return Object.fromEntries(Object.entries(error));
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
