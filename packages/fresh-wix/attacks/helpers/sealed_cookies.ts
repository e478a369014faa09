/**
 * Sealed cookies as the app makes them, and as it never would.
 *
 * @module
 */
import { base64url, CompactEncrypt } from "jose";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { readCookies, RequestCookieJar } from "../../src/http/cookies.ts";
import { createSeal } from "../../src/session/seal.ts";
import type { MemberSession, Session } from "../../src/session/session.ts";
import {
  createSessionStore,
  type SessionStore,
} from "../../src/session/session_store.ts";
import { WireJar } from "@/tests/helpers/wire.ts";

/** The app that seals. Default one with local Wix on http://localhost. */
export interface Sealing {
  /** The first seals. */
  readonly secrets: readonly string[];
  readonly clientId?: string;
  readonly secure?: boolean;
  /** Unix seconds. */
  readonly now?: number;
}

/** Returns the app's own store. */
export function storeOf(
  { secrets, clientId = SITE.clientId, secure = false }: Sealing,
): SessionStore {
  const seal = createSeal({ clientId, sessionSecrets: secrets });
  return createSessionStore({ seal, secureCookies: secure });
}

/** Returns the cookies of a browser in which `session` was begun. */
export async function cookiesOf(
  session: Session,
  sealing: Sealing,
): Promise<WireJar> {
  const { now = Math.floor(Date.now() / 1000) } = sealing;
  const store = storeOf(sealing);
  const received = new RequestCookieJar();
  const change = { current: session, changed: true, loginChanged: true };
  await store.save(received, await store.open(received, now), change, now);
  const jar = new WireJar();
  jar.keep({ headers: received.outgoing });
  return jar;
}

/** Returns the member's session that cookies hold. */
export async function sessionOf(
  jar: WireJar,
  sealing: Sealing,
): Promise<MemberSession> {
  const { session } = await storeOf(sealing).open(
    { received: readCookies(jar.header()) },
    Math.floor(Date.now() / 1000),
  );
  if (session?.kind === "member") return session;
  throw new Error("These are not a member's cookies");
}

/** Returns the names of an app's cookies. */
export function cookieNames(secure = false): {
  pointer: string;
  visitor: string;
  of: (session: Session) => string;
} {
  const pointer = `${secure ? "__Host-" : ""}wix_session`;
  const visitor = pointer.replace("session", "visitor");
  return {
    pointer,
    visitor,
    of: ({ kind, id }) => kind === "member" ? `${pointer}_${id}` : visitor,
  };
}

/** Returns a session like `base` that needs several cookies. */
export function bigSession(base: MemberSession): MemberSession {
  return { ...base, member: { id: "i".repeat(6_000), name: "Ann" } };
}

/** How to seal what the app would not. */
export interface Forgery {
  readonly secret: string;
  readonly cookieName: string;
  readonly clientId?: string;
  /** Default that of the app. */
  readonly version?: string;
  /** Key id in the header; default the one that belongs to the key. */
  readonly kid?: string;
}

/**
 * Returns `payload` as JSON, sealed with a key that the app may know. Written
 * from the format, not with the app's seal: so what they share is shown.
 */
export async function forge(
  payload: unknown,
  { secret, clientId = SITE.clientId, cookieName, version = "2", kid }: Forgery,
): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const material = await crypto.subtle.importKey(
    "raw",
    bytes(secret),
    "HKDF",
    false,
    ["deriveBits"],
  );
  const derive = async (use: string, bits: number) => {
    const info = bytes(`fresh-wix/v${version}/${clientId}/${use}`);
    const salt = new Uint8Array();
    const hkdf = { name: "HKDF", hash: "SHA-256", salt, info };
    return new Uint8Array(
      await crypto.subtle.deriveBits(hkdf, material, bits),
    );
  };
  const isClaims = typeof payload === "object" && payload !== null &&
    !Array.isArray(payload);
  const claims = isClaims ? { ...payload, aud: cookieName } : payload;
  return await new CompactEncrypt(bytes(JSON.stringify(claims)))
    .setProtectedHeader({
      alg: "dir",
      enc: "A256GCM",
      kid: kid ?? base64url.encode(await derive("id", 48)),
    })
    .encrypt(await derive("key", 256));
}

/** Returns a sealed value with another header in front. */
export function withHeader(
  sealed: string,
  header: Record<string, unknown>,
): string {
  return sealed.replace(/^[^.]*/, base64url.encode(JSON.stringify(header)));
}
