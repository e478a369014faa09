/**
 * Whether Wix sends people back to us: from the login page to the redirect URI,
 * and from the logout to our domain. Wix judges that on its pages, so they are
 * visited, as a browser would, by somebody who is not logged in.
 *
 * @module
 */
import { codeChallenge, randomToken } from "../oauth/pkce.ts";
import {
  type AskWix,
  isSilence,
  objectOf,
  refusalOf,
  textOf,
  whyFailed,
} from "./ask_wix.ts";
import { unasked } from "./check_credentials.ts";
import { clientSection } from "./dashboard.ts";
import type { Finding } from "./finding.ts";

/** The paths of `packages/fresh-wix/src/oauth/login.ts`, which needs the app's import map. */
const CALLBACK_PATH = "/api/auth/callback";
const LOGOUT_CALLBACK_PATH = "/api/auth/logout-callback";

const REDIRECT_SESSION_PATH = "/_api/redirects-api/v1/redirect-session";
const MAX_HOPS = 10;

const PUBLISH = "if it is there already, publish the site";

/** What has to be allowed for an app at `appOrigin`. */
export function toBeAllowed(
  appOrigin: string,
): { redirectUri: string; domain: string } {
  return {
    redirectUri: appOrigin + CALLBACK_PATH,
    domain: new URL(appOrigin).host,
  };
}

/** What the checks need. */
export interface RedirectOptions {
  readonly ask: AskWix;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly clientId: string;
  readonly appOrigin: string;
  /** Of a visitor who is of no use afterwards. */
  readonly visitorToken: string;
}

/**
 * Begins a login with `prompt=none`: the login page has to come back at once,
 * and say that nobody is logged in.
 *
 * @see OpenID Connect Core §3.1.2.1
 */
export async function checkRedirectUri(
  options: RedirectOptions,
): Promise<Finding> {
  const { clientId, appOrigin } = options;
  const { redirectUri } = toBeAllowed(appOrigin);
  const authRequest = {
    clientId,
    redirectUri,
    codeChallenge: await codeChallenge(randomToken()),
    codeChallengeMethod: "S256",
    responseMode: "query",
    responseType: "code",
    scope: "offline_access",
    state: randomToken(),
  };
  return await visit(options, {
    intent: { auth: { authRequest, prompt: "none" } },
    back: redirectUri,
    subject: `the redirect URI ${redirectUri}`,
    todo: "Add exactly this URI in " +
      clientSection("URLs > Allowed authorization redirect URIs"),
  });
}

/** Begins a logout, which has to come back to our domain. */
export async function checkDomain(options: RedirectOptions): Promise<Finding> {
  const { clientId, appOrigin } = options;
  const { domain } = toBeAllowed(appOrigin);
  const postFlowUrl = appOrigin + LOGOUT_CALLBACK_PATH;
  return await visit(options, {
    intent: { logout: { clientId }, callbacks: { postFlowUrl } },
    back: postFlowUrl,
    subject: `the domain ${domain}`,
    todo: "Add it in " + clientSection("URLs > Allowed redirect domains"),
  });
}

async function visit(
  { ask, fetch, timeoutMs, visitorToken }: RedirectOptions,
  { intent, back, subject, todo }: {
    intent: unknown;
    back: string;
    subject: string;
    todo: string;
  },
): Promise<Finding> {
  const reply = await ask(REDIRECT_SESSION_PATH, {
    body: intent,
    headers: { authorization: visitorToken },
  });
  if (reply.kind === "silence") {
    return unasked(`Wix allows ${subject}`, reply);
  }
  const fullUrl = textOf(objectOf(reply.body.redirectSession)?.fullUrl);
  if (fullUrl === undefined) {
    return refused(subject, refusalOf(reply), todo);
  }
  const end = await follow(fullUrl, back, { fetch, timeoutMs });
  if (end === "back") {
    return { outcome: "ok", says: `Wix allows ${subject}.` };
  }
  if (typeof end === "string") {
    return unasked(`Wix allows ${subject}`, {
      kind: "silence",
      why: end,
    });
  }
  if (end.status >= 400) return refused(subject, String(end.status), todo);
  return {
    outcome: "unknown",
    says: `Whether Wix allows ${subject} could not be checked: its page did ` +
      "not say.",
    todo: `${todo}, unless it is there.`,
  };
}

function refused(subject: string, why: string, todo: string): Finding {
  return {
    outcome: "problem",
    says: `Wix does not allow ${subject} (${why}).`,
    todo: `${todo}; ${PUBLISH}.`,
  };
}

/**
 * Follows redirects until one leads to `back`. Returns `"back"` then, the
 * status of a page that leads nowhere, or why there was no answer.
 */
async function follow(
  start: string,
  back: string,
  { fetch, timeoutMs }: Pick<RedirectOptions, "fetch" | "timeoutMs">,
): Promise<"back" | { status: number } | string> {
  let url = start;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    try {
      const response = await fetch(url, {
        redirect: "manual",
        headers: { accept: "text/html" },
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      const { status } = response;
      if (isSilence(status)) return `its page answered ${status}`;
      const location = response.headers.get("location");
      if (location === null) return { status };
      const next = new URL(location, url);
      if (next.origin + next.pathname === back) return "back";
      url = next.href;
    } catch (error) {
      return whyFailed(error, timeoutMs);
    }
  }
  return "its pages redirect in circles";
}
