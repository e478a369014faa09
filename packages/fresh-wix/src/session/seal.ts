// Sealing: cookies are encrypted and authenticated in a standard format (JWE,
// RFC 7516, `dir` + `A256GCM`) by a reviewed library.

import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";
import type { Config } from "../config/read_config.ts";

/** Seals and opens the cookie values of one app. Times are Unix seconds. */
export type Seal = ReturnType<typeof createSeal>;

/** Increased when the sealed format changes; older values then stop opening. */
const FORMAT_VERSION = 2;
/** How much the clocks of two servers may differ. */
const MAX_CLOCK_SKEW_SECONDS = 60;

/**
 * Returns the {@link Seal} of an app. The first secret seals, all open. Version
 * and client id are part of the keys (HKDF, RFC 5869), the cookie's name is
 * sealed in as the audience (RFC 7519 §4.1.3).
 */
export function createSeal(
  { sessionSecrets, clientId }: Pick<Config, "sessionSecrets" | "clientId">,
) {
  let derived: ReturnType<typeof deriveKey>[] | undefined;
  const keys = () =>
    Promise.all(
      derived ??= sessionSecrets.map((secret) => deriveKey(secret, clientId)),
    );

  return {
    /** Returns `claims` as a compact JWE, which opens in this cookie only. */
    async seal(
      claims: JWTPayload,
      { cookieName, now, expiresAt }: {
        cookieName: string;
        now: number;
        expiresAt: number;
      },
    ): Promise<string> {
      const [first] = await keys();
      if (first === undefined) throw new TypeError("Cannot seal: no secret");
      return await new EncryptJWT(claims)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: first.id })
        .setAudience(cookieName)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .encrypt(first.key);
    },

    /**
     * Returns the claims, or `undefined` for anything that is not a live value
     * sealed for this app and cookie. Never throws on input: a throw while
     * reading a cookie would lock its owner out, because browsers keep sending
     * it.
     * `outdatedKey` says whether the key is one that is being rotated out.
     */
    async open(
      value: string,
      { cookieName, now }: { cookieName: string; now: number },
    ) {
      const known = await keys();
      try {
        const { payload, protectedHeader: { kid } } = await jwtDecrypt(
          value,
          (header) => {
            const used = known.find(({ id }) => id === header.kid);
            if (used === undefined) throw new RangeError("Unknown key id");
            return used.key;
          },
          {
            audience: cookieName,
            currentDate: new Date(now * 1000),
            contentEncryptionAlgorithms: ["A256GCM"],
            keyManagementAlgorithms: ["dir"],
            requiredClaims: ["exp", "iat"],
          },
        );
        if (Number(payload.iat) > now + MAX_CLOCK_SKEW_SECONDS) {
          return undefined;
        }
        return {
          claims: payload,
          expiresAt: Number(payload.exp),
          outdatedKey: kid !== known[0]?.id,
        };
      } catch {
        return undefined;
      }
    },
  };
}

async function deriveKey(secret: string, clientId: string) {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    "HKDF",
    false,
    ["deriveBits", "deriveKey"],
  );
  const hkdf = (use: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encoder.encode(`fresh-wix/v${FORMAT_VERSION}/${clientId}/${use}`),
  });
  const aes = { name: "AES-GCM", length: 256 };
  const uses = ["encrypt", "decrypt"] as const;
  return {
    id: new Uint8Array(await crypto.subtle.deriveBits(hkdf("id"), material, 48))
      .toBase64({ alphabet: "base64url" }),
    key: await crypto.subtle
      .deriveKey(hkdf("key"), material, aes, false, uses),
  };
}
