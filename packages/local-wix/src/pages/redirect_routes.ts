import { allow, type Call, type Route } from "../call.ts";
import { CHECKOUT_PATH } from "../checkout/checkout_url.ts";
import { requireCheckout } from "../checkout/routes_v1.ts";
import { notImplemented, unsupportedField } from "../http/errors.ts";
import { isRecord, type JsonObject, textIn } from "../http/json.ts";
import { readJson, requestLanguage } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { objectIn, requiredText, validate } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { readAuthRequest } from "./auth_request.ts";
import {
  createRedirectSession,
  type RedirectIntent,
} from "./redirect_sessions.ts";

/** Redirect sessions, by the SDK's path and by the public one. */
export const REDIRECT_ROUTES: readonly Route[] = allow(EVERYONE, {
  "POST /_api/redirects-api/v1/redirect-session": prepareVisit,
  "POST /headless/v1/redirect-session": prepareVisit,
});

const PAGES = {
  auth: "/_pages/authorize",
  checkout: CHECKOUT_PATH,
  login: "/_pages/login",
  logout: "/_pages/logout",
} as const;

/**
 * Prepares a visit to a hosted page. URLs and client ids are checked there, not
 * here: at Wix, too, a mismatch ends on a page of Wix.
 *
 * UNDOCUMENTED: the format of `fullUrl`, and what `sessionToken` holds. Here a
 * page of local Wix with the session's id, and that id.
 */
async function prepareVisit(call: Call): Promise<Response> {
  const { identity, backend, origin } = call;
  const intent = readIntent(await readJson(call.request), call);
  const id = createRedirectSession(backend, {
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
  const postFlowUrl = textIn(callbacks.postFlowUrl);
  const { auth, logout, login, ecomCheckout } = body;
  if (isRecord(auth)) return { kind: "auth", request: readAuthRequest(auth) };
  if (isRecord(logout)) {
    const clientId = validate(requiredText, logout.clientId, "logout.clientId");
    return { kind: "logout", clientId, postFlowUrl };
  }
  if (isRecord(login)) return { kind: "login", postFlowUrl };
  if (isRecord(ecomCheckout)) {
    const { id } = requireCheckout(call, textIn(ecomCheckout.checkoutId));
    const thankYouPageUrl = textIn(callbacks.thankYouPageUrl);
    const cartPageUrl = textIn(callbacks.cartPageUrl);
    const loginUrl = textIn(callbacks.loginUrl);
    const preferences = objectIn(body.preferences, "preferences");
    if (preferences.maintainIdentity === false) {
      throw unsupportedField("preferences.maintainIdentity: false");
    }
    const { lang } = objectIn(
      preferences.additionalQueryParameters,
      "preferences.additionalQueryParameters",
    );
    return {
      kind: "checkout",
      checkoutId: id,
      language: textIn(lang) ?? requestLanguage(call.request),
      callbacks: { thankYouPageUrl, cartPageUrl, loginUrl, postFlowUrl },
    };
  }
  const wanted = Object.keys(body).join(", ") || "nothing";
  throw notImplemented("POST", "redirect-session", `a redirect for ${wanted}`);
}
