import { isRecord, type JsonObject } from "./json.ts";

/**
 * An error response in Wix's format. Handlers throw it; the pipeline sends it.
 *
 * @see https://dev.wix.com/docs/sdk/articles/work-with-the-sdk/about-errors
 */
export class WixError extends Error {
  override readonly name = "WixError";

  constructor(
    readonly status: number,
    readonly details: JsonObject,
    message: string,
  ) {
    super(message);
  }

  /** Machine-readable reason, when the error is an application error. */
  get code(): string | undefined {
    const error = this.details.applicationError;
    return isRecord(error) ? String(error.code) : undefined;
  }
}

/** Application error: a status, a stable code and a sentence. */
export function applicationError(
  status: number,
  code: string,
  description: string,
  data: JsonObject = {},
): WixError {
  const details = { applicationError: { code, description, data } };
  return new WixError(status, details, description);
}

/** 401: the token is missing, unknown or expired. */
export function unauthenticated(description: string): WixError {
  return applicationError(401, "UNAUTHENTICATED", description);
}

/** 403: the caller is known and may not do this. */
export function permissionDenied(description: string): WixError {
  return applicationError(403, "PERMISSION_DENIED", description);
}

/** 404 with the code that the API documents for its entity. */
export function notFound(
  code: string,
  description: string,
  data: JsonObject = {},
): WixError {
  return applicationError(404, code, description, data);
}

/**
 * 429: too many requests.
 *
 * UNDOCUMENTED: the body of a 429, and whether `Retry-After` comes with it. Here
 * it has the code from Wix's list and no such header.
 */
export function resourceExhausted(): WixError {
  return applicationError(429, "RESOURCE_EXHAUSTED", "Resource exhausted");
}

/** 400: one field of the request breaks a rule. */
export function invalidField(
  field: string,
  description: string,
  violatedRule = "OTHER",
  data: JsonObject = {},
): WixError {
  const violation = { field, description, violatedRule, data };
  const details = { validationError: { fieldViolations: [violation] } };
  return new WixError(400, details, `INVALID_ARGUMENT: ${description}`);
}

/** 501: Wix has this, local Wix does not. */
export function notImplemented(
  method: string,
  path: string,
  what = `${method} ${path}`,
): WixError {
  return applicationError(
    501,
    "NOT_IMPLEMENTED_LOCALLY",
    `Local Wix does not support ${what} yet`,
    { method, path },
  );
}

/** 501: Wix has this field of a request, local Wix does not. */
export function unsupportedField(field: string): WixError {
  return applicationError(
    501,
    "NOT_IMPLEMENTED_LOCALLY",
    `Local Wix does not support the field ${field} yet`,
    { field },
  );
}
