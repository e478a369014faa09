/**
 * Helpers for the tests of an app.
 *
 * @module
 */
import { getSetCookies } from "@std/http/cookie";
import { readConfig } from "../config/read_config.ts";
import { createSeal } from "../session/seal.ts";
import { newSessionId } from "../session/session.ts";
import {
  createSessionStore,
  sessionCookies,
} from "../session/session_store.ts";

/** Options of {@link memberCookie}. */
export interface MemberCookieOptions {
  /** Looks up a setting of the app. Default: the environment of the test. */
  readonly env?: (name: string) => string | undefined;
  /** Wix member id, a GUID. Default a random one. */
  readonly id?: string;
  /** Default `Test Member`. */
  readonly name?: string;
  /**
   * Token of the member for calls to Wix. Default: one that Wix rejects. To
   * test calls to Wix, pass your own or stub the calls.
   */
  readonly accessToken?: string;
}

/**
 * Returns a `Cookie` header with the session of a member, as after a login an
 * hour ago: `headers: { cookie: await memberCookie({ name: "Ann" }) }`.
 * @throws {ConfigError} when a setting is missing or wrong.
 */
export async function memberCookie(
  {
    env,
    id = crypto.randomUUID(),
    name = "Test Member",
    accessToken = "access-token-of-a-test",
  }: MemberCookieOptions = {},
): Promise<string> {
  const config = readConfig(env);
  const store = createSessionStore({ ...config, seal: createSeal(config) });
  const now = Math.floor(Date.now() / 1000);
  const session = {
    kind: "member",
    id: newSessionId(),
    startedAt: now - 3_600,
    tokens: {
      accessToken,
      refreshToken: "refresh-token-of-a-test",
      expiresAt: now + 3 * 3_600,
    },
    member: { id, name },
  } as const;
  return getSetCookies(await sessionCookies(session, store, now))
    .map(({ name, value }) => `${name}=${value}`).join("; ");
}
