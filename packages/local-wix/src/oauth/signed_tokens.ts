import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { isRecord, type JsonObject } from "../http/json.ts";

// Public on purpose. Signing keeps tokens valid over restarts without a
// database; the data behind them is synthetic, so there is nothing to protect.
const KEY = "local-wix-signing-key-for-development-only";
const HEADER = base64url(JSON.stringify({ kid: "local-wix", alg: "HS256" }));

/**
 * UNDOCUMENTED: how long session tokens and state tokens of custom login live,
 * and whether they work once. Here they live ten minutes and work until then.
 */
const LOGIN_MAX_AGE_SECONDS = 600;

/** `payload` as a compact JWS. */
export function signJws(payload: JsonObject): string {
  const body = `${HEADER}.${base64url(JSON.stringify(payload))}`;
  return `${body}.${signature(body)}`;
}

/** The payload of a {@linkcode signJws}; null when the signature is not ours. */
export function openJws(jws: string): JsonObject | null {
  const end = Math.max(jws.lastIndexOf("."), 0);
  const body = jws.slice(0, end);
  const given = Buffer.from(jws.slice(end + 1));
  const wanted = Buffer.from(signature(body));
  if (given.length !== wanted.length) return null;
  if (!timingSafeEqual(given, wanted)) return null;
  const [, payload = ""] = body.split(".");
  const claims: unknown = JSON.parse(
    Buffer.from(payload, "base64url").toString(),
  );
  return isRecord(claims) ? claims : null;
}

/** What a token of custom login is for. */
export type LoginTokenPurpose = "session" | "verification";

/** A token of custom login for a member. `now` is in milliseconds. */
export function signLoginToken(
  purpose: LoginTokenPurpose,
  memberId: string,
  now: number,
): string {
  return `JWS.${signJws({ purpose, memberId, signedAt: now })}`;
}

/** The member id in a login token; null when it is invalid or expired. */
export function openLoginToken(
  purpose: LoginTokenPurpose,
  token: string,
  now: number,
): string | null {
  const claims = openJws(token.replace(/^JWS\./, ""));
  if (claims?.purpose !== purpose) return null;
  const { memberId, signedAt } = claims;
  if (typeof memberId !== "string" || typeof signedAt !== "number") return null;
  return now - signedAt > LOGIN_MAX_AGE_SECONDS * 1000 ? null : memberId;
}

function signature(body: string): string {
  return createHmac("sha256", KEY).update(body).digest("base64url");
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
