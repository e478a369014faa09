/**
 * Sealed cookies as the app makes them, and as it never would. Written from
 * the format, not with the app's own seal, so that what they share is shown
 * and not assumed.
 *
 * @module
 */
import { base64url, CompactEncrypt } from "jose";

/** How to seal. */
export interface Forgery {
  readonly secret: string;
  readonly clientId: string;
  readonly cookieName: string;
  /** Default 2, the app's. */
  readonly version?: string;
  /** Key id in the header; default the one that belongs to the key. */
  readonly kid?: string;
  /** 12 bytes; default random. The same one makes the same value again. */
  readonly iv?: Uint8Array;
}

/** Returns `payload` as JSON, sealed with a key that the app may know. */
export async function forge(
  payload: unknown,
  { secret, clientId, cookieName, version = "2", kid, iv }: Forgery,
): Promise<string> {
  const material = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    "HKDF",
    false,
    ["deriveBits"],
  );
  const derive = async (use: string, bits: number) =>
    new Uint8Array(
      await crypto.subtle.deriveBits(
        {
          name: "HKDF",
          hash: "SHA-256",
          salt: new Uint8Array(),
          info: new TextEncoder().encode(
            `fresh-wix/v${version}/${clientId}/${use}`,
          ),
        },
        material,
        bits,
      ),
    );
  const id = kid ?? base64url.encode(await derive("id", 48));
  const isClaims = typeof payload === "object" && payload !== null &&
    !Array.isArray(payload);
  const claims = isClaims ? { ...payload, aud: cookieName } : payload;
  const jwe = new CompactEncrypt(
    new TextEncoder().encode(JSON.stringify(claims)),
  ).setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: id });
  if (iv !== undefined) jwe.setInitializationVector(iv);
  return await jwe.encrypt(await derive("key", 256));
}

/** Returns the key id in a sealed value's header. */
export function keyIdOf(sealed: string): unknown {
  const [header = ""] = sealed.replace(/^\d~/, "").split(".");
  const { kid }: { kid?: unknown } = JSON.parse(
    new TextDecoder().decode(base64url.decode(header)),
  );
  return kid;
}

/** Returns a sealed value with another header in front. */
export function withHeader(
  sealed: string,
  header: Record<string, unknown>,
): string {
  const [, ...rest] = sealed.split(".");
  return [base64url.encode(JSON.stringify(header)), ...rest].join(".");
}
