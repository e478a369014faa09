// The SDK clients behind every `@wix/*` module, for the current user and for
// elevated calls. The SDK has one place per process for each: they are set once.

import { createClient } from "@wix/sdk/client";
import type { ElevatedCredentials } from "../config/read_config.ts";
import type { AppToken } from "../oauth/token_endpoint.ts";
import { tokenState } from "../session/session.ts";
import {
  currentContext,
  requireSession,
  type TokenSource,
  waitInContext,
} from "./request_context.ts";
import { NO_ELEVATED_CREDENTIALS, WixError } from "./wix_error.ts";
import type { WixFetch } from "./wix_fetch.ts";

/** Name as the SDK spells it. */
const CONSISTENT_HEADER = "X-Wix-Consistent";
/** Comes with an API key, which is not refreshed. */
const SITE_ID_HEADER = "wix-site-id";

/** Sets up the SDK, so that `import { members } from "@wix/members"` works. */
export function installSdkClients(
  { wixFetch, appTokens, elevated }: {
    readonly wixFetch: WixFetch;
    readonly appTokens: TokenSource;
    readonly elevated: ElevatedCredentials | undefined;
  },
): void {
  createClient({
    auth: () => userStrategy(),
    fetch: userFetch(wixFetch),
  }).enableContext("module");

  createClient({
    auth: {
      shouldUseCDN: false,
      getAuthHeaders: async () => ({
        headers: await elevatedHeaders(elevated, appTokens),
      }),
    },
    fetch: authorizedFetch(wixFetch, () => ({ tokens: appTokens })),
  }).enableContext("module", { elevated: true });
}

// A plain object with closures, one per use: reading the SDK's `client.auth`
// replaces methods of the strategy it is given.
function userStrategy() {
  const session = requireSession();
  return {
    shouldUseCDN: true,
    getAuthHeaders: async () => ({ headers: await bearer(session) }),
    getActiveToken: () => session.current?.tokens.accessToken,
    loggedIn: () => session.kind === "member",
  };
}

async function bearer(tokens: TokenSource) {
  return { Authorization: await waitInContext(() => tokens.accessToken()) };
}

async function elevatedHeaders(
  credentials: ElevatedCredentials | undefined,
  appTokens: TokenSource,
): Promise<Record<string, string>> {
  if (credentials?.kind === "api-key") {
    const { apiKey, siteId } = credentials;
    return { Authorization: apiKey, [SITE_ID_HEADER]: siteId };
  }
  if (credentials?.kind === "app") return await bearer(appTokens);
  throw new WixError({
    status: 403,
    code: NO_ELEVATED_CREDENTIALS,
    description: "Elevated calls need WIX_CLIENT_SECRET, or " +
      "WIX_API_KEY and WIX_SITE_ID",
  });
}

/** Returns a `fetch` that calls Wix as the current user, without the SDK. */
export function callerFetch(wixFetch: WixFetch): typeof fetch {
  const send = userFetch(wixFetch);
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    const auth = await userStrategy().getAuthHeaders();
    headers.set("authorization", auth.headers.Authorization);
    return await send(input, { ...init, headers });
  };
}

function userFetch(wixFetch: WixFetch): typeof fetch {
  return authorizedFetch(wixFetch, () => {
    const session = requireSession();
    return { tokens: session, caller: session.current?.id };
  });
}

// A token that Wix rejects (401) is refreshed and the call sent once more:
// rejected calls were not carried out. The consistency header is kept in the
// request; the SDK's client, which would send it for others, never sees it.
function authorizedFetch(
  wixFetch: WixFetch,
  getCaller: () => { tokens: TokenSource; caller?: string | undefined },
): typeof fetch {
  return async (input, init) => {
    const context = currentContext();
    const { tokens, caller } = getCaller();
    const headers = new Headers(init?.headers);
    if (context?.consistent !== undefined) {
      headers.set(CONSISTENT_HEADER, context.consistent);
    }
    const send = () => wixFetch(input, { ...init, headers, caller });
    let response = await send();
    const rejected = headers.get("authorization");
    const isRefreshable = rejected !== null && !headers.has(SITE_ID_HEADER);
    if (response.status === 401 && isRefreshable) {
      const token = await waitInContext(() => tokens.refresh(rejected));
      headers.set("authorization", token);
      response = await send();
    }
    const consistent = response.headers.get(CONSISTENT_HEADER);
    if (consistent !== null && context !== undefined) {
      context.consistent = consistent;
    }
    response.headers.delete(CONSISTENT_HEADER);
    return response;
  };
}

/**
 * Returns the source of a token for the whole process: the app's, or a shared
 * visitor's. Parallel calls that need a new one share one request. A token near
 * its end is used until the next one arrives.
 */
export function createTokenSource(
  request: () => Promise<AppToken>,
  now: () => number,
): TokenSource {
  let cachedToken: AppToken | undefined;
  let pending: Promise<AppToken> | undefined;

  const next = async () => {
    pending ??= request()
      .then((token) => cachedToken = token)
      .finally(() => pending = undefined);
    return (await pending).accessToken;
  };

  return {
    async accessToken() {
      const state = cachedToken && tokenState(cachedToken, now());
      if (cachedToken === undefined || state === "expired") return await next();
      // If it fails, the last call before the end says so.
      if (state === "due") next().catch(() => {});
      return cachedToken.accessToken;
    },

    async refresh(rejected) {
      if (cachedToken?.accessToken === rejected) cachedToken = undefined;
      return await this.accessToken();
    },
  };
}
