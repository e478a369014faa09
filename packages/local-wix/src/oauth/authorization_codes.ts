import { createHash } from "node:crypto";
import type { NewId } from "../new_id.ts";
import type { Table } from "../state/state.ts";

/** UNDOCUMENTED: how long an authorization code works. Here ten minutes. */
const CODE_MAX_AGE_SECONDS = 600;

/** What an authorization code was issued for. */
export interface CodeGrant {
  readonly memberId: string;
  readonly visitorId: string;
  readonly codeChallenge: string;
  /** Absent in the direct-login flow, which has no redirect. */
  readonly redirectUri: string | undefined;
  readonly refreshable: boolean;
}

/** The client's proof that the code was issued to it. */
export interface CodeProof {
  readonly codeVerifier: string;
  readonly redirectUri: string | undefined;
}

/** A code's grant, and when it was issued in milliseconds. */
export interface IssuedCode extends CodeGrant {
  readonly issuedAt: number;
}

/** What authorization codes are made from. */
export interface AuthorizationCodesOptions {
  readonly now: () => number;
  readonly newId: NewId;
  /** Where the codes wait. */
  readonly codes: Table<IssuedCode>;
}

/**
 * Authorization codes that wait to be exchanged.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @see https://www.rfc-editor.org/rfc/rfc7636
 */
export class AuthorizationCodes {
  readonly #now: () => number;
  readonly #newId: NewId;
  readonly #grants: Table<IssuedCode>;

  constructor({ now, newId, codes }: AuthorizationCodesOptions) {
    this.#now = now;
    this.#newId = newId;
    this.#grants = codes;
  }

  /** A new code. */
  issue(grant: CodeGrant): string {
    const code = `JWS.${this.#newId()}`;
    this.#grants.set(code, { ...grant, issuedAt: this.#now() });
    return code;
  }

  /**
   * The grant behind `code`, or the reason why it is refused.
   *
   * UNDOCUMENTED: whether a failed attempt uses an authorization code up. Here it
   * does, as a guess at the verifier should not get a second try.
   */
  redeem(code: string, proof: CodeProof): CodeGrant | string {
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    if (!grant) return "code is unknown or already used";
    const age = (this.#now() - grant.issuedAt) / 1000;
    if (age > CODE_MAX_AGE_SECONDS) return "code has expired";
    if (grant.redirectUri !== proof.redirectUri) {
      return "redirectUri differs from the authorization request";
    }
    if (sha256(proof.codeVerifier) !== grant.codeChallenge) {
      return "codeVerifier does not match the code challenge";
    }
    return grant;
  }

  /** Forgets every code. */
  reset(): void {
    this.#grants.clear();
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
