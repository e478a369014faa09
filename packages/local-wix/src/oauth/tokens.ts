import { BoundedMap } from "../bounded_map.ts";
import { isRecord } from "../http/json.ts";
import type { TokenHolder } from "../identity/identity.ts";
import type { Session, Sessions } from "../identity/sessions.ts";
import type { NewId } from "../new_id.ts";
import type { Site } from "../seed/site.ts";
import type { Table } from "../state/state.ts";
import { openJws, signJws } from "./jws.ts";
import { Revocations } from "./revocations.ts";

const ACCESS_PREFIX = "OauthNG.JWS.";
const REFRESH_PREFIX = "JWS.";

interface AccessTokenClaims {
  readonly holder: TokenHolder;
  /** When it was issued, to the millisecond. */
  readonly stamp: number;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** What a genuine access token says, whether or not it still counts. */
export interface AccessTokenInfo extends AccessTokenClaims {
  readonly active: boolean;
}

/** What tokens are made from. */
export interface TokensOptions {
  readonly site: Site;
  readonly now: () => number;
  readonly newId: NewId;
  /** Are told of every token. */
  readonly sessions: Sessions;
  /** Where revocations are kept. */
  readonly revocations: Table<number>;
}

/**
 * Issues and reads tokens. They carry their content, signed, so that people
 * stay logged in when local Wix restarts; only revocations are remembered.
 *
 * UNDOCUMENTED: what tokens look like. Here access tokens are as public programs
 * that read them expect, and refresh tokens begin with `JWS.`.
 */
export class Tokens {
  readonly #site: Site;
  readonly #now: () => number;
  readonly #newId: NewId;
  readonly #sessions: Sessions;
  readonly #revocations: Revocations;
  readonly #read = new BoundedMap<string, AccessTokenClaims>(1000);
  #lastStamp: number;

  constructor({ site, now, newId, sessions, revocations }: TokensOptions) {
    this.#site = site;
    this.#now = now;
    this.#newId = newId;
    this.#sessions = sessions;
    this.#revocations = new Revocations(revocations);
    this.#lastStamp = this.#revocations.lastStamp;
  }

