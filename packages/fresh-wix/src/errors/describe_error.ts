/**
 * What users read about an error: a status, a sentence, what to do.
 *
 * @module
 */
import { HttpError } from "fresh";
import {
  AuthorizationError,
  type AuthorizationFailure,
} from "../oauth/authorization_error.ts";
import { BadgeRequiredError } from "../session/guard.ts";
import {
  SessionEndedError,
  SessionInDoubtError,
  SessionNotRenewedError,
} from "../session/request_session.ts";
import {
  APP_CREDENTIALS_REFUSED,
  INVALID_ID,
  isUnreachable,
  NO_ELEVATED_CREDENTIALS,
  toWixError,
} from "../wix/wix_error.ts";

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
 * Returns what to show for an error. Never repeats the error's own words.
 *
 * @param options.developerHints Adds the hint. Default false.
 */
export function describeError(
  error: unknown,
  { developerHints = false }: { readonly developerHints?: boolean } = {},
): ErrorDescription {
  const { hint, ...description } = describe(error);
  return developerHints && hint !== undefined
    ? { ...description, hint }
    : description;
}

/** Returns whether an error is one of the engine's, or of a call to Wix. */
export function isOwnError(error: unknown): boolean {
  return OWN_ERRORS.some((type) => error instanceof type) ||
    toWixError(error) !== undefined;
}

const OWN_ERRORS = [
  AuthorizationError,
  BadgeRequiredError,
  SessionEndedError,
  SessionInDoubtError,
  SessionNotRenewedError,
];

function describe(error: unknown): ErrorDescription {
  if (error instanceof SessionEndedError) {
    return {
      status: 401,
      title: "Your session has ended",
      detail: "You were logged out at Wix, so you are logged out here too.",
      action: "login",
    };
  }
  if (error instanceof SessionInDoubtError) {
    return {
      status: 503,
      title: "One moment",
      detail: "Your session is being checked. This page comes by itself.",
      action: "retry",
      retryAfterSeconds: 2,
    };
  }
  if (error instanceof SessionNotRenewedError) {
    return {
      status: 503,
      title: "Your session could not be renewed",
      detail: "Wix did not renew your session, which is kept; logging in " +
        "again may help.",
      action: "login",
    };
  }
  if (error instanceof AuthorizationError) {
    return AUTHORIZATION_TEXTS[error.code];
  }
  const wixError = toWixError(error);
  if (wixError !== undefined) {
    return describeWixStatus(wixError.status, wixError.code);
  }
  if (error instanceof BadgeRequiredError) {
    return {
      status: 403,
      title: "This is for a few members",
      detail: "It takes a badge that the site's owner gives, and you do not " +
        "have it.",
      action: "home",
    };
  }
  if (error instanceof HttpError) return describeStatus(error.status);
  return describeStatus(500);
}

const AUTHORIZATION_TEXTS: Record<AuthorizationFailure, ErrorDescription> = {
  cancelled: {
    // Changing one's mind is not an error.
    status: 200,
    title: "You are not logged in",
    detail: "The login was cancelled. Nothing has changed.",
    action: "login",
  },
  refused: {
    status: 400,
    title: "Wix refused the login",
    detail: "Wix did not accept the login. Please try again.",
    action: "login",
  },
  expired: {
    status: 400,
    title: "This login is no longer valid",
    detail: "It took too long, was used already, or began in another browser.",
    action: "login",
  },
  unavailable: {
    status: 503,
    title: "Wix is not answering",
    detail: "The login could not be completed, and nothing has changed.",
    action: "login",
  },
  "bad-request": {
    status: 400,
    title: "This login link is not valid",
    detail: "It asks for something that the login does not know.",
    action: "login",
  },
  off: {
    status: 403,
    title: "Login is off on this preview",
    detail: "Wix sends people back only to addresses that it knows, and a " +
      "preview has a new one each time. All that needs no login works here.",
    action: "home",
  },
};

function describeWixStatus(
  status: number,
  code: string | undefined,
): ErrorDescription {
  if (isUnreachable(status)) {
    return {
      status: 503,
      title: "Wix is not answering",
      detail: "This page needs data from Wix, which is not answering right " +
        "now. Your session is kept: nothing is lost.",
      action: "retry",
    };
  }
  if (code === APP_CREDENTIALS_REFUSED) {
    return {
      ...describeStatus(500),
      hint: "Wix refused the credentials that elevated calls are made with: " +
        "check WIX_CLIENT_SECRET and WIX_CLIENT_INSTANCE_ID. `wix env pull` " +
        "gets them anew.",
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
