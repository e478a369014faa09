import { createHash } from "node:crypto";
import type { NewId } from "../ids.ts";
import type { Table } from "../state/tables.ts";

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

/** A code's grant, and when it was issued in milliseconds. */
export interface IssuedCode extends CodeGrant {
  readonly issuedAt: number;
}

/** Where codes are kept, and what they are made with. */
export interface CodeStore {
  readonly now: () => number;
  readonly newId: NewId;
  readonly codes: Table<IssuedCode>;
}

/**
 * Issues an authorization code.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 */
export function issueCode(
  { now, newId, codes }: CodeStore,
  grant: CodeGrant,
): string {
  const code = `JWS.${newId()}`;
  codes.set(code, { ...grant, issuedAt: now() });
  return code;
}

/**
 * The grant behind `code`, or the reason why it is refused.
 *
 * UNDOCUMENTED: whether a failed attempt uses an authorization code up. Here it
 * does, as a guess at the verifier should not get a second try.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636
 */
export function redeemCode(
  { now, codes }: CodeStore,
  code: string,
  proof: { codeVerifier: string; redirectUri: string | undefined },
): CodeGrant | string {
  const grant = codes.get(code);
  codes.delete(code);
  if (!grant) return "code is unknown or already used";
  const age = (now() - grant.issuedAt) / 1000;
  if (age > CODE_MAX_AGE_SECONDS) return "code has expired";
  if (grant.redirectUri !== proof.redirectUri) {
    return "redirectUri differs from the authorization request";
  }
  const challenge = createHash("sha256").update(proof.codeVerifier)
    .digest("base64url");
  if (challenge === grant.codeChallenge) return grant;
  return "codeVerifier does not match the code challenge";
}
