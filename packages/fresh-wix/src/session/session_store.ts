// The session cookies. A member's session cookie is named by the session's id,
// so that a late response can only change its own session. A pointer selects
// the active one: a cookie that only a login or logout sets, so these always
// win. It is not a secret: forging it only selects another session of the same
// browser.

import { deleteCookie, setCookie } from "@std/http/cookie";
import { LRUCache } from "lru-cache";
import {
  type CookieJar,
  cookieScope,
  createCookieJar,
  type ReceivedCookies,
} from "../http/cookies.ts";
import { inSpan } from "../observe/span.ts";
import type { Seal } from "./seal.ts";
import { parseSession, type Session, sessionEndsAt } from "./session.ts";

/** Keeps sessions in cookies. Times are Unix seconds. */
export type SessionStore = ReturnType<typeof createSessionStore>;

/** What was in a request's session cookies. */
export interface OpenedSession {
  readonly session: Session | undefined;
  /** When the session ends if it is not written again. */
  readonly expiresAt: number | undefined;
  /** Whether it was sealed with a key that is being rotated out. */
  readonly outdatedKey: boolean;
  /** A session cookie could not be decrypted. */
  readonly refused: boolean;
}

type SealedSession = Omit<OpenedSession, "refused">;

/** What a request did to its session. */
export interface SessionChange {
  /** The session now. */
  readonly current: Session | undefined;
  /** Whether it is new, or its contents have changed. */
  readonly changed: boolean;
  /** Whether a login or a logout happened. */
  readonly loginChanged: boolean;
}

/** The longest that browsers keep a cookie (RFC 6265bis §5.5). */
const POINTER_MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

// Browsers keep 4,096 bytes per cookie, name and attributes included
// (RFC 6265bis §5.6); the rest is room for those.
const CHUNK_LENGTH = 3_800;
/** Servers cap the Cookie header. */
const MAX_CHUNKS = 4;
/** The rest of many forged cookies is expired by the responses after. */
const MAX_EXPIRED = 20;
/** Opened values that are remembered, in bytes: some 3,500 sessions. */
const CACHE_BYTES = 15_000_000;
const ID = /^[\w-]{16}$/;

const NO_SESSION: SealedSession = {
  session: undefined,
  expiresAt: undefined,
  outdatedKey: false,
};

