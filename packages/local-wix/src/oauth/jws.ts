import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

// Public on purpose. Signing keeps tokens valid over restarts without a
// database; the data behind them is made up, so there is nothing to protect.
const KEY = "local-wix-signing-key-for-development-only";
const HEADER = base64url(JSON.stringify({ kid: "local-wix", alg: "HS256" }));

/** `payload` as a compact JWS. */
export function signJws(payload: unknown): string {
  const body = `${HEADER}.${base64url(JSON.stringify(payload))}`;
  return `${body}.${signature(body)}`;
}

/** What {@linkcode signJws} was given, or null when `jws` is not its work. */
export function openJws(jws: string): unknown {
  const end = jws.lastIndexOf(".");
  const body = jws.slice(0, Math.max(end, 0));
  const given = Buffer.from(jws.slice(end + 1));
  const wanted = Buffer.from(signature(body));
  if (given.length !== wanted.length) return null;
  if (!timingSafeEqual(given, wanted)) return null;
  const [, payload = ""] = body.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}

function signature(body: string): string {
  return createHmac("sha256", KEY).update(body).digest("base64url");
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
