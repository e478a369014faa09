/**
 * The SDK as its documentation says: clients made by hand, with tokens set.
 *
 * @module
 */
import { siteProperties } from "@wix/business-tools";
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import { createClient, OAuthStrategy, TokenRole } from "@wix/sdk";
import { config } from "@/packages/fresh-wix/src/config/config.ts";
import type { TokenSet } from "@/packages/fresh-wix/src/session/session.ts";
import { appToken, member, visitor } from "./sessions.ts";

/** For visitors. */
export const visitorClient = createClient({
  modules: { members, siteProperties },
  auth: authOf(visitor.tokens),
  fetch: wixFetch,
});

/** For the member. */
export const memberClient = createClient({
  modules: { orders },
  auth: authOf(member.tokens),
  fetch: wixFetch,
});

/** For the app itself. */
export const appClient = createClient({
  modules: { siteProperties },
  auth: authOf({ ...visitor.tokens, accessToken: appToken }),
  fetch: wixFetch,
});

function authOf({ accessToken, refreshToken, expiresAt }: TokenSet) {
  return OAuthStrategy({
    clientId: config.clientId,
    tokens: {
      accessToken: { value: accessToken, expiresAt },
      refreshToken: { value: refreshToken, role: TokenRole.VISITOR },
    },
  });
}

/** Local Wix instead of Wix, and nothing else. */
function wixFetch(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const { pathname, search } = new URL(
    input instanceof Request ? input.url : input,
  );
  return fetch(new URL(pathname + search, config.wixApiOrigin), init);
}
