/**
 * What the log says about an error: all that helps, nothing that is secret.
 *
 * @module
 */
import { HttpError } from "fresh";
import { AuthorizationError } from "../oauth/authorization_error.ts";
import { InvalidGrantError } from "../oauth/token_endpoint.ts";
import {
  SessionEndedError,
  SessionInDoubtError,
  SessionNotRenewedError,
} from "../session/request_session.ts";
import { toWixError } from "../wix/wix_error.ts";
import { redact } from "./redact.ts";

/** In the words of others they could make up lines of their own. */
const LINE_BREAKS = /\p{Cc}+/gu;

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
      .replaceAll(LINE_BREAKS, " ") + `request-id=${requestId ?? "-"}`;
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
  // Their messages are overwritten by the SDK when they pass through a call.
  const passesThroughSdk = error instanceof InvalidGrantError ||
    error instanceof SessionEndedError ||
    error instanceof SessionInDoubtError ||
    error instanceof SessionNotRenewedError;
  return passesThroughSdk ? error.name : undefined;
}