/** Returns the session store of an app. */
export function createSessionStore(
  { seal, secureCookies }: { seal: Seal; secureCookies: boolean },
) {
  const { attributes, prefix } = cookieScope(secureCookies);
  const pointerName = `${prefix}wix_session`;
  const visitorName = `${prefix}wix_visitor`;
  const memberName = (id: string) => `${pointerName}_${id}`;
  const nameFor = ({ kind, id }: Session) =>
    kind === "member" ? memberName(id) : visitorName;
  const partPattern = new RegExp(
    `^(${visitorName}|${pointerName}_[\\w-]{16})(?:\\.[1-${MAX_CHUNKS - 1}])?$`,
  );

  // Browsers send the same cookies with every request, and opening them costs
  // more than all else in the session step.
  const cache = new LRUCache<string, SealedSession>({
    maxSize: CACHE_BYTES,
    // The tokens are in there a second time, out of the seal.
    sizeCalculation: (_, value) => 2 * value.length + 500,
  });

  // Sessions that a logout or Wix ended: copies of their cookies are a visitor's.
  // Other processes hear it from Wix.
  const ended = new LRUCache<string, true>({ max: 10_000 });

  async function openValue(
    name: string,
    value: string,
    now: number,
  ): Promise<SealedSession | undefined> {
    const isNamed = ({ session }: SealedSession) =>
      session !== undefined && nameFor(session) === name;
    const cached = cache.get(value);
    const isLive = cached !== undefined && Number(cached.expiresAt) > now;
    if (isLive && isNamed(cached)) return cached;
    const opened = await inSpan(
      "session open",
      () => seal.open(value, { cookieName: name, now }),
    );
    if (opened === undefined) return undefined;
    const { claims, expiresAt, outdatedKey } = opened;
    const sealed = { session: parseSession(claims), expiresAt, outdatedKey };
    if (!isNamed(sealed)) return undefined;
    // A copy: a part of a string keeps the whole header in memory.
    cache.set(structuredClone(value), sealed);
    return sealed;
  }

  /** Returns the names of the cookies that it set. */
  async function write(
    { outgoing }: CookieJar,
    session: Session,
    now: number,
  ): Promise<string[]> {
    const cookieName = nameFor(session);
    const expiresAt = sessionEndsAt(session, now);
    const value = await seal
      .seal({ ...session }, { cookieName, now, expiresAt });
    const maxAge = Math.max(0, expiresAt - now);
    return splitChunks(value).map((value, index) => {
      const name = index === 0 ? cookieName : `${cookieName}.${index}`;
      setCookie(outgoing, { ...attributes, name, value, maxAge });
      return name;
    });
  }

  return {
    /** Returns the session in a request's cookies. Never throws. */
    async open(
      { received }: ReceivedCookies,
      now: number,
    ): Promise<OpenedSession> {
      const pointer = received[pointerName] ?? "";
      const names = [visitorName];
      if (ID.test(pointer)) names.unshift(memberName(pointer));
      let refused = false;
      for (const name of names) {
        const value = joinChunks(received, name);
        if (value === undefined) continue;
        const opened = await openValue(name, value, now);
        const isOver = ended.has(opened?.session?.id ?? "");
        if (opened !== undefined && !isOver) return { ...opened, refused };
        refused = true;
      }
      return { ...NO_SESSION, refused };
    },

    /** Sets and expires cookies, so that the browser has the session as it is. */
    async save(
      jar: CookieJar,
      opened: SealedSession,
      { current, changed, loginChanged }: SessionChange,
      now: number,
    ): Promise<void> {
      const { received, outgoing } = jar;
      // The pointer goes first: a request that is sent between the two cookies
      // would find the other one unnamed, and have it expired.
      if (loginChanged && current?.kind === "member") {
        const pointer = { name: pointerName, value: current.id };
        const maxAge = POINTER_MAX_AGE_SECONDS;
        setCookie(outgoing, { ...attributes, ...pointer, maxAge });
      } else if (loginChanged) {
        deleteCookie(outgoing, pointerName, attributes);
      }

      if (current === undefined && opened.session !== undefined) {
        ended.set(opened.session.id, true);
      }

      const name = current && nameFor(current);
      const written = current && (changed || opened.outdatedKey)
        ? await write(jar, current, now)
        : undefined;
      const isKept = (part: string) =>
        written?.includes(part) ?? partPattern.exec(part)?.[1] === name;
      Object.keys(received)
        .filter((part) => partPattern.test(part) && !isKept(part))
        .slice(0, MAX_EXPIRED)
        .forEach((part) => deleteCookie(outgoing, part, attributes));
    },
  };
}

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

/** A value in several parts starts with their number, as in `2~…`. */
const CHUNKED = /^([2-9])~/;

function splitChunks(sealed: string): string[] {
  const count = Math.ceil(sealed.length / CHUNK_LENGTH);
  if (count > MAX_CHUNKS) {
    throw new RangeError("Cannot write session: it is over the cookie limit");
  }
  if (count === 1) return [sealed];
  return Array.from({ length: count }, (_, index) => {
    const start = index * CHUNK_LENGTH;
    const chunk = sealed.slice(start, start + CHUNK_LENGTH);
    return index === 0 ? `${count}~${chunk}` : chunk;
  });
}

/** Returns a value; one with a part missing has a gap, and does not open. */
function joinChunks(
  received: ReceivedCookies["received"],
  name: string,
): string | undefined {
  const first = received[name];
  if (first === undefined) return undefined;
  const count = Number(CHUNKED.exec(first)?.[1] ?? 1);
  if (count > MAX_CHUNKS) return "";
  const rest = Array.from(
    { length: count - 1 },
    (_, index) => received[`${name}.${index + 1}`],
  );
  return [first.replace(CHUNKED, ""), ...rest].join("");
}