  /** A new access token for `holder` that lives `seconds`. */
  issueAccess(holder: TokenHolder, seconds: number): string {
    const now = this.#now();
    const iat = Math.floor(now / 1000);
    this.#sessions.issuedAccess(holder, now);
    const data = JSON.stringify({
      instance: {
        instanceId: this.#site.instanceId,
        appDefId: this.#site.clientId,
        signDate: new Date(this.#stamp()).toISOString(),
        ...holderClaims(holder),
        permissions: holder.kind === "member" ? "offline_access" : "",
        demoMode: false,
        siteOwnerId: this.#site.ownerId,
        metaSiteId: this.#site.siteId,
        expirationDate: new Date((iat + seconds) * 1000).toISOString(),
        biToken: this.#newId(),
        sessionId: holder.sessionId,
      },
    });
    return ACCESS_PREFIX + signJws({ data, iat, exp: iat + seconds });
  }

  /**
   * A new refresh token for `holder`.
   *
   * UNDOCUMENTED: the lifetime of a refresh token. Here it lives until it is
   * revoked.
   */
  issueRefresh(holder: TokenHolder): string {
    const { aid, siteMemberId } = holderClaims(holder);
    const { sessionId } = holder;
    const stamp = this.#stamp();
    this.#sessions.issuedRefresh(holder, this.#now(), stamp);
    return REFRESH_PREFIX + signJws({ aid, siteMemberId, sessionId, stamp });
  }

  /** Whom an access token speaks for, or null when it does not count. */
  openAccess(token: string): TokenHolder | null {
    const claims = this.#readAccess(token);
    return claims && this.#isActive(claims) ? claims.holder : null;
  }

  /** What an access token says, or null when it is not one of ours. */
  inspectAccess(token: string): AccessTokenInfo | null {
    const claims = this.#readAccess(token);
    return claims && { ...claims, active: this.#isActive(claims) };
  }

  /** Whether a session could still be refreshed. */
  isRefreshable({ holder, refreshStamp }: Session): boolean {
    return refreshStamp !== undefined &&
      !this.#revocations.endedRefresh(holder, refreshStamp);
  }

  /** Whom a refresh token speaks for, or null when it does not count. */
  openRefresh(token: string): TokenHolder | null {
    const claims = open(token, REFRESH_PREFIX);
    if (!claims || typeof claims.stamp !== "number") return null;
    const holder = readHolder(claims);
    const ended = this.#revocations.spentRefresh(token) ||
      this.#revocations.endedRefresh(holder, claims.stamp);
    return ended ? null : holder;
  }

  /** From now on this one refresh token is refused. */
  spendRefresh(token: string): void {
    this.#revocations.spendRefresh(token);
  }

  /** From now on every access token issued so far is unknown to the APIs. */
  endAccessTokens(): void {
    this.#revocations.endAccessTokens(this.#stamp());
  }

  /** Ends the refresh tokens issued so far: all, or those of one member. */
  endRefreshTokens(memberId?: string): void {
    this.#revocations.endRefreshTokens(this.#stamp(), memberId);
  }

  /** Ends the tokens of one session. */
  endSession(sessionId: string): void {
    this.#revocations.endSession(sessionId);
  }

  /** Forgets every revocation. */
  reset(): void {
    this.#revocations.clear();
  }

  #isActive({ holder, stamp, expiresAt }: AccessTokenClaims): boolean {
    return expiresAt * 1000 > this.#now() &&
      !this.#revocations.endedAccess(holder, stamp);
  }

  /** Checking a signature takes longer than the rest of most requests. */
  #readAccess(token: string): AccessTokenClaims | null {
    const known = this.#read.get(token);
    if (known) return known;
    const claims = readAccessToken(token);
    if (claims) this.#read.set(token, claims);
    return claims;
  }

  /** Milliseconds, ever increasing, so that cut-offs work on a still clock. */
  #stamp(): number {
    this.#lastStamp = Math.max(this.#now(), this.#lastStamp + 1);
    return this.#lastStamp;
  }
}

function holderClaims(holder: TokenHolder) {
  switch (holder.kind) {
    case "visitor":
      return { uid: holder.visitorId, aid: holder.visitorId };
    case "member":
      return {
        uid: holder.memberId,
        aid: holder.visitorId,
        siteMemberId: holder.memberId,
      };
    case "app":
      return {};
  }
}

function readHolder(claims: Record<string, unknown>): TokenHolder {
  const sessionId = String(claims.sessionId);
  const { aid, siteMemberId } = claims;
  if (typeof aid !== "string") return { kind: "app", sessionId };
  if (typeof siteMemberId !== "string") {
    return { kind: "visitor", visitorId: aid, sessionId };
  }
  return { kind: "member", memberId: siteMemberId, visitorId: aid, sessionId };
}

function readAccessToken(token: string): AccessTokenClaims | null {
  const claims = open(token, ACCESS_PREFIX);
  if (!claims || typeof claims.data !== "string") return null;
  const data: unknown = JSON.parse(claims.data);
  const instance = isRecord(data) ? data.instance : undefined;
  const { iat: issuedAt, exp: expiresAt } = claims;
  if (!isRecord(instance)) return null;
  if (typeof issuedAt !== "number" || typeof expiresAt !== "number") {
    return null;
  }
  const holder = readHolder(instance);
  const stamp = Date.parse(String(instance.signDate));
  return { holder, stamp, issuedAt, expiresAt };
}

function open(token: string, prefix: string): Record<string, unknown> | null {
  if (!token.startsWith(prefix)) return null;
  const claims = openJws(token.slice(prefix.length));
  return isRecord(claims) ? claims : null;
}
