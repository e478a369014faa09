import type { Call } from "../call.ts";
import { requireCheckout } from "../checkout/checkout_access.ts";
import { invalidField, notImplemented } from "../http/errors.ts";
import { isRecord, type JsonObject } from "../http/json.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { readAuthRequest } from "./auth_request.ts";
import type { RedirectIntent } from "./redirect_sessions.ts";

const PAGES = {
  auth: "/_pages/authorize",
  checkout: "/_pages/checkout",
  login: "/_pages/login",
  logout: "/_pages/logout",
} as const;

/**
 * Prepares a visit to a hosted page and answers the URL to send the browser
 * to. URLs and client ids are judged there, not here: at Wix, too, a mismatch
 * ends on a page of Wix.
 *
 * UNDOCUMENTED: the format of `fullUrl`, and what `sessionToken` holds. Here a
 * page of local Wix with the session's id, and that id.
 */
export async function createRedirectSession(call: Call): Promise<Response> {
  const { identity, backend, origin } = call;
  const intent = readIntent(await readJson(call.request), call);
  const { id } = backend.redirectSessions.create({
    intent,
    visitorId: "visitorId" in identity ? identity.visitorId : backend.newId(),
    callerSessionId: "sessionId" in identity ? identity.sessionId : undefined,
  });
  const endpoint = origin + PAGES[intent.kind];
  const searchParams = { session: id };
  const fullUrl = `${endpoint}?${new URLSearchParams(searchParams)}`;
  return reply({
    redirectSession: {
      id,
      fullUrl,
      urlDetails: { endpoint, searchParams },
      sessionToken: id,
      shortUrl: fullUrl,
    },
  });
}

function readIntent(body: JsonObject, call: Call): RedirectIntent {
  const callbacks = objectIn(body.callbacks, "callbacks");
  const { postFlowUrl } = callbacks;
  if (isRecord(body.auth)) {
    return { kind: "auth", request: readAuthRequest(body.auth) };
  }
  if (isRecord(body.logout)) {
    const clientId = textIn(body.logout.clientId);
    if (!clientId) {
      throw invalidField("logout.clientId", "clientId is required");
    }
    return { kind: "logout", clientId, postFlowUrl: textIn(postFlowUrl) };
  }
  if (isRecord(body.login)) {
    return { kind: "login", postFlowUrl: textIn(postFlowUrl) };
  }
  if (isRecord(body.ecomCheckout)) {
    const { checkoutId } = body.ecomCheckout;
    return {
      kind: "checkout",
      checkoutId: requireCheckout(call, textIn(checkoutId) ?? "").id,
      callbacks: {
        thankYouPageUrl: textIn(callbacks.thankYouPageUrl),
        cartPageUrl: textIn(callbacks.cartPageUrl),
        postFlowUrl: textIn(postFlowUrl),
      },
    };
  }
  const asked = Object.keys(body).join(", ") || "nothing";
  throw notImplemented("POST", "redirect-session", `a redirect for ${asked}`);
}
