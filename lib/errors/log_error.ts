/**
 * The log line of an error: all that helps, nothing that is secret.
 *
 * @module
 */
import { toWixError, type WixError } from "@/lib/wix/wix_error.ts";
import { redact } from "./redact.ts";

/** Writes one line (and a stack for what nobody expected) to stderr. */
export function logError(
  error: unknown,
  { reference, method, pathname, status }: {
    reference: string;
    method: string;
    pathname: string;
    status: number;
  },
): void {
  console.error(
    redact(
      `${status} ${method} ${pathname} ref=${reference} ${summary(error)}`,
    ),
  );
}

function summary(error: unknown): string {
  const wixError = toWixError(error);
  if (wixError !== undefined) return wixSummary(wixError);
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const cause = toWixError(error.cause);
  return cause === undefined
    ? error.stack ?? error.message
    : `${error.name}: ${wixSummary(cause)}`;
}

function wixSummary({ status, code, description, requestId }: WixError) {
  return `Wix ${status} ${code ?? "-"} "${description}" ` +
    `request-id=${requestId ?? "-"}`;
}
