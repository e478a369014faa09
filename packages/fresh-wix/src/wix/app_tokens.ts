// The app's own access token, for elevated calls.

import type { AppToken } from "../oauth/token_endpoint.ts";
import { tokenState } from "../session/session.ts";
import type { TokenSource } from "./request_context.ts";

/**
 * Returns the source of the app's token. One token serves the whole process,
 * and calls that need a new one at the same time share one request. A token near
 * its end is used while the next one is under way.
 */
export function createAppTokens(
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
