/**
 * What the log says about an error: all that helps, nothing that is secret.
 *
 * @module
 */
import { HttpError } from "fresh";
import { AuthorizationError } from "../oauth/authorization_error.ts";
import { SessionError } from "../session/session_error.ts";
import { toWixError } from "../wix/wix_error.ts";
import { redact } from "./redact.ts";

/**
 * Control and format characters and line breaks: in the words of others they
 * could make up lines of their own, or turn a line's order round.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

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
    return `Wix ${status} ${code ?? "-"} "${description}" `
      .replaceAll(UNPRINTABLE, " ") + `request-id=${requestId ?? "-"}`;
  }
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const text = knownText(error) ?? error.stack ?? error.message;
  return error.cause === undefined
    ? text
    : `${text} because: ${summary(error.cause)}`;
}

/** What to say of errors of which everybody knows where they come from. */
function knownText(error: Error): string | undefined {
  if (error instanceof AuthorizationError || error instanceof HttpError) {
    return `${error.name} "${error.message}"`;
  }
  // The SDK overwrites the message of what passes through its calls.
  return error instanceof SessionError
    ? `${error.name} ${error.code}`
    : undefined;
}
