// Reports errors to the log and the app, without secrets.

import { HttpError } from "fresh";
import type { WixContext } from "../context.ts";
import { AuthorizationError } from "../oauth/authorization_error.ts";
import { getRecord } from "../request_record.ts";
import { SessionError } from "../session/session_error.ts";
import { toWixError } from "../wix/wix_error.ts";
import { redact } from "./redact.ts";

/** Records an error of a request; returns the reference to show with it. */
export type Report = (ctx: WixContext, error: unknown) => string;

/** The app's own error handler, such as an error tracker. */
export type OnError = (
  error: unknown,
  ctx: WixContext,
) => void | Promise<void>;

/**
 * Returns a function that notes an error for the request's log line, or writes
 * it at once where `requestLog` is not in use, and calls `onError`.
 */
export function createReport(onError: OnError = () => {}): Report {
  return (ctx, error) => {
    const record = getRecord(ctx);
    record.error = error;
    const { logged, reference } = record;
    if (!logged) console.error(`ref=${reference} ${errorSummary(error)}`);
    Promise.try(onError, error, ctx).catch((failure) =>
      console.error(`ref=${reference} onError: ${errorSummary(failure)}`)
    );
    return reference;
  };
}

/** In Wix's messages these could forge log lines, or reverse their text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Describes an error and its cause, with a stack only if it is unexpected. */
export function errorSummary(error: unknown): string {
  return redact(summary(error));
}

function summary(error: unknown): string {
  const wixError = toWixError(error);
  if (wixError !== undefined) {
    const { status, code, description, requestId } = wixError;
    return `Wix ${status} ${code ?? "-"} "${description}" `
      .replaceAll(UNPRINTABLE, " ") + `request-id=${requestId ?? "-"}`;
  }
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const text = knownText(error) ?? error.stack ?? error.message;
  return error.cause === undefined
    ? text
    : `${text} because: ${summary(error.cause)}`;
}

/** Describes an error whose origin is clear without a stack. */
function knownText(error: Error): string | undefined {
  if (error instanceof AuthorizationError || error instanceof HttpError) {
    return `${error.name} "${error.message}"`;
  }
  // The SDK overwrites the message of what passes through its calls.
  return error instanceof SessionError
    ? `${error.name} ${error.code}`
    : undefined;
}
