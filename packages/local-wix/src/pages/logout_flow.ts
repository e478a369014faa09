import type { Call } from "../call.ts";
import { isAllowedUrl } from "../redirects/allowed_url.ts";
import { redirect } from "./authorization_response.ts";
import { messagePage } from "./layout.ts";
import { logoutCookie } from "./login_cookie.ts";
import {
  forbiddenRedirectPage,
  staleLinkPage,
  unknownClientPage,
} from "./refusals.ts";

/**
 * Logs the browser out of the hosted pages and sends it back.
 *
 * UNDOCUMENTED: which tokens a logout ends. Wix says "the visitor or member
 * token"; here it ends the session whose token asked for the logout, refresh
 * token included. The member's logins in other browsers go on.
 */
export function logOut({ backend, url }: Call): Response {
  const id = url.searchParams.get("session") ?? "";
  const session = backend.redirectSessions.find(id);
  if (session?.intent.kind !== "logout") return staleLinkPage();
  const { clientId, postFlowUrl } = session.intent;
  if (clientId !== backend.site.clientId) {
    return unknownClientPage(clientId, backend.site.clientId);
  }
  if (postFlowUrl && !isAllowedUrl(postFlowUrl, backend.settings)) {
    return forbiddenRedirectPage(postFlowUrl);
  }
  backend.redirectSessions.end(id);
  if (session.callerSessionId) {
    backend.tokens.endSession(session.callerSessionId);
  }
  const response = postFlowUrl
    ? redirect(postFlowUrl)
    : messagePage("You are logged out", "You can go back to the site.");
  response.headers.append("set-cookie", logoutCookie());
  return response;
}
