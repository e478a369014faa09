/**
 * Genuine session cookies, made outside of a server.
 *
 * @module
 */
import { RequestCookieJar } from "@/packages/fresh-wix/src/http/cookies.ts";
import { createSeal } from "@/packages/fresh-wix/src/session/seal.ts";
import { createSessionStore } from "@/packages/fresh-wix/src/session/session_store.ts";
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

/** Returns the names of an app's session cookies. */
export function cookieNames(local: boolean) {
  const prefix = local ? "" : "__Host-";
  const pointer = `${prefix}wix_session`;
  return {
    pointer,
    visitor: `${prefix}wix_visitor`,
    member: ({ id }: Pick<Session, "id">) => `${pointer}_${id}`,
  };
}

/** Returns the name of the cookie that a session is kept in. */
export function cookieNameOf(session: Session, local: boolean): string {
  const { member, visitor } = cookieNames(local);
  return session.kind === "member" ? member(session) : visitor;
}

/** Returns the cookies that `session` is kept in, the pointer first. */
export async function sealedParts(
  session: Session,
  { clientId, local, secret, now }: SealingOptions,
): Promise<Map<string, string>> {
  const store = createSessionStore({
    seal: createSeal({ clientId, sessionSecrets: [secret] }),
    secureCookies: !local,
  });
  const jar = new RequestCookieJar();
  const change = { current: session, changed: true, loginChanged: true };
  await store.save(jar, await store.open(jar, now), change, now);
  return new Map(
    jar.outgoingLines().map((line) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      return [name, value] as const;
    }).filter(([, value]) => value !== ""),
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
