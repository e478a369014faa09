// Descriptions of errors for users: status, text and action.

import { HttpError } from "fresh";
import {
  AuthorizationError,
  type AuthorizationErrorCode,
} from "../oauth/authorization_error.ts";
import {
  SessionError,
  type SessionErrorCode,
} from "../session/session_error.ts";
import {
  APP_CREDENTIALS_REFUSED,
  CLIENT_ID_REFUSED,
  INVALID_ID,
  isUnreachable,
  NO_ELEVATED_CREDENTIALS,
  toWixError,
} from "../wix/wix_error.ts";
import { errorSummary } from "./report.ts";

/** An error as a page or a problem document (RFC 9457) shows it. */
export interface ErrorDescription {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What to do now; `login` offers to log in and come back. */
  readonly action: "login" | "retry" | "home";
  /** What a developer can do about it. */
  readonly hint?: string;
}

/**
 * Returns what to show for an error. Only developers see its own message.
 * @param options.developerHints Adds the hint. Default false.
 */
export function describeError(
  error: unknown,
  { developerHints = false }: { readonly developerHints?: boolean } = {},
): ErrorDescription {
  const { hint, ...description } = describe(error);
  if (!developerHints) return description;
  // Without secrets; the log has the stack.
  const [reason = ""] = errorSummary(error).split("\n");
  const missing = missingHint(reason);
  const shown = missing === undefined
    ? hint ?? (description.status >= 500 ? reason : undefined)
    : `${reason.replace(/\.$/, "")}. ${missing}`;
  return shown === undefined ? description : { ...description, hint: shown };
}

/** Returns whether an error is one of the engine's, or of a call to Wix. */
export function isOwnError(error: unknown): boolean {
  return error instanceof AuthorizationError || error instanceof SessionError ||
    toWixError(error) !== undefined;
}

function describe(error: unknown): ErrorDescription {
  if (error instanceof SessionError) return SESSION_TEXTS[error.code];
  if (error instanceof AuthorizationError) {
    return AUTHORIZATION_TEXTS[error.code];
  }
  const wixError = toWixError(error);
  if (wixError !== undefined && !missingHint(errorSummary(error))) {
    return describeWixStatus(wixError.status, wixError.code);
  }
  return describeStatus(error instanceof HttpError ? error.status : 500);
}

const text = (
  status: number,
  title: string,
  detail: string,
  action: ErrorDescription["action"] = "login",
): ErrorDescription => ({ status, title, detail, action });

const STATUS_TEXTS = [
  text(401, "Please log in", "Only members have access."),
  text(403, "This is not allowed", "You don't have access to this.", "home"),
  text(
    404,
    "Page not found",
    "The page doesn't exist, or you don't have access to it.",
    "home",
  ),
];

const SESSION_TEXTS: Record<SessionErrorCode, ErrorDescription> = {
  login_required: describeStatus(401),
  session_ended: text(
    401,
    "Your session has ended",
    "You were logged out at Wix, so you are logged out here too.",
  ),
  refresh_refused: text(
    503,
    "Your session could not be refreshed",
    "Wix did not refresh your session. You are still logged in; logging in again may help.",
  ),
  badge_required: text(
    403,
    "You don't have access",
    "You need a badge from the site owner.",
    "home",
  ),
};

const AUTHORIZATION_TEXTS: Record<AuthorizationErrorCode, ErrorDescription> = {
  access_denied: text(
    // Changing one's mind is not an error.
    200,
    "You are not logged in",
    "The login was cancelled. Nothing has changed.",
  ),
  login_refused: text(
    400,
    "Wix refused the login",
    "Your session has not changed. Try again.",
  ),
  transaction_missing: text(
    400,
    "This login is no longer valid",
    "It took too long, was already used, or started in another browser.",
  ),
  temporarily_unavailable: text(
    503,
    "Wix isn't responding",
    "The login could not be completed, and nothing has changed.",
  ),
  invalid_request: text(
    400,
    "This login link isn't valid",
    "It has an option that isn't supported.",
  ),
  login_disabled: text(
    403,
    "Login is off on this preview",
    "Wix only redirects to registered URLs, and each preview has a new one. " +
      "Pages that don't need a login work here.",
    "home",
  ),
};

/** What a developer can do about settings that Wix refuses. */
const HINTS: Readonly<Record<string, string>> = {
  [CLIENT_ID_REFUSED]: "Wix refused the client id: check WIX_CLIENT_ID. " +
    "Run `wix env pull` to get it again.",
  [APP_CREDENTIALS_REFUSED]: "Wix refused the credentials for elevated " +
    "calls: check WIX_CLIENT_SECRET and " +
    "WIX_CLIENT_INSTANCE_ID. Run `wix env pull` to get them again.",
  [NO_ELEVATED_CREDENTIALS]: "Elevated calls need WIX_CLIENT_SECRET, or " +
    "WIX_API_KEY and WIX_SITE_ID.",
};

/** What a developer can do when a call or collection doesn't exist. */
const MISSING: Readonly<Record<string, string>> = {
  NOT_IMPLEMENTED_LOCALLY: "Stub this call with local Wix's /_local/fail, or " +
    "use your own Wix site: see docs/troubleshooting.md.",
  WDE0025:
    "Create a collection with this id: in the dashboard under CMS, or for " +
    "local Wix in a seed file. See docs/troubleshooting.md.",
};

const ELEVATE_HINT =
  "Wix refused this call for a visitor or member. If every user may see the " +
  "result, elevate the call on the server: auth.elevate(method)() from " +
  "@wix/essentials.";

/** Returns the hint of {@link MISSING}: `@wix/data` has the code in its text. */
function missingHint(reason: string): string | undefined {
  return Object.entries(MISSING).find(([code]) => reason.includes(code))?.[1];
}

function describeWixStatus(status: number, code = ""): ErrorDescription {
  if (isUnreachable(status)) {
    const description = text(
      503,
      "Wix isn't responding",
      "This page needs data from Wix, which isn't responding right now. Your " +
        "session is not affected. Try again in a moment.",
      "retry",
    );
    const hint = HINTS[code];
    return hint === undefined ? description : { ...description, hint };
  }
  if (status === 403) {
    return { ...describeStatus(403), hint: HINTS[code] ?? ELEVATE_HINT };
  }
  return describeStatus(status === 404 || code === INVALID_ID ? 404 : 500);
}

function describeStatus(status: number): ErrorDescription {
  const known = STATUS_TEXTS.find((text) => text.status === status);
  if (known !== undefined) return known;
  return status >= 400 && status < 500
    ? text(
      status,
      "This request isn't valid",
      "The server can't process it. Go back and try again.",
      "home",
    )
    : text(
      500,
      "Something went wrong",
      "The error was logged. Try again in a moment.",
      "retry",
    );
}
