/**
 * Two people's sessions, and how their cookies are made.
 *
 * @module
 */
import type { SessionCookieOptions } from "@/packages/fresh-wix/src/session/cookie.ts";
import type {
  MemberSession,
  VisitorSession,
} from "@/packages/fresh-wix/src/session/session.ts";

/** When both began, in Unix seconds. */
export const NOW = 1_800_000_000;

/** Of an app behind https. */
export const COOKIE_OPTIONS: SessionCookieOptions = {
  clientId: "00000000-0000-4000-8000-000000000001",
  sessionSecrets: ["a secret of at least thirty-two characters"],
  local: false,
};

/** Somebody who logged in. */
export const MEMBER: MemberSession = {
  kind: "member",
  id: "session-1",
  tokens: { accessToken: "a", refreshToken: "r", expiresAt: NOW + 14_400 },
  startedAt: NOW,
  member: { id: "m-1", name: "Ann" },
};

/** Somebody who did not. */
export const VISITOR: VisitorSession = {
  kind: "visitor",
  id: "session-2",
  tokens: MEMBER.tokens,
  startedAt: NOW,
};
