// Sessions of two users, and the cookies of an app behind https.

import { getSetCookies } from "@std/http/cookie";
import type { TokenEndpoint } from "../../src/oauth/token_endpoint.ts";
import {
  RequestSession,
  type RequestSessionOptions,
} from "../../src/session/request_session.ts";
import { createSeal } from "../../src/session/seal.ts";
import { createSessionStore } from "../../src/session/session_store.ts";
import type {
  MemberSession,
  Session,
  TokenSet,
  VisitorSession,
} from "../../src/session/session.ts";
import { sessionCookies } from "../../src/session/session_store.ts";

/** When both began, in Unix seconds. */
export const NOW = 1_800_000_000;

/** What seals the cookies of the tests' app. */
export const SEAL_OPTIONS = {
  clientId: "00000000-0000-4000-8000-000000000001",
  sessionSecrets: ["a secret of at least thirty-two characters"],
};
export const seal = createSeal(SEAL_OPTIONS);

/** Returns an empty store: one without a cache of other tests. */
export const newStore = () => createSessionStore({ seal, secureCookies: true });

/** A member's session. */
export const MEMBER: MemberSession = {
  kind: "member",
  id: "session-of-ann-1",
  tokens: { accessToken: "a", refreshToken: "r", expiresAt: NOW + 14_400 },
  startedAt: NOW,
  member: { id: "m-1", name: "Ann" },
};

/** A visitor's session. */
export const VISITOR: VisitorSession = {
  kind: "visitor",
  id: "session-visitor1",
  tokens: MEMBER.tokens,
  startedAt: NOW,
};

/** Names of the cookies of {@link newStore}. */
export const POINTER = "__Host-wix_session";
export const VISITOR_COOKIE = "__Host-wix_visitor";
export const memberCookie = ({ id }: Pick<Session, "id">) => `${POINTER}_${id}`;

/** Returns the cookies of a browser that has `session`. */
export async function cookiesWith(
  session: Session,
): Promise<Record<string, string>> {
  return received(await sessionCookies(session, newStore(), NOW));
}

/** Returns what a browser without cookies has after a response. */
export function received(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    getSetCookies(headers)
      .filter(({ value }) => value !== "")
      .map(({ name, value }) => [name, value]),
  );
}

const notElevated = () => Promise.reject(new Error("nothing is elevated"));
export const NO_APP_TOKENS = { accessToken: notElevated, refresh: notElevated };

let serial = 0;

/** Returns tokens that no other session has. */
export function newTokens(lifetime = 14_400): TokenSet {
  serial++;
  const [accessToken, refreshToken] = [`access-${serial}`, `refresh-${serial}`];
  return { accessToken, refreshToken, expiresAt: NOW + lifetime };
}

/** Returns the session of a request at {@link NOW}, which counts its grants. */
export function requestWith(
  session: Session | undefined,
  endpoint: Partial<TokenEndpoint> = {},
  options: Partial<RequestSessionOptions> = {},
) {
  const grants = { anonymous: 0, refresh: 0 };
  const opened = new RequestSession(session, {
    now: () => NOW,
    jitter: () => 0,
    ...options,
    tokenEndpoint: {
      isFailing: () => false,
      ...endpoint,
      anonymous: () => {
        grants.anonymous++;
        return endpoint.anonymous?.() ?? Promise.resolve(newTokens());
      },
      refresh: (tokens) => {
        grants.refresh++;
        return endpoint.refresh?.(tokens) ?? Promise.resolve(newTokens());
      },
    },
  });
  return { session: opened, grants };
}
