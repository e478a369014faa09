import { assertEquals } from "@std/assert";
import {
  ABSOLUTE_LIFETIME_SECONDS,
  IDLE_LIFETIME_SECONDS,
  isSettled,
  RENEWAL_MARGIN_SECONDS,
  type Session,
  sessionEndsAt,
  tokenState,
} from "../../src/session/session.ts";

const NOW = 1_800_000_000;
const tokens = (expiresAt: number) => ({
  accessToken: "access",
  refreshToken: "refresh",
  expiresAt,
});

Deno.test("tokenState() is fresh until the renewal margin begins", () => {
  const ends = tokens(NOW + RENEWAL_MARGIN_SECONDS);
  assertEquals(tokenState(ends, NOW - 1), "fresh");
  assertEquals(tokenState(ends, NOW), "renewable");
});

Deno.test("tokenState() begins the margin up to a minute earlier by jitter", () => {
  const ends = tokens(NOW + RENEWAL_MARGIN_SECONDS);
  assertEquals(tokenState(ends, NOW - 60, 1), "renewable");
  assertEquals(tokenState(ends, NOW - 61, 1), "fresh");
});

Deno.test("tokenState() is expired in the second the token ends", () => {
  assertEquals(tokenState(tokens(NOW + 1), NOW), "renewable");
  assertEquals(tokenState(tokens(NOW), NOW), "expired");
});

Deno.test("sessionEndsAt() moves with use, up to the absolute lifetime", () => {
  const session: Session = {
    kind: "visitor",
    id: "session-1",
    tokens: tokens(NOW),
    startedAt: NOW,
  };
  assertEquals(sessionEndsAt(session, NOW), NOW + IDLE_LIFETIME_SECONDS);
  const late = NOW + ABSOLUTE_LIFETIME_SECONDS - 10;
  assertEquals(sessionEndsAt(session, late), NOW + ABSOLUTE_LIFETIME_SECONDS);
});

Deno.test("tokens are written again only while nobody renews them (T14)", () => {
  const session = (expiresAt: number): Session => ({
    kind: "visitor",
    id: "v",
    tokens: { accessToken: "a", refreshToken: "r", expiresAt },
    startedAt: NOW,
  });
  const renewable = RENEWAL_MARGIN_SECONDS + 60;
  assertEquals(isSettled(session(NOW + 14_400), NOW), true);
  assertEquals(isSettled(session(NOW + renewable + 61), NOW), true);
  assertEquals(isSettled(session(NOW + renewable + 60), NOW), false);
  assertEquals(isSettled(session(NOW - 1), NOW), false);
});
