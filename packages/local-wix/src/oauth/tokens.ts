import { LRUCache } from "lru-cache";
import { isRecord, type JsonObject } from "../http/json.ts";
import type { NewId } from "../ids.ts";
import type { TokenHolder } from "../identity/identity.ts";
import type { Session, Sessions } from "../identity/sessions.ts";
import type { Site } from "../site/site.ts";
import type { Table } from "../state/tables.ts";
import { Revocations } from "./revocations.ts";
import { openJws, signJws } from "./signed_tokens.ts";

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

/** The content of a genuine access token, whether or not it is still valid. */
export interface AccessTokenInfo extends AccessTokenClaims {
  readonly active: boolean;
}

/** What tokens are made from. */
export interface TokensOptions {
  readonly site: Site;
  readonly now: () => number;
  readonly newId: NewId;
  /** Records every token. */
  readonly sessions: Sessions;
  /** Where revocations are kept. */
  readonly revocations: Table<number>;
}

/**
 * Issues and reads tokens. They carry their content, signed, so that members
 * stay logged in when local Wix restarts; only revocations are remembered.
 *
 * UNDOCUMENTED: what tokens look like. Here access tokens are as public programs
 * that read them expect, and refresh tokens begin with `JWS.`.
 */
export class Tokens {
  readonly #options: TokensOptions;
  readonly #revocations: Revocations;
  /** Checking a signature takes longer than the rest of most requests. */
  readonly #read = new LRUCache<string, AccessTokenClaims>({ max: 1000 });
  #lastStamp: number;

  constructor(options: TokensOptions) {
    this.#options = options;
    this.#revocations = new Revocations(options.revocations);
    this.#lastStamp = this.#revocations.lastStamp;
  }

  /** A new access token for `holder` that lives `seconds`. */
  issueAccess(holder: TokenHolder, seconds: number): string {
    const { site, newId, sessions, now } = this.#options;
    const iat = Math.floor(now() / 1000);
    sessions.issuedAccess(holder, now());
    const data = JSON.stringify({
      instance: {
        instanceId: site.instanceId,
        appDefId: site.clientId,
        signDate: new Date(this.#stamp()).toISOString(),
        ...holderClaims(holder),
        permissions: holder.kind === "member" ? "offline_access" : "",
        demoMode: false,
        siteOwnerId: site.ownerId,
        metaSiteId: site.siteId,
        expirationDate: new Date((iat + seconds) * 1000).toISOString(),
        biToken: newId(),
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
    this.#options.sessions.issuedRefresh(holder, this.#options.now(), stamp);
    return REFRESH_PREFIX + signJws({ aid, siteMemberId, sessionId, stamp });
  }

  /** The holder of an access token; null when it is invalid. */
  openAccess(token: string): TokenHolder | null {
    const info = this.inspectAccess(token);
    return info?.active ? info.holder : null;
  }

  /** The content of an access token; null when it is not one of ours. */
  inspectAccess(token: string): AccessTokenInfo | null {
    const claims = this.#read.get(token) ?? readAccessToken(token);
    if (!claims) return null;
    this.#read.set(token, claims);
    const { holder, stamp, expiresAt } = claims;
    const active = expiresAt * 1000 > this.#options.now() &&
      !this.#revocations.endedAccess(holder, stamp);
    return { ...claims, active };
  }

  /** Whether a session could still be refreshed. */
  isRefreshable({ holder, refreshStamp }: Session): boolean {
    return refreshStamp !== undefined &&
      !this.#revocations.endedRefresh(holder, refreshStamp);
  }

  /** The holder of a refresh token; null when it is invalid. */
  openRefresh(token: string): TokenHolder | null {
    const claims = open(token, REFRESH_PREFIX);
    if (!claims || typeof claims.stamp !== "number") return null;
    const holder = readHolder(claims);
    const ended = this.#revocations.isSpent(token) ||
      this.#revocations.endedRefresh(holder, claims.stamp);
    return ended ? null : holder;
  }

  /** Revokes this refresh token. */
  spendRefresh(token: string): void {
    this.#revocations.spendRefresh(token);
  }

  /** Revokes every access token issued so far. */
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

  /** Milliseconds, always increasing, so that cut-offs work with a stopped clock. */
  #stamp(): number {
    this.#lastStamp = Math.max(this.#options.now(), this.#lastStamp + 1);
    return this.#lastStamp;
  }
}

interface HolderClaims {
  readonly uid?: string;
  readonly aid?: string;
  readonly siteMemberId?: string;
}

function holderClaims(holder: TokenHolder): HolderClaims {
  switch (holder.kind) {
    case "visitor":
      return { uid: holder.visitorId, aid: holder.visitorId };
    case "member": {
      const { memberId, visitorId } = holder;
      return { uid: memberId, aid: visitorId, siteMemberId: memberId };
    }
    case "app":
      return {};
  }
}

function readHolder(claims: JsonObject): TokenHolder {
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
  if (typeof claims?.data !== "string") return null;
  const { instance } = JSON.parse(claims.data);
  const { iat: issuedAt, exp: expiresAt } = claims;
  if (typeof issuedAt !== "number" || typeof expiresAt !== "number") {
    return null;
  }
  if (!isRecord(instance)) return null;
  const stamp = Date.parse(String(instance.signDate));
  return { holder: readHolder(instance), stamp, issuedAt, expiresAt };
}

function open(token: string, prefix: string): JsonObject | null {
  return token.startsWith(prefix) ? openJws(token.slice(prefix.length)) : null;
}
