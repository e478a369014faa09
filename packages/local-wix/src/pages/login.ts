import { allow, type Call, type Route } from "../call.ts";
import { textIn } from "../http/json.ts";
import { isAllowedRedirectUri, isAllowedUrl } from "../http/origins.ts";
import { readFields } from "../http/request.ts";
import { redirect } from "../http/response.ts";
import { loginRefusal, type Member } from "../members/member.ts";
import { issueCode } from "../oauth/authorization_codes.ts";
import { openJws, openLoginToken, signJws } from "../oauth/signed_tokens.ts";
import {
  authorizationResponse,
  type AuthorizationResult,
} from "./authorization_response.tsx";
import {
  forbiddenRedirectPage,
  messagePage,
  staleLinkPage,
  unknownClientPage,
} from "./layout.tsx";
import { loginPage, type LoginPageOptions } from "./login_page.tsx";
import {
  findRedirectSession,
  type RedirectIntent,
  type RedirectSession,
} from "./redirect_sessions.ts";

/** Login and logout at the hosted pages. */
export const LOGIN_ROUTES: readonly Route[] = allow("anyone", {
  "GET /_pages/authorize": showLogin,
  "POST /_pages/authorize": submitLogin,
  "GET /_pages/login": showLogin,
  "POST /_pages/login": submitLogin,
  "GET /_pages/logout": logOut,
});

/** A login, by an authorization request or by a full-page login. */
type Login = RedirectSession & {
  readonly intent: Extract<RedirectIntent, { kind: "auth" | "login" }>;
};

/**
 * The form, or a response at once.
 *
 * UNDOCUMENTED: what a session token of a custom login does. Here it counts as
 * being logged in at these pages, before any cookie.
 */
function showLogin(call: Call): Response {
  const login = findLogin(call);
  if (login instanceof Response) return login;
  const { intent } = login;
  const member = alreadyLoggedIn(call, intent);
  const prompt = intent.kind === "auth" ? intent.request.prompt : "login";
  if (prompt === "none" && !member) {
    return finish(call, login, {
      error: "login_required",
      error_description: "The user is not logged in at the login page",
    });
  }
  if (member && (prompt === "none" || prompt === undefined)) {
    return logIn(call, login, member);
  }
  return showForm(call, login, { selected: member?.loginEmail });
}

async function submitLogin(call: Call): Promise<Response> {
  const login = findLogin(call);
  if (login instanceof Response) return login;
  const { email, action } = await readFields(call.request);
  if (action === "cancel") {
    return finish(call, login, {
      error: "access_denied",
      error_description: "The login was canceled",
    });
  }
  const selected = textIn(email);
  const member = call.backend.store.members.list.find(({ loginEmail }) =>
    loginEmail === selected
  );
  if (!member) return showForm(call, login, { problem: "Choose an account." });
  const problem = loginRefusal(member);
  if (problem) return showForm(call, login, { selected, problem });
  return logIn(call, login, member);
}

/** The session in the URL, or the page that says why there is none. */
function findLogin({ backend, url }: Call): Login | Response {
  const session = findRedirectSession(backend, url);
  const { intent } = session ?? {};
  if (!session || (intent?.kind !== "auth" && intent?.kind !== "login")) {
    return staleLinkPage();
  }
  const { site: { clientId }, settings: { values } } = backend;
  if (intent.kind === "auth" && intent.request.clientId !== clientId) {
    return unknownClientPage(intent.request.clientId, clientId);
  }
  const [target, isAllowed] = intent.kind === "auth"
    ? [intent.request.redirectUri, isAllowedRedirectUri]
    : [intent.postFlowUrl, isAllowedUrl];
  if (target && !isAllowed(target, values)) {
    return forbiddenRedirectPage(target);
  }
  return { ...session, intent };
}

/** The member who has logged in before, by custom login or at these pages. */
function alreadyLoggedIn(
  call: Call,
  intent: Login["intent"],
): Member | undefined {
  const { store, now } = call.backend;
  const token = intent.kind === "auth" && intent.request.sessionToken;
  const member = token
    ? store.members.get(openLoginToken("session", token, now()) ?? "")
    : loggedInMember(call);
  return member && loginRefusal(member) === null ? member : undefined;
}

