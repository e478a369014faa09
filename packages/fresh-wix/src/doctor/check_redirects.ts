// Checks whether Wix redirects to our redirect URI and domain. Wix decides that
// on its pages, so these are opened, without a login.

import {
  authorizationRequest,
  CALLBACK_PATH,
  LOGOUT_CALLBACK_PATH,
  randomToken,
} from "../oauth/authorization_request.ts";
import {
  type CallWix,
  checked,
  NoResponse,
  refusalIn,
  type Send,
  textAt,
} from "./call_wix.ts";
import { clientSection } from "./checks.ts";
import { type Finding, ok, problem, unknown } from "./finding.ts";

const MAX_HOPS = 10;

/** Returns what Wix must allow for an app at `appOrigin`. */
export function toBeAllowed(appOrigin: string) {
  const redirectUri = appOrigin + CALLBACK_PATH;
  return { redirectUri, domain: new URL(appOrigin).host };
}

/** What the checks need. */
export interface RedirectOptions {
  readonly call: CallWix;
  readonly send: Send;
  readonly clientId: string;
  readonly appOrigin: string;
  /** Of a visitor who is not used afterwards. */
  readonly accessToken: string;
}

/** Starts a login with `prompt=none`, which must redirect back at once. */
export async function checkRedirectUri(
  options: RedirectOptions,
): Promise<Finding> {
  const { clientId, appOrigin } = options;
  const { redirectUri } = toBeAllowed(appOrigin);
  const request = { clientId, redirectUri, state: randomToken() };
  const authRequest = await authorizationRequest(request, randomToken());
  return await visit(options, {
    body: { auth: { authRequest, prompt: "none" } },
    back: redirectUri,
    subject: `the redirect URI ${redirectUri}`,
    todo: "Add exactly this URI in " +
      clientSection("URLs > Allowed authorization redirect URIs"),
  });
}

/** Starts a logout, which must redirect back to our domain. */
export async function checkDomain(options: RedirectOptions): Promise<Finding> {
  const { clientId, appOrigin } = options;
  const postFlowUrl = appOrigin + LOGOUT_CALLBACK_PATH;
  return await visit(options, {
    body: { logout: { clientId }, callbacks: { postFlowUrl } },
    back: postFlowUrl,
    subject: `the domain ${toBeAllowed(appOrigin).domain}`,
    todo: "Add it in " + clientSection("URLs > Allowed redirect domains"),
  });
}

function visit(
  { call, send, accessToken }: RedirectOptions,
  { body, back, subject, todo }: {
    body: unknown;
    back: string;
    subject: string;
    todo: string;
  },
): Promise<Finding> {
  const refused = (why: string) =>
    problem(
      `Wix does not allow ${subject} (${why}).`,
      `${todo}; if it is already there, publish the site.`,
    );
  return checked(`Wix allows ${subject}`, async () => {
    const headers = { authorization: accessToken };
    const path = "/_api/redirects-api/v1/redirect-session";
    const reply = await call(path, { body, headers });
    const fullUrl = textAt(reply.body, "redirectSession", "fullUrl");
    if (fullUrl === undefined) return refused(refusalIn(reply));
    const end = await follow(fullUrl, back, send);
    if (end === "back") return ok(`Wix allows ${subject}.`);
    if (end >= 400) return refused(String(end));
    const next = `${todo}, unless it is already there.`;
    return unknown(`Wix allows ${subject}`, "its page did not redirect", next);
  });
}

// Follows redirects until one leads to `back`. Returns `"back"` then, or the
// status of a page that leads nowhere.
async function follow(
  start: string,
  back: string,
  send: Send,
): Promise<"back" | number> {
  let url = start;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const init = { headers: { accept: "text/html" } };
    const { response } = await send(url, init, "its page");
    const location = response.headers.get("location");
    if (location === null) return response.status;
    const next = new URL(location, url);
    if (next.origin + next.pathname === back) return "back";
    url = next.href;
  }
  throw new NoResponse("its pages redirect in a loop");
}
