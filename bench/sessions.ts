/**
 * Sessions of people who have been here before: tokens from local Wix, sealed
 * into cookies as the app does it.
 *
 * @module
 */
import { createSessionCookie } from "@/lib/session/cookie.ts";
import type { Session, TokenSet } from "@/lib/session/session.ts";
import { type LocalWix, SITE } from "@/packages/local-wix/src/mod.ts";
import {
  appToken,
  claims,
  memberTokens,
  refresh,
  textAt,
  type TokenPair,
  tokensIn,
  visitorTokens,
} from "@/packages/local-wix/tests/helpers/http.ts";
import type { ReferenceSessions } from "./reference/by_hand/sessions.ts";

/** What the app seals its cookies with while it is measured. */
export const SESSION_SECRET = "of the benchmarks and known to everybody";

/** Tokens live for four hours, at Wix and at local Wix. */
const TOKEN_SECONDS = 4 * 60 * 60;

/**
 * Pages say how old a session is; that of this one stays "1 minute" for long
 * enough to compare two of them.
 */
const AGE_SECONDS = 75;

const now = () => Math.floor(Date.now() / 1000);

const COOKIE_OPTIONS = {
  clientId: SITE.clientId,
  sessionSecrets: [SESSION_SECRET],
  local: true,
};
const cookies = {
  visitor: createSessionCookie("visitor", COOKIE_OPTIONS),
  member: createSessionCookie("member", COOKIE_OPTIONS),
};

/** Makes sessions with the tokens of one local Wix. */
export class Sessions {
  readonly #wix: LocalWix;

  /** @param wixOrigin Where local Wix listens. */
  constructor(wixOrigin: string) {
    // All that the tests' helpers need to know of it.
    this.#wix = { origin: wixOrigin } as LocalWix;
  }

  /** Returns the session of a new visitor. */
  async visitor(): Promise<Session> {
    const tokens = tokenSet(await visitorTokens(this.#wix));
    return { kind: "visitor", id: crypto.randomUUID(), ...times(), tokens };
  }

  /** Returns the session of the member with 47 orders, who has logged in. */
  async member(): Promise<Session> {
    const tokens = tokenSet(await memberTokens(this.#wix));
    const id = textAt(claims(tokens.accessToken), "siteMemberId");
    return {
      kind: "member",
      id: crypto.randomUUID(),
      ...times(),
      tokens,
      member: { id, name: "Ann" },
    };
  }

  /** Returns a member's session in another browser, with tokens of its own. */
  async another(session: Session): Promise<Session> {
    const renewed = await refresh(this.#wix, session.tokens.refreshToken);
    return {
      ...session,
      id: crypto.randomUUID(),
      tokens: tokenSet(tokensIn(renewed)),
    };
  }

  /** Returns what the reference app is given. */
  async forReference(): Promise<ReferenceSessions> {
    return {
      visitor: await this.visitor(),
      member: await this.member(),
      appToken: await appToken(this.#wix),
    };
  }
}

/** Returns the session with an access token that has ended, and no other has. */
export function expired(session: Session, index: number): Session {
  return {
    ...session,
    id: crypto.randomUUID(),
    tokens: {
      ...session.tokens,
      accessToken: `ended-${index}`,
      expiresAt: now() - 60,
    },
  };
}

/** Returns the `Cookie` header of a browser that has a session. */
export async function cookieHeader(session: Session): Promise<string> {
  const jar = { received: {}, outgoing: new Headers() };
  await cookies[session.kind].write(jar, session, now());
  return jar.outgoing.getSetCookie()
    .map((line) => line.slice(0, line.indexOf(";"))).join("; ");
}

function tokenSet({ access, refresh }: TokenPair): TokenSet {
  return {
    accessToken: access,
    refreshToken: refresh,
    expiresAt: now() + TOKEN_SECONDS,
  };
}

function times() {
  return { startedAt: now() - AGE_SECONDS };
}
