/**
 * The ambient client. Loading this module makes every `@wix/*` SDK module work
 * in handlers, pages and middlewares, as the current user:
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
import { RequestSession } from "./session/request_session.ts";
import { createSeal } from "./session/seal.ts";
import {
  createSessionStore,
  type OpenedSession,
} from "./session/session_store.ts";
import { createAppTokens } from "./wix/app_tokens.ts";
import { currentContext } from "./wix/request_context.ts";
import { callerFetch, installSdkClients } from "./wix/sdk_clients.ts";
import { createWixFetch } from "./wix/wix_fetch.ts";

/** Returns the time in Unix seconds. */
export const unixNow = (): number => Math.floor(Date.now() / 1000);

/** How Wix responded to this process lately. */
export const wixHealth = createWixHealth({ now: Date.now });

const wixFetch = createWixFetch({
  wixApiOrigin: config.wixApiOrigin,
  onCall: (call) => {
    currentContext()?.calls.push(call);
    wixHealth.observe(call.status);
  },
});

/** Calls Wix as the current user; see {@link callerFetch}. */
export const fetchAsCaller = callerFetch(wixFetch);

/** Wix's token endpoint for this app. */
export const tokenEndpoint = createTokenEndpoint({
  clientId: config.clientId,
  wixFetch,
  now: unixNow,
});

const cookieOptions = {
  seal: createSeal(config),
  secureCookies: !config.local,
};

/** The session cookies of this app. */
export const sessionStore = createSessionStore(cookieOptions);

/** The login transactions of this app. */
export const transactions = createTransactionStore(cookieOptions);

/**
 * Returns the session of a request, without arguments that of a new visitor.
 *
 * @param opened What the request's cookies held.
 */
export function createRequestSession(
  opened?: Pick<OpenedSession, "session" | "expiresAt">,
): RequestSession {
  return new RequestSession(opened?.session, {
    expiresAt: opened?.expiresAt,
    tokenEndpoint,
    now: unixNow,
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
