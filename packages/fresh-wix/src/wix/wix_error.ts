// Errors of Wix in one form: HTTP status, Wix's code, request id.

/** Facts of a failed call. */
export interface WixFailure {
  /** HTTP status. 503 and 504 also mean that there was no response. */
  readonly status: number;
  /** Wix's application code, such as `PERMISSION_DENIED`. */
  readonly code?: string | undefined;
  /** One sentence for developers and logs; never shown to visitors. */
  readonly description: string;
  /** What Wix adds to the code, such as the quantity that is left. */
  readonly data?: unknown;
  /** Wix's id of the request, for its support. */
  readonly requestId?: string | undefined;
  /** Whether the same failure was thrown, and logged, a moment ago. */
  readonly repeated?: boolean;
}

/** Code of a call that was not made: an id in it would change its path. */
export const INVALID_ID = "INVALID_ID";
/** Code of an invalid response: empty, or not JSON. */
export const MALFORMED_RESPONSE = "MALFORMED_RESPONSE";
/** Code of a refusal of the client id. */
export const CLIENT_ID_REFUSED = "CLIENT_ID_REFUSED";
/** Code of a refusal of the credentials that elevated calls are made with. */
export const APP_CREDENTIALS_REFUSED = "APP_CREDENTIALS_REFUSED";
/** Code of an elevated call by an app without credentials for it. */
export const NO_ELEVATED_CREDENTIALS = "NO_ELEVATED_CREDENTIALS";

/** A call that timed out, or had no time left. */
export const OUT_OF_TIME = {
  status: 504,
  code: "WIX_TIMEOUT",
  description: "No response in time",
} as const satisfies WixFailure;

/** A call to Wix failed. */
export class WixError extends Error implements WixFailure {
  override readonly name = "WixError";
  readonly status: number;
  readonly code: string | undefined;
  readonly description: string;
  readonly data: unknown;
  readonly requestId: string | undefined;
  readonly repeated: boolean;
  /**
   * The same values in the SDK's format. An error that passes through an
   * SDK call without them comes out as "System error" with no status.
   */
  readonly response: { status: number; data: unknown };

  constructor(failure: WixFailure, options?: ErrorOptions) {
    const { status, description } = failure;
    super(`Wix responded ${status}: ${description}`, options);
    this.status = status;
    this.code = failure.code;
    this.description = description;
    this.data = failure.data;
    this.requestId = failure.requestId;
    this.repeated = failure.repeated ?? false;
    this.response = { status, data: wixErrorBody(failure) };
  }
}

/** Returns the JSON of Wix's API for a failure. */
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
 * @see https://dev.wix.com/docs/sdk/articles/work-with-the-sdk/about-errors
 */
export function toWixError(error: unknown): WixError | undefined {
  if (error instanceof WixError) return error;
  if (!(error instanceof Error)) return undefined;
  const { status, response, requestId: id, runtimeError } = Object.fromEntries(
    Object.entries(error),
  );
  // `response` tells the SDK's errors from others that have a status.
  const isSdkError = typeof status === "number" && response !== undefined;
  const requestId = typeof id === "string" ? id : undefined;
  // The mark of an SDK call that failed on something else than a status: a 200
  // that is not JSON.
  const isNoJson = runtimeError === error && error instanceof SyntaxError;
  // The SDK takes a success other than 200, such as 204, for an error.
  if (isNoJson || isSdkError && status < 400) {
    const description = "The response is not JSON";
    const facts = { status: 502, code: MALFORMED_RESPONSE, description };
    return new WixError({ ...facts, requestId }, { cause: error });
  }
  if (!isSdkError) return undefined;
  const { code, data, description = `status ${status}` } = applicationError(
    error,
  );
  const facts = { status, code, data, description, requestId };
  return new WixError(facts, { cause: error });
}

/**
 * Returns code and description in Wix's error JSON, in the SDK's error of it or
 * in the token endpoint's (RFC 6749 §5.2), each only as text: without details
 * the SDK invents a number as the code.
 */
export function applicationError(
  body: unknown,
): Pick<WixFailure, "code" | "data"> & { description: string | undefined } {
  const error = field(field(body, "details"), "applicationError");
  return {
    code: text(body, "error") ?? text(error, "code"),
    data: field(error, "data"),
    description: text(error, "description"),
  };
}

/** Returns whether a status means that Wix did not process the call. */
export function isUnreachable(status: number): boolean {
  return status === 429 || status >= 500;
}

/** Returns whether Wix refused a call permanently: a 4xx other than 429. */
export function isClientError(error: unknown): error is WixError {
  return error instanceof WixError && error.status >= 400 &&
    !isUnreachable(error.status);
}

/** Returns whether the same error was logged a moment ago. */
export function isRepeated(error: unknown): boolean {
  return error instanceof WixError && error.repeated ||
    error instanceof Error && error.cause !== undefined &&
      isRepeated(error.cause);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === "string" && found !== "" ? found : undefined;
}
