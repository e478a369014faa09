/**
 * The SDK clients behind every `@wix/*` module: one for whoever made the
 * request, one for elevated calls. The SDK has one place per process for each
 * of them, so both are set once and find out at call time whose call it is.
 *
 * @module
 */
import { createClient } from "@wix/sdk/client";
import { mutableResponse } from "../http/mutable_response.ts";
import type { TokenSource } from "../session/request_session.ts";
import type { ElevatedCredentials } from "../config/read_config.ts";
import { currentScope, requireScope, withinBudget } from "./request_scope.ts";
import { NO_ELEVATED_CREDENTIALS, WixError } from "./wix_error.ts";

/** What {@link installSdkClients} needs. */
export interface SdkClientsOptions {
  /** The one door to Wix. */
  readonly wixFetch: typeof fetch;
  readonly appTokens: TokenSource;
  readonly elevated: ElevatedCredentials | undefined;
}

/** Name as the SDK spells it. */
const CONSISTENT_HEADER = "X-Wix-Consistent";

/** Makes `import { members } from "@wix/members"` and its like work as they are. */
export function installSdkClients(
  { wixFetch, appTokens, elevated }: SdkClientsOptions,
): void {
  createClient({
    auth: () => requestStrategy(),
    fetch: authorizedFetch(wixFetch, () => requireScope().session),
  }).enableContext("module");

  createClient({
    auth: elevatedStrategy(elevated, appTokens),
    fetch: authorizedFetch(wixFetch, () => appTokens),
  }).enableContext("module", { elevated: true });
}

/**
 * Plain objects with closures, one per use: reading the SDK's `client.auth`
 * replaces methods of the strategy it is given.
 */
function requestStrategy() {
  const { session } = requireScope();
  return {
    shouldUseCDN: true,
    getAuthHeaders: async () => ({
      headers: { Authorization: await tokenToSend(session) },
    }),
    getActiveToken: () => session.current?.tokens.accessToken,
    loggedIn: () => session.kind === "member",
  };
}

function elevatedStrategy(
  credentials: ElevatedCredentials | undefined,
  appTokens: TokenSource,
) {
  return {
    shouldUseCDN: false,
    getAuthHeaders: async (): Promise<{ headers: Record<string, string> }> => {
      switch (credentials?.kind) {
        case "app":
          return { headers: { Authorization: await tokenToSend(appTokens) } };
        case "api-key":
          return {
            headers: {
              Authorization: credentials.apiKey,
              "wix-site-id": credentials.siteId,
            },
          };
        case undefined:
          throw new WixError({
            status: 403,
            code: NO_ELEVATED_CREDENTIALS,
            description: "Elevated calls need WIX_CLIENT_SECRET, or " +
              "WIX_API_KEY and WIX_SITE_ID",
            requestId: undefined,
          });
      }
    },
  };
}

/** Most have one ready, and waiting costs a timer. */
function tokenToSend(source: TokenSource): string | Promise<string> {
  return source.readyToken() ?? withinBudget(() => source.accessToken());
}

/**
 * Returns a `fetch` that calls Wix as whoever made the request, whatever else
 * the request does: for calls that come without the SDK.
 */
export function callerFetch(wixFetch: typeof fetch): typeof fetch {
  const send = authorizedFetch(wixFetch, () => requireScope().session);
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    const { headers: { Authorization } } = await requestStrategy()
      .getAuthHeaders();
    headers.set("authorization", Authorization);
    return await send(input, { ...init, headers });
  };
}

/**
 * Returns the fetch of an SDK client. A token that Wix refuses (401) is
 * renewed and the call sent once more: refused calls were not carried out. The
 * consistency header is kept in the request instead of in the client.
 */
function authorizedFetch(
  wixFetch: typeof fetch,
  tokenSource: () => TokenSource,
): typeof fetch {
  return async (input, init) => {
    const scope = currentScope();
    const consistently = withConsistency(init, scope?.consistent);
    let response = await wixFetch(input, consistently);
    if (response.status === 401) {
      const headers = new Headers(consistently?.headers);
      const sent = headers.get("authorization");
      if (sent !== null && !isApiKey(headers)) {
        const renewed = await withinBudget(() => tokenSource().renew(sent));
        headers.set("authorization", renewed);
        response = await wixFetch(input, { ...init, headers });
      }
    }
    const consistent = response.headers.get(CONSISTENT_HEADER);
    if (consistent === null) return response;
    if (scope !== undefined) scope.consistent = consistent;
    // An SDK client that never sees it has none to send for others: it keeps
    // what answers say for all that it sends afterwards.
    const answer = mutableResponse(response);
    answer.headers.delete(CONSISTENT_HEADER);
    return answer;
  };
}

/** Headers are left as they are when there is nothing to add: a copy costs. */
function withConsistency(
  init: RequestInit | undefined,
  consistent: string | undefined,
): RequestInit | undefined {
  if (consistent === undefined) return init;
  const headers = new Headers(init?.headers);
  headers.set(CONSISTENT_HEADER, consistent);
  return { ...init, headers };
}

/** API keys come with the site they are for, and are not renewed. */
function isApiKey(headers: Headers): boolean {
  return headers.has("wix-site-id");
}
