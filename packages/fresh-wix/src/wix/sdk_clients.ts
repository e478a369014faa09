/**
 * The SDK clients behind every `@wix/*` module: one for the current user, one
 * for elevated calls. The SDK has one place per process for each of them, so
 * both are set once and find out at call time whose call it is.
 *
 * @module
 */
import { createClient } from "@wix/sdk/client";
import type { ElevatedCredentials } from "../config/read_config.ts";
import { mutableResponse } from "../http/mutable_response.ts";
import {
  currentContext,
  requireContext,
  type TokenSource,
  waitInContext,
} from "./request_context.ts";
import { NO_ELEVATED_CREDENTIALS, WixError } from "./wix_error.ts";
import type { WixFetch } from "./wix_fetch.ts";

/** Options of {@link installSdkClients}. */
export interface SdkClientsOptions {
  readonly wixFetch: WixFetch;
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
    auth: () => userStrategy(),
    fetch: createUserFetch(wixFetch),
  }).enableContext("module");

  createClient({
    auth: elevatedStrategy(elevated, appTokens),
    fetch: authorizedFetch(wixFetch, () => ({ tokens: appTokens })),
  }).enableContext("module", { elevated: true });
}

/**
 * Plain objects with closures, one per use: reading the SDK's `client.auth`
 * replaces methods of the strategy it is given.
 */
function userStrategy() {
  const { session } = requireContext();
  return {
    shouldUseCDN: true,
    getAuthHeaders: async () => ({
      headers: {
        Authorization: await waitInContext(() => session.accessToken()),
      },
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
        case "app": {
          const token = await waitInContext(() => appTokens.accessToken());
          return { headers: { Authorization: token } };
        }
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
          });
      }
    },
  };
}

/**
 * Returns a `fetch` that calls Wix as the current user, whatever else the
 * request does: for calls that come without the SDK.
 */
export function callerFetch(wixFetch: WixFetch): typeof fetch {
  const send = createUserFetch(wixFetch);
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    const { headers: { Authorization } } = await userStrategy()
      .getAuthHeaders();
    headers.set("authorization", Authorization);
    return await send(input, { ...init, headers });
  };
}

function createUserFetch(wixFetch: WixFetch): typeof fetch {
  return authorizedFetch(wixFetch, () => {
    const { session } = requireContext();
    return { tokens: session, caller: session.current?.id };
  });
}

/** Whose calls an SDK client sends. */
interface Caller {
  readonly tokens: TokenSource;
  /** See {@link WixFetch}. */
  readonly caller?: string | undefined;
}

/**
 * Returns the fetch of an SDK client. A token that Wix rejects (401) is
 * refreshed and the call sent once more: rejected calls were not carried out.
 * The consistency header is kept in the request instead of in the client.
 */
function authorizedFetch(
  wixFetch: WixFetch,
  getCaller: () => Caller,
): typeof fetch {
  return async (input, init) => {
    const context = currentContext();
    const { tokens, caller } = getCaller();
    const first = withConsistency(init, context?.consistent);
    let response = await wixFetch(input, { ...first, caller });
    if (response.status === 401) {
      const headers = new Headers(first?.headers);
      const rejected = headers.get("authorization");
      if (rejected !== null && !isApiKey(headers)) {
        headers.set(
          "authorization",
          await waitInContext(() => tokens.refresh(rejected)),
        );
        response = await wixFetch(input, { ...init, headers, caller });
      }
    }
    const consistent = response.headers.get(CONSISTENT_HEADER);
    if (consistent === null) return response;
    if (context !== undefined) context.consistent = consistent;
    // An SDK client that never sees it has none to send for others: it keeps
    // what responses say for all that it sends afterwards.
    const copy = mutableResponse(response);
    copy.headers.delete(CONSISTENT_HEADER);
    return copy;
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

/** API keys come with the site they are for, and are not refreshed. */
function isApiKey(headers: Headers): boolean {
  return headers.has("wix-site-id");
}
