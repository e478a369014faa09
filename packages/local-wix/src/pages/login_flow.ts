import type { Call } from "../call.ts";
import { textIn } from "../http/parse.ts";
import { openNote } from "../custom_login/signed_notes.ts";
import { readFields } from "../http/request.ts";
import { loginRefusal } from "../members/login_refusal.ts";
import type { Member } from "../members/member.ts";
import {
  isAllowedRedirectUri,
  isAllowedUrl,
} from "../redirects/allowed_url.ts";
import { providerName } from "../redirects/identity_providers.ts";
import type { RedirectSession } from "../redirects/redirect_sessions.ts";
import {
  authorizationResponse,
  type AuthorizationResult,
  redirect,
} from "./authorization_response.ts";
import { messagePage } from "./layout.ts";
import { loggedInMember, loginCookie } from "./login_cookie.ts";
import { loginPage, type LoginPageOptions } from "./login_page.ts";
import {
  forbiddenRedirectPage,
  staleLinkPage,
  unknownClientPage,
} from "./refusals.ts";

/**
 * `GET` of the login page: the form, or an answer at once.
 *
 * UNDOCUMENTED: what a session token of a custom login does. Here it counts as
 * being logged in at these pages, before any cookie.
 */
export function showLogin(call: Call): Response {
  const session = findSession(call);
  if (session instanceof Response) return session;
  const { intent } = session;
  const member = alreadyLoggedIn(call, session);
  const prompt = intent.kind === "auth" ? intent.request.prompt : "login";
  if (prompt === "none" && !member) {
    return finish(call, session, {
      error: "login_required",
      error_description: "Nobody is logged in at the login page",
    });
  }
  if (member && (prompt === "none" || prompt === undefined)) {
    return logIn(call, session, member);
  }
  return showForm(call, session, { picked: member?.loginEmail });
}

/** Who has logged in before, by custom login or at these pages. */
function alreadyLoggedIn(
  call: Call,
  { intent }: RedirectSession,
): Member | undefined {
  const { store, now } = call.backend;
  const token = intent.kind === "auth"
    ? intent.request.sessionToken
    : undefined;
  const member = token
    ? store.member(openNote("session", token, now()) ?? "")
    : loggedInMember(call);
  return member && loginRefusal(member) === null ? member : undefined;
}

/** `POST` of the login page's form. */
export async function submitLogin(call: Call): Promise<Response> {
  const session = findSession(call);
  if (session instanceof Response) return session;
  const { email, action } = await readFields(call.request);
  if (action === "cancel") {
    return finish(call, session, {
      error: "access_denied",
      error_description: "The login was canceled",
    });
  }
  const { members } = call.backend.store;
  const picked = textIn(email);
  const member = members.find(({ loginEmail }) => loginEmail === picked);
  const again = (problem: string) =>
    showForm(call, session, { picked: member && picked, problem });
  if (!member) return again("Choose an account.");
  const refusal = loginRefusal(member);
  if (refusal) return again(refusal);
  return logIn(call, session, member);
}

function showForm(
  { backend }: Call,
  { intent }: RedirectSession,
  state: Pick<LoginPageOptions, "picked" | "problem">,
): Response {
  const { site, accounts, store } = backend;
  const { members } = store;
  const idp = intent.kind === "auth" ? intent.request.idp : undefined;
  return loginPage({
    siteName: site.name,
    provider: idp && providerName(idp),
    accounts,
    members,
    ...state,
  });
}

/** The session in the URL, or the page that says why there is none. */
function findSession({ backend, url }: Call): RedirectSession | Response {
  const id = url.searchParams.get("session") ?? "";
  const session = backend.redirectSessions.find(id);
  const intent = session?.intent;
  if (!session || (intent?.kind !== "auth" && intent?.kind !== "login")) {
    return staleLinkPage();
  }
  const { clientId } = backend.site;
  if (intent.kind === "auth" && intent.request.clientId !== clientId) {
    return unknownClientPage(intent.request.clientId, clientId);
  }
  const { settings } = backend;
  const [target, isAllowed] = intent.kind === "auth"
    ? [intent.request.redirectUri, isAllowedRedirectUri]
    : [intent.postFlowUrl, isAllowedUrl];
  if (target && !isAllowed(target, settings)) {
    return forbiddenRedirectPage(target);
  }
  return session;
}

function logIn(call: Call, session: RedirectSession, member: Member): Response {
  const { backend } = call;
  const lastLoginDate = new Date(backend.now()).toISOString();
  backend.store.putMember({ ...member, lastLoginDate });
  const { intent, visitorId } = session;
  const response = intent.kind === "auth"
    ? finish(call, session, {
      code: backend.codes.issue({
        memberId: member.id,
        visitorId,
        codeChallenge: intent.request.codeChallenge,
        redirectUri: intent.request.redirectUri,
        refreshable: intent.request.refreshable,
      }),
    })
    : finish(call, session);
  response.headers.append("set-cookie", loginCookie(member));
  return response;
}

/** Ends the session and sends the browser back to the client. */
function finish(
  { backend }: Call,
  { id, intent }: RedirectSession,
  result?: AuthorizationResult,
): Response {
  backend.redirectSessions.end(id);
  if (intent.kind === "auth" && result) {
    const { request } = intent;
    const { allowedOrigins } = backend.settings;
    return authorizationResponse(request, result, allowedOrigins);
  }
  if (intent.kind === "login" && intent.postFlowUrl) {
    return redirect(intent.postFlowUrl);
  }
  return messagePage("Done", "You can go back to the site.");
}
