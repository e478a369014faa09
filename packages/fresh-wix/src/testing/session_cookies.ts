// Cookies of a session without the login that would begin it.

import { createCookieJar } from "../http/cookies.ts";
import type { Session } from "../session/session.ts";
import type { SessionStore } from "../session/session_store.ts";

/** Returns the `Set-Cookie` lines of a response in whose request `session` began. */
export async function sessionCookies(
  session: Session,
  store: SessionStore,
  now: number,
): Promise<Headers> {
  const jar = createCookieJar();
  const change = { current: session, changed: true, loginChanged: true };
  await store.save(jar, await store.open(jar, now), change, now);
  return jar.outgoing;
}
