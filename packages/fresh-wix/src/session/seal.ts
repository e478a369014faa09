/**
 * Sealing: what a cookie holds is encrypted and authenticated with a standard
 * format (JWE, RFC 7516, `dir` + `A256GCM`) by a reviewed library.
 *
 * @module
 */
import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";

/** Seals and opens the cookie values of one app. */
export interface Seal {
  /**
   * Returns `claims` as a compact JWE, made with the first secret.
   *
   * @param options.cookieName A value opens in the cookie of this name only.
   * @param options.now Unix seconds.
   * @param options.expiresAt Unix seconds; kept inside the seal.
   */
  seal(
    claims: JWTPayload,
    options: { cookieName: string; now: number; expiresAt: number },
  ): Promise<string>;
  /**
   * Returns the claims, or `undefined` for anything that is not a live value
   * sealed for this app and cookie. Never throws on input: a throw while reading
   * a cookie would lock its owner out, because browsers keep sending it.
   */
  open(
    value: string,
    options: { cookieName: string; now: number },
  ): Promise<OpenedSeal | undefined>;
}

/** What was sealed. */
export interface OpenedSeal {
  readonly claims: JWTPayload;
  /** Unix seconds, as given to {@link Seal.seal}. */
  readonly expiresAt: number;
  /** Whether the key is one that is being rotated out. */
  readonly outdatedKey: boolean;
}

/** Options of {@link createSeal}; a subset of the settings. */
export interface SealOptions {
  /** The first seals, all open (key rotation). */
  readonly sessionSecrets: readonly string[];
  /** OAuth client id: two apps with one secret do not share sessions. */
  readonly clientId: string;
}

/** Raised when what is sealed changes shape; older values then stop opening. */
const FORMAT_VERSION = 2;

/** How far the clocks of two servers may be apart. */
const MAX_CLOCK_SKEW_SECONDS = 60;

interface SealKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/**
 * Returns the {@link Seal} of an app. Keys are derived once with HKDF (RFC
 * 5869), version and client id being part of the derivation; the cookie's name
 * is sealed in as the audience (RFC 7519 §4.1.3).
 */
export function createSeal(options: SealOptions): Seal {
  let derived: Promise<SealKey[]> | undefined;
  const keys = () =>
    derived ??= Promise.all(
      options.sessionSecrets.map((secret) =>
        deriveKey(secret, options.clientId)
      ),
    );

  return {
    async seal(claims, { cookieName, now, expiresAt }) {
      const [first] = await keys();
      if (first === undefined) throw new TypeError("Cannot seal: no secret");
      return await new EncryptJWT(claims)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: first.id })
        .setAudience(cookieName)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .encrypt(first.key);
    },

    async open(value, { cookieName, now }) {
      const known = await keys();
      let used: SealKey | undefined;
      try {
        const { payload } = await jwtDecrypt(value, (header) => {
          used = known.find(({ id }) => id === header.kid);
          if (used === undefined) throw new RangeError("Unknown key id");
          return used.key;
        }, {
          audience: cookieName,
          currentDate: new Date(now * 1000),
          contentEncryptionAlgorithms: ["A256GCM"],
          keyManagementAlgorithms: ["dir"],
          requiredClaims: ["exp", "iat"],
        });
        if (Number(payload.iat) > now + MAX_CLOCK_SKEW_SECONDS) {
          return undefined;
        }
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

async function deriveKey(secret: string, clientId: string): Promise<SealKey> {
  const bytes = new TextEncoder();
  const material = await crypto.subtle.importKey(
    "raw",
    bytes.encode(secret),
    "HKDF",
    false,
    ["deriveBits", "deriveKey"],
  );
  const hkdf = (use: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: bytes.encode(`fresh-wix/v${FORMAT_VERSION}/${clientId}/${use}`),
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
