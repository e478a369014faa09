/**
 * The app's own access token, for elevated calls.
 *
 * @module
 */
import type { AppToken } from "../oauth/token_endpoint.ts";
import type { TokenSource } from "../session/request_session.ts";
import { tokenState } from "../session/session.ts";

/** What {@link createAppTokens} needs. */
export interface AppTokensOptions {
  /** Asks Wix for a token. */
  readonly request: () => Promise<AppToken>;
  /** Unix seconds. */
  readonly now: () => number;
}

/**
 * Returns the source of the app's token. One token serves the whole process,
 * and everyone who needs a new one at the same time waits for the same call.
 * Nobody waits while the old one lives: it is renewed meanwhile.
 */
export function createAppTokens(
  { request, now }: AppTokensOptions,
): TokenSource {
  let current: AppToken | undefined;
  let pending: Promise<AppToken> | undefined;

  const next = async () => {
    pending ??= request()
      .then((token) => current = token)
      .finally(() => pending = undefined);
    return (await pending).accessToken;
  };

  return {
    readyToken() {
      if (current === undefined) return undefined;
      const { accessToken } = current;
      switch (tokenState(current, now())) {
        case "fresh":
          return accessToken;
        case "renewable":
          // If it fails, the last call before the end says so.
          next().catch(() => {});
          return accessToken;
        case "expired":
          return undefined;
      }
    },

    async accessToken() {
      return this.readyToken() ?? await next();
    },

    async renew(refused) {
      if (current?.accessToken === refused) current = undefined;
      return await this.accessToken();
    },
  };
}
