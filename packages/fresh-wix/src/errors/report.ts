/**
 * Reporting errors that the engine or a route dealt with.
 *
 * @module
 */
import type { WixContext } from "../context.ts";
import { getRecord } from "../request_record.ts";
import { errorSummary } from "./error_summary.ts";

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
