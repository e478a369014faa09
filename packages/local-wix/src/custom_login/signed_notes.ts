import { isRecord } from "../http/json.ts";
import { openJws, signJws } from "../oauth/jws.ts";

/**
 * UNDOCUMENTED: how long session tokens and state tokens of custom login live,
 * and whether they work once. Here they live ten minutes and work until then.
 */
const MAX_AGE_SECONDS = 600;

/** What a token of custom login is for. */
export type NotePurpose = "session" | "verification";

/** A token that says who has got how far in logging in. `now` is in ms. */
export function signNote(
  purpose: NotePurpose,
  memberId: string,
  now: number,
): string {
  return `JWS.${signJws({ purpose, memberId, signedAt: now })}`;
}

/** The member id in a token of {@linkcode signNote}; null when it is none. */
export function openNote(
  purpose: NotePurpose,
  token: string,
  now: number,
): string | null {
  const note = openJws(token.replace(/^JWS\./, ""));
  if (!isRecord(note) || note.purpose !== purpose) return null;
  const { memberId, signedAt } = note;
  if (typeof memberId !== "string" || typeof signedAt !== "number") return null;
  return now - signedAt > MAX_AGE_SECONDS * 1000 ? null : memberId;
}
