/**
 * Sealing: what a cookie holds is encrypted and authenticated with a standard
 * format (JWE, RFC 7516, `dir` + `A256GCM`) by a reviewed library.
 *
 * @module
 */
import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";

/** Seals and opens values for one purpose. */
export interface Seal {
  /**
   * Returns `claims` as a compact JWE, made with the first secret.
   *
   * @param expiresAt Unix seconds; kept inside the seal.
   */
  seal(
    claims: JWTPayload,
    times: { now: number; expiresAt: number },
  ): Promise<string>;
  /**
   * Returns the claims, or `undefined` for anything that is not a live value
   * sealed for this purpose. Never throws on input: a throw while reading a
   * cookie would lock its owner out, because browsers keep sending it.
   */
  open(value: string, now: number): Promise<OpenedSeal | undefined>;
}

/** What was sealed. */
export interface OpenedSeal {
  readonly claims: JWTPayload;
  /** Unix seconds, as given to {@link Seal.seal}. */
  readonly expiresAt: number;
  /** Whether the key is one that is being rotated out. */
  readonly outdatedKey: boolean;
}

/** What a seal is bound to; a value sealed under one does not open under another. */
export interface SealPurpose {
  /** Secrets: the first seals, all open (key rotation). */
  readonly secrets: readonly string[];
  /** OAuth client id, so that two apps with one secret don't share sessions. */
  readonly clientId: string;
  /** Cookie name, so that one cookie's value is worthless in another. */
  readonly cookieName: string;
}

/** Raised when what is sealed changes shape; older values then stop opening. */
const FORMAT_VERSION = 1;

interface SealKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/**
 * Returns a {@link Seal} for a purpose. Keys are derived once with HKDF
 * (RFC 5869); name, version and client id are part of the derivation, so the
 * binding does not rest on a check that could be forgotten.
 */
export function createSeal(purpose: SealPurpose): Seal {
  let derived: Promise<SealKey[]> | undefined;
  const keys = () =>
    derived ??= Promise.all(
      purpose.secrets.map((secret) => deriveKey(secret, purpose)),
    );

  return {
    async seal(claims, { now, expiresAt }) {
      const [first] = await keys();
      if (first === undefined) throw new TypeError("Cannot seal: no secret");
      return await new EncryptJWT(claims)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: first.id })
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .encrypt(first.key);
    },

    async open(value, now) {
      const known = await keys();
      let used: SealKey | undefined;
      try {
        const { payload } = await jwtDecrypt(value, (header) => {
          used = known.find(({ id }) => id === header.kid);
          if (used === undefined) throw new RangeError("Unknown key id");
          return used.key;
        }, {
          currentDate: new Date(now * 1000),
          contentEncryptionAlgorithms: ["A256GCM"],
          keyManagementAlgorithms: ["dir"],
          requiredClaims: ["exp", "iat"],
        });
        return {
          claims: payload,
          expiresAt: Number(payload.exp),
          outdatedKey: used !== known[0],
        };
      } catch {
        return undefined;
      }
    },
  };
}

async function deriveKey(
  secret: string,
  { clientId, cookieName }: SealPurpose,
): Promise<SealKey> {
  const bytes = new TextEncoder();
  const material = await crypto.subtle.importKey(
    "raw",
    bytes.encode(secret),
    "HKDF",
    false,
    ["deriveBits", "deriveKey"],
  );
  const binding = `fresh-wix/v${FORMAT_VERSION}/${clientId}/${cookieName}`;
  const hkdf = (use: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: bytes.encode(`${binding}/${use}`),
  });
  const idBits = await crypto.subtle.deriveBits(hkdf("id"), material, 48);
  const key = await crypto.subtle.deriveKey(
    hkdf("key"),
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
  return {
    id: new Uint8Array(idBits).toBase64({ alphabet: "base64url" }),
    key,
  };
}
