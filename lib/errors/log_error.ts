/**
 * The log line of an error: all that helps, nothing that is secret.
 *
 * @module
 */
import { HttpError } from "fresh";
import { AuthorizationError } from "@/lib/oauth/authorization_error.ts";
import { InvalidGrantError } from "@/lib/oauth/token_endpoint.ts";
import {
  SessionEndedError,
  SessionInDoubtError,
  SessionNotRenewedError,
} from "@/lib/session/request_session.ts";
import { toWixError } from "@/lib/wix/wix_error.ts";
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

/** What it was, and below that why: as far as it says so. */
function summary(error: unknown): string {
  const wixError = toWixError(error);
  if (wixError !== undefined) {
    const { status, code, description, requestId } = wixError;
    return `Wix ${status} ${code ?? "-"} "${description}" ` +
      `request-id=${requestId ?? "-"}`;
  }
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const text = isKnown(error)
    ? `${error.name} "${error.message}"`
    : error.stack ?? error.message;
  return error.cause === undefined
    ? text
    : `${text} because: ${summary(error.cause)}`;
}

/** Of these everybody knows where they come from. */
function isKnown(error: Error): boolean {
  return error instanceof AuthorizationError || error instanceof HttpError ||
    error instanceof InvalidGrantError ||
    error instanceof SessionEndedError ||
    error instanceof SessionInDoubtError ||
    error instanceof SessionNotRenewedError;
}
