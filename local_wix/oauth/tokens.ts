import { isRecord } from "../http/json.ts";
import type { TokenHolder } from "../identity/identity.ts";
import type { NewId } from "../new_id.ts";
import type { Site } from "../seed/site.ts";
import type { Table } from "../state/state.ts";
import { openJws, signJws } from "./jws.ts";
import { Revocations } from "./revocations.ts";

const ACCESS_PREFIX = "OauthNG.JWS.";
const REFRESH_PREFIX = "JWS.";

/** What a genuine access token says, whether or not it still counts. */
export interface AccessTokenInfo {
  readonly holder: TokenHolder;
  readonly active: boolean;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** What tokens are made from. */
export interface TokensOptions {
  readonly site: Site;
  readonly now: () => number;
  readonly newId: NewId;
  /** Where revocations are kept. */
  readonly revocations: Table<number>;
}

/**
 * Issues and reads tokens. They carry their content, signed, so that people
 * stay logged in when local Wix restarts; only revocations are remembered.
 */
export class Tokens {
  readonly #site: Site;
  readonly #now: () => number;
  readonly #newId: NewId;
  readonly #revocations: Revocations;
  #lastStamp: number;

  constructor({ site, now, newId, revocations }: TokensOptions) {
    this.#site = site;
    this.#now = now;
    this.#newId = newId;
    this.#revocations = new Revocations(revocations);
    this.#lastStamp = this.#revocations.lastStamp;
  }

  /** A new access token for `holder` that lives `seconds`. */
  issueAccess(holder: TokenHolder, seconds: number): string {
    const iat = Math.floor(this.#now() / 1000);
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
    return REFRESH_PREFIX + signJws({ aid, siteMemberId, sessionId, stamp });
  }

  /** Whom an access token speaks for, or null when it does not count. */
  openAccess(token: string): TokenHolder | null {
    const info = this.inspectAccess(token);
    return info?.active ? info.holder : null;
  }

  /** What an access token says, or null when it is not one of ours. */
  inspectAccess(token: string): AccessTokenInfo | null {
    const claims = open(token, ACCESS_PREFIX);
    if (!claims || typeof claims.data !== "string") return null;
    const data: unknown = JSON.parse(claims.data);
    const instance = isRecord(data) ? data.instance : undefined;
    const { iat, exp } = claims;
    if (!isRecord(instance)) return null;
    if (typeof iat !== "number" || typeof exp !== "number") return null;
    const holder = readHolder(instance);
    const stamp = Date.parse(String(instance.signDate));
    const active = exp * 1000 > this.#now() &&
      !this.#revocations.endedAccess(holder, stamp);
    return { holder, active, issuedAt: iat, expiresAt: exp };
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

function open(token: string, prefix: string): Record<string, unknown> | null {
  if (!token.startsWith(prefix)) return null;
  const claims = openJws(token.slice(prefix.length));
  return isRecord(claims) ? claims : null;
}
