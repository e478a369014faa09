// What the log and the app hear of an error: all that helps, nothing secret.

import { HttpError } from "fresh";
import type { WixContext } from "../context.ts";
import { AuthorizationError } from "../oauth/authorization_error.ts";
import { getRecord } from "../request_record.ts";
import { SessionError } from "../session/session_error.ts";
import { toWixError } from "../wix/wix_error.ts";
import { redact } from "./redact.ts";

/** Notes an error of a request; returns the reference to show beside it. */
export type Report = (ctx: WixContext, error: unknown) => string;

/** An app's own way to hear of errors, such as an error tracker. */
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

/** In Wix's words these could make up lines, or turn a line's order round. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Returns what an error was, and why, with a stack for the unexpected only. */
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

/** Returns what to say of errors whose origin is known without a stack. */
function knownText(error: Error): string | undefined {
  if (error instanceof AuthorizationError || error instanceof HttpError) {
    return `${error.name} "${error.message}"`;
  }
  // The SDK overwrites the message of what passes through its calls.
  return error instanceof SessionError
    ? `${error.name} ${error.code}`
    : undefined;
}
