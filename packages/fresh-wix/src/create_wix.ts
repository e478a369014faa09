/**
 * The ambient client. Loading this module makes every `@wix/*` SDK module work
 * in handlers, pages and middlewares, as the person who made the request:
 *
 * ```ts ignore
 * import { members } from "@wix/members";
 *
 * const { items } = await members.queryMembers().find();
 * ```
 *
 * It is wired here, once per process, from the settings.
 *
 * @module
 */
import { config } from "./config/config.ts";
import { createTokenEndpoint } from "./oauth/token_endpoint.ts";
import { createTransactionStore } from "./oauth/transaction.ts";
import { createWixHealth } from "./observe/wix_health.ts";
import { createSessionCookie, type OpenedCookie } from "./session/cookie.ts";
import { createMarkers } from "./session/markers.ts";
import { createSessionOpener } from "./session/open_session.ts";
import { RequestSession } from "./session/request_session.ts";
import { createAppTokens } from "./wix/app_tokens.ts";
import { createDoor } from "./wix/door.ts";
import { currentScope } from "./wix/request_scope.ts";
import { callerFetch, installSdkClients } from "./wix/sdk_clients.ts";

/** Returns the time in Unix seconds. */
export const unixNow = (): number => Math.floor(Date.now() / 1000);

/** How Wix answered this process lately. */
export const wixHealth = createWixHealth({ now: Date.now });

const wixFetch = createDoor({
  wixApiOrigin: config.wixApiOrigin,
  onCall: (call) => {
    currentScope()?.calls.push(call);
    wixHealth.observe(call.status);
  },
});

/** Calls Wix as whoever made the request; see {@link callerFetch}. */
export const fetchAsCaller = callerFetch(wixFetch);

/** Wix's token endpoint for this app. */
export const tokenEndpoint = createTokenEndpoint({
  clientId: config.clientId,
  wixFetch,
  now: unixNow,
});

/** The session cookies of this app, in the order in which they count. */
export const sessionCookies = [
  createSessionCookie("member", config),
  createSessionCookie("second", config),
  createSessionCookie("visitor", config),
] as const;

/** The login transactions of this app. */
export const transactions = createTransactionStore(config);

/** The markers beside a member's session cookie. */
export const markers = createMarkers(config.local);

/** Returns the session in a `Cookie` header; see {@link createSessionOpener}. */
export const openSession = createSessionOpener(sessionCookies, markers);

/**
 * Returns the session of a request, without arguments that of a new visitor.
 *
 * @param opened What the request's cookie held.
 * @param doubted See {@link RequestSessionOptions.doubted}.
 */
export function createRequestSession(
  opened?: Pick<OpenedCookie, "session" | "expiresAt">,
  doubted = false,
): RequestSession {
  return new RequestSession(opened?.session, {
    doubted,
    expiresAt: opened?.expiresAt,
    tokenEndpoint,
    isSilent: tokenEndpoint.isSilent,
    now: unixNow,
    jitter: Math.random,
  });
}

installSdkClients({
  wixFetch,
  elevated: config.elevated,
  appTokens: createAppTokens({
    now: unixNow,
    request: async () => {
      if (config.elevated?.kind !== "app") {
        throw new TypeError("Cannot elevate: there is no client secret");
      }
      return await tokenEndpoint.clientCredentials(config.elevated);
    },
  }),
});
