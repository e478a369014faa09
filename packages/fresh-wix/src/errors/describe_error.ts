/**
 * What users read about an error: a status, a sentence, what to do.
 *
 * @module
 */
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
import { errorSummary } from "./error_summary.ts";

/** An error as a page or a problem document (RFC 9457) shows it. */
export interface ErrorDescription {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What to do now; `login` offers to log in and come back. */
  readonly action: "login" | "retry" | "home";
  /** The answer asks the browser to come again after so many seconds. */
  readonly retryAfterSeconds?: number;
  /** What a developer can do about it. */
  readonly hint?: string;
}

/**
 * Returns what to show for an error. The error's own words are for developers
 * only.
 *
 * @param options.developerHints Adds the hint. Default false.
 */
export function describeError(
  error: unknown,
  { developerHints = false }: { readonly developerHints?: boolean } = {},
): ErrorDescription {
  const { hint: known, ...description } = describe(error);
  const hint = known ??
    (description.status === 500 ? reason(error) : undefined);
  return developerHints && hint !== undefined
    ? { ...description, hint }
    : description;
}

/** Returns what went wrong, without secrets; the log has the stack. */
function reason(error: unknown): string {
  const [line = ""] = errorSummary(error).split("\n");
  return line;
}

/** Returns whether an error is one of the engine's, or of a call to Wix. */
export function isOwnError(error: unknown): boolean {
  return OWN_ERRORS.some((type) => error instanceof type) ||
    toWixError(error) !== undefined;
}

const OWN_ERRORS = [AuthorizationError, SessionError];

function describe(error: unknown): ErrorDescription {
  if (error instanceof SessionError) return SESSION_TEXTS[error.code];
  if (error instanceof AuthorizationError) {
    return AUTHORIZATION_TEXTS[error.code];
  }
  const wixError = toWixError(error);
  if (wixError !== undefined) {
    return describeWixStatus(wixError.status, wixError.code);
  }
  if (error instanceof HttpError) return describeStatus(error.status);
  return describeStatus(500);
}

const SESSION_TEXTS: Record<SessionErrorCode, ErrorDescription> = {
  login_required: describeStatus(401),
  session_ended: {
    status: 401,
    title: "Your session has ended",
    detail: "You were logged out at Wix, so you are logged out here too.",
    action: "login",
  },
  refresh_refused: {
    status: 503,
    title: "Your session could not be refreshed",
    detail: "Wix did not refresh your session, which is kept; logging in " +
      "again may help.",
    action: "login",
  },
  badge_required: {
    status: 403,
    title: "This is for a few members",
    detail: "This page needs a badge from the site owner.",
    action: "home",
  },
};

const AUTHORIZATION_TEXTS: Record<AuthorizationErrorCode, ErrorDescription> = {
  access_denied: {
    // Changing one's mind is not an error.
    status: 200,
    title: "You are not logged in",
    detail: "The login was cancelled. Nothing has changed.",
    action: "login",
  },
  login_refused: {
    status: 400,
    title: "Wix refused the login",
    detail: "Wix did not accept the login. Please try again.",
    action: "login",
  },
  transaction_missing: {
    status: 400,
    title: "This login is no longer valid",
    detail: "It took too long, was used already, or began in another browser.",
    action: "login",
  },
  temporarily_unavailable: {
    status: 503,
    title: "Wix is not answering",
    detail: "The login could not be completed, and nothing has changed.",
    action: "login",
  },
  invalid_request: {
    status: 400,
    title: "This login link is not valid",
    detail: "It asks for something that the login does not know.",
    action: "login",
  },
  login_disabled: {
    status: 403,
    title: "Login is off on this preview",
    detail: "Wix sends people back only to addresses that it knows, and a " +
      "preview has a new one each time. All that needs no login works here.",
    action: "home",
  },
};

/** What a developer can do about credentials that Wix refuses. */
const SETTING_HINTS: Readonly<Record<string, string>> = {
  [CLIENT_ID_REFUSED]: "Wix refused the client id: check WIX_CLIENT_ID. " +
    "`wix env pull` gets it anew.",
  [APP_CREDENTIALS_REFUSED]: "Wix refused the credentials that elevated " +
    "calls are made with: check WIX_CLIENT_SECRET and " +
    "WIX_CLIENT_INSTANCE_ID. `wix env pull` gets them anew.",
};

function describeWixStatus(
  status: number,
  code: string | undefined,
): ErrorDescription {
  if (isUnreachable(status)) {
    const hint = SETTING_HINTS[code ?? ""];
    return {
      status: 503,
      title: "Wix is not answering",
      detail: "This page needs data from Wix, which is not answering right " +
        "now. Your session is kept: nothing is lost.",
      action: "retry",
      ...(hint !== undefined && { hint }),
    };
  }
  if (status === 403) {
    return {
      ...describeStatus(403),
      hint: code === NO_ELEVATED_CREDENTIALS
        ? "Elevated calls need WIX_CLIENT_SECRET, or WIX_API_KEY and " +
          "WIX_SITE_ID."
        : "Wix refused this call for a visitor or member. If your site may " +
          "make it for them, wrap it on the server: auth.elevate(method)() " +
          "from @wix/essentials. See /elevation.",
    };
  }
  return describeStatus(status === 404 || code === INVALID_ID ? 404 : 500);
}

function describeStatus(status: number): ErrorDescription {
  switch (status) {
    case 401:
      return {
        status,
        title: "Please log in",
        detail: "This is for members.",
        action: "login",
      };
    case 403:
      return {
        status,
        title: "This is not allowed",
        detail: "The request was refused.",
        action: "home",
      };
    case 404:
      return {
        status,
        title: "There is nothing here",
        detail: "The page does not exist, or is not yours to see.",
        action: "home",
      };
    case 405:
      return {
        status,
        title: "This is not possible here",
        detail: "The address does not take this kind of request.",
        action: "home",
      };
    default:
      return status >= 400 && status < 500
        ? {
          status,
          title: "The request was not understood",
          detail: "Something about it is not as expected.",
          action: "home",
        }
        : {
          status: 500,
          title: "Something went wrong",
          detail: "The error was noted. Trying again may help.",
          action: "retry",
        };
  }
}
