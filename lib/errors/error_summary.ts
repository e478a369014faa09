/**
 * What the log says about an error: all that helps, nothing that is secret.
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

/**
 * Returns what an error was, and below that why, as far as it says so: without
 * tokens and e-mail addresses, and with a stack only for what nobody expected.
 */
export function errorSummary(error: unknown): string {
  return redact(summary(error));
}

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