function showForm(
  { backend: { site, accounts, store } }: Call,
  { intent }: Login,
  state: Pick<LoginPageOptions, "selected" | "problem">,
): Response {
  return loginPage({
    siteName: site.name,
    idp: intent.kind === "auth" ? intent.request.idp : undefined,
    accounts,
    members: store.members.list,
    ...state,
  });
}

function logIn(call: Call, login: Login, member: Member): Response {
  const { backend } = call;
  backend.store.members.put({ ...member, lastLoginDate: backend.isoNow });
  const { intent, visitorId } = login;
  const response = finish(
    call,
    login,
    intent.kind === "auth"
      ? {
        code: issueCode(backend, {
          memberId: member.id,
          visitorId,
          codeChallenge: intent.request.codeChallenge,
          redirectUri: intent.request.redirectUri,
          refreshable: intent.request.refreshable,
        }),
      }
      : undefined,
  );
  response.headers.append("set-cookie", loginCookie(member));
  return response;
}

/** Ends the session and sends the browser back to the client. */
function finish(
  { backend }: Call,
  { id, intent }: Login,
  result: AuthorizationResult | undefined,
): Response {
  backend.redirectSessions.delete(id);
  if (intent.kind === "auth" && result) {
    const { allowedOrigins } = backend.settings.values;
    return authorizationResponse(intent.request, result, allowedOrigins);
  }
  if (intent.kind === "login" && intent.postFlowUrl) {
    return redirect(intent.postFlowUrl);
  }
  return messagePage("Done", "You can go back to the site.");
}

/**
 * Logs the browser out of the hosted pages and sends it back.
 *
 * UNDOCUMENTED: which tokens a logout ends. Wix says "the visitor or member
 * token"; here it ends the session whose token requested the logout, refresh
 * token included. The member's logins in other browsers stay.
 */
function logOut({ backend, url }: Call): Response {
  const session = findRedirectSession(backend, url);
  if (session?.intent.kind !== "logout") return staleLinkPage();
  const { clientId, postFlowUrl } = session.intent;
  if (clientId !== backend.site.clientId) {
    return unknownClientPage(clientId, backend.site.clientId);
  }
  if (postFlowUrl && !isAllowedUrl(postFlowUrl, backend.settings.values)) {
    return forbiddenRedirectPage(postFlowUrl);
  }
  backend.redirectSessions.delete(session.id);
  if (session.callerSessionId) {
    backend.tokens.endSession(session.callerSessionId);
  }
  const response = postFlowUrl
    ? redirect(postFlowUrl)
    : messagePage("You are logged out", "You can go back to the site.");
  response.headers.append("set-cookie", logoutCookie());
  return response;
}

// Browsers share cookies between the ports of a host. The path keeps this one
// away from the developer's app on the next port.
const NAME = "local_wix_login";
const ATTRIBUTES = "Path=/_pages; HttpOnly; SameSite=Lax";
/** UNDOCUMENTED: how long a login at the hosted pages lasts. Here thirty days. */
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** The member who is logged in at the hosted pages in this browser. */
export function loggedInMember({ request, backend }: Call): Member | undefined {
  const header = request.headers.get("cookie") ?? "";
  const cookies = header.split(";").map((pair) => pair.trim().split("="));
  const value = cookies.find(([name]) => name === NAME)?.[1] ?? "";
  const { loggedIn } = openJws(value) ?? {};
  return backend.store.members.get(String(loggedIn));
}

/** `Set-Cookie` that remembers a login at the hosted pages. */
export function loginCookie({ id }: Member): string {
  const value = signJws({ loggedIn: id });
  return `${NAME}=${value}; ${ATTRIBUTES}; Max-Age=${MAX_AGE_SECONDS}`;
}

/** `Set-Cookie` that forgets the login. */
export function logoutCookie(): string {
  return `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;
}
