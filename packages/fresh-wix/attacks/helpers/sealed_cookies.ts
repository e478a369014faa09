/**
 * Sealed cookies as the app makes them, and as it never would.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { hkdfSync } from "node:crypto";
import { base64url, CompactEncrypt } from "jose";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { readCookies } from "../../src/http/cookies.ts";
import { createSeal } from "../../src/session/seal.ts";
import type { MemberSession, Session } from "../../src/session/session.ts";
import {
  createSessionStore,
  type SessionStore,
} from "../../src/session/session_store.ts";
import { sessionCookies } from "../../src/session/session_store.ts";
import { WireJar } from "@/tests/helpers/wire.ts";

/** Secrets of apps under attack: the first seals, both open. */
export const SECRETS = [
  "seals: v3Kq9ZxT0mWb7RfYc2NdHs8LuJpXa5Ge",
  "opens: Qe7LmZ2sVd9RtY4uHb6NkXc1JpWf8GaT",
] as const;

/** The app that seals. Default one under attack, on http://localhost. */
export interface Sealing {
  /** The first seals. */
  readonly secrets?: readonly string[];
  readonly clientId?: string;
  readonly secure?: boolean;
  /** Default a new one of the above. */
  readonly store?: SessionStore;
  /** Unix seconds. */
  readonly now?: number;
}

const seconds = () => Math.floor(Date.now() / 1000);

/** Returns the app's own store. */
export function storeOf(
  { secrets = SECRETS, clientId = SITE.clientId, secure = false }: Sealing = {},
): SessionStore {
  const seal = createSeal({ clientId, sessionSecrets: secrets });
  return createSessionStore({ seal, secureCookies: secure });
}

/** Returns what a response sets in whose request `session` began. */
export async function setCookies(
  session: Session,
  { now = seconds(), store, ...sealing }: Sealing = {},
): Promise<Headers> {
  return await sessionCookies(session, store ?? storeOf(sealing), now);
}

/** Returns the cookies of a browser in which `session` began. */
export async function cookiesOf(
  session: Session,
  sealing?: Sealing,
): Promise<WireJar> {
  const jar = new WireJar();
  jar.keep({ headers: await setCookies(session, sealing) });
  return jar;
}

/** Returns the member's session that cookies hold. */
export async function sessionOf(
  jar: WireJar,
  sealing: Sealing = {},
): Promise<MemberSession> {
  const received = readCookies(jar.header());
  const { session } = await storeOf(sealing).open({ received }, seconds());
  if (session?.kind === "member") return session;
  throw new Error("These are not a member's cookies");
}

/** Returns the names of an app's cookies. */
export function cookieNames(secure = false) {
  const pointer = `${secure ? "__Host-" : ""}wix_session`;
  const visitor = pointer.replace("session", "visitor");
  return {
    pointer,
    visitor,
    of: ({ kind, id }: Session) =>
      kind === "member" ? `${pointer}_${id}` : visitor,
  };
}

/** Returns a session like `base` that needs several cookies. */
export const bigSession = (base: MemberSession): MemberSession => ({
  ...base,
  member: { id: "i".repeat(6_000), name: "Ann" },
});

/** How to seal what the app would not: default as it would. */
export interface Forgery {
  readonly cookieName: string;
  readonly secret?: string;
  readonly clientId?: string;
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
  {
    cookieName,
    secret = SECRETS[0],
    clientId = SITE.clientId,
    version = "2",
    kid,
  }: Forgery,
): Promise<string> {
  const hkdf = (use: string, length: number) => {
    const info = `fresh-wix/v${version}/${clientId}/${use}`;
    return new Uint8Array(hkdfSync("sha256", secret, "", info, length));
  };
  const isClaims = payload?.constructor === Object;
  const claims = isClaims ? { ...payload, aud: cookieName } : payload;
  const id = kid ?? base64url.encode(hkdf("id", 6));
  return await new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: id })
    .encrypt(hkdf("key", 32));
}

/** Returns a sealed value with another header in front. */
export function withHeader(sealed: string, header: object): string {
  return sealed.replace(/^[^.]*/, base64url.encode(JSON.stringify(header)));
}
