/**
 * Genuine session cookies, made outside of a server.
 *
 * @module
 */
import type { CookieJar } from "@/packages/fresh-wix/src/http/cookies.ts";
import { createSessionCookie } from "@/packages/fresh-wix/src/session/cookie.ts";
import type {
  MemberSession,
  Session,
} from "@/packages/fresh-wix/src/session/session.ts";

/** The app whose cookies they are. */
export interface SealingOptions {
  readonly clientId: string;
  readonly local: boolean;
  readonly secret: string;
  /** Unix seconds. */
  readonly now: number;
}

/** Returns the cookies that `session` is kept in. */
export async function sealedParts(
  session: Session,
  { clientId, local, secret, now }: SealingOptions,
): Promise<Map<string, string>> {
  const cookie = createSessionCookie(session.kind, {
    clientId,
    local,
    sessionSecrets: [secret],
  });
  const jar: CookieJar = { received: {}, outgoing: new Headers() };
  await cookie.write(jar, session, now);
  return new Map(
    jar.outgoing.getSetCookie().map((line) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      return [name, value] as const;
    }),
  );
}

/** Returns a `Cookie` header line. */
export function cookieLine(
  cookies: Iterable<readonly [string, string]>,
): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** A session of `base` that needs several cookies. */
export function bigSession(base: MemberSession, length: number): MemberSession {
  return {
    ...base,
    member: { id: "i".repeat(length), name: base.member?.name ?? "Ann" },
  };
}

/** Returns the cookies of a sealed value: parts, their number in front. */
export function splitSealed(value: string, name: string): Map<string, string> {
  const parts = value.match(/.{1,3800}/g) ?? [];
  return new Map(
    parts.map((part, index) => [
      index === 0 ? name : `${name}.${index}`,
      index === 0 && parts.length > 1 ? `${parts.length}~${part}` : part,
    ]),
  );
}
