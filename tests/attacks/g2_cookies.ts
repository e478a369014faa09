/**
 * G2: no cookie makes reading throw, and none opens as anything but a session
 * that the app sealed for its bearer.
 *
 * @module
 */
import {
  readCookies,
  RequestCookieJar,
} from "@/packages/fresh-wix/src/http/cookies.ts";
import { createSeal } from "@/packages/fresh-wix/src/session/seal.ts";
import type {
  MemberSession,
  Session,
  VisitorSession,
} from "@/packages/fresh-wix/src/session/session.ts";
import {
  createSessionStore,
  type SessionStore,
} from "@/packages/fresh-wix/src/session/session_store.ts";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { firstProblem } from "./always.ts";
import { type CookieRow, cookieRows } from "./cookie_cases.ts";
import { forge } from "./forge.ts";
import { createMutator, type SealedSession } from "./mutate_cookies.ts";
import { quantile } from "./quantiles.ts";
import { bigSession, cookieNames, splitSealed } from "./sealed_cookies.ts";
import { type Report, seededRandom, type Suite } from "./suite.ts";

/** Rows T and seeded mutations against the session cookie. */
export const suite: Suite = {
  goal: "G2",
  title: "session cookies: 0 throws, 0 foreign or changed sessions",
  async run(report) {
    for (const local of [true, false]) await tryRows(report, local);
    await tryMutations(report);
  },
};

const MUTATIONS = 100_000;
const NOW = 1_800_000_000;
const SECRET = "the secret that seals, of forty characters";
const PREVIOUS_SECRET = "the secret before it, which still opens";

const OWN: MemberSession = {
  kind: "member",
  id: "session-of-ann-1",
  tokens: {
    accessToken: `OauthNG.JWS.${"a".repeat(1_056)}`,
    refreshToken: `JWS.${"r".repeat(196)}`,
    expiresAt: NOW + 14_400,
  },
  startedAt: NOW - 60,
  member: { id: "ann", name: "Ann" },
};
const OTHER: MemberSession = {
  ...OWN,
  id: "session-of-ben-1",
  tokens: { ...OWN.tokens, accessToken: "ben's" },
  member: { id: "ben", name: "Ben" },
};

const storeOf = (local: boolean) =>
  createSessionStore({
    seal: createSeal({
      clientId: SITE.clientId,
      sessionSecrets: [SECRET, PREVIOUS_SECRET],
    }),
    secureCookies: !local,
  });

async function tryRows(report: Report, local: boolean): Promise<void> {
  const store = storeOf(local);
  const rows = await cookieRows({
    clientId: SITE.clientId,
    local,
    secret: SECRET,
    previousSecret: PREVIOUS_SECRET,
    own: OWN,
    other: OTHER,
    now: NOW,
  });
  for (const row of rows) {
    report.case(
      `${row.id} ${row.title}${local ? ", on localhost" : ""}`,
      await rowProblem(store, row).catch((error) => `threw ${error}`),
    );
  }
}

async function rowProblem(
  store: SessionStore,
  { lines, outcome }: CookieRow,
): Promise<string | undefined> {
  // Deno's server joins Cookie lines like this; G12 shows that.
  const jar = new RequestCookieJar(readCookies(lines.join("; ")));
  const opened = await store.open(jar, NOW);
  const { session } = opened;
  const change = { current: session, changed: false, loginChanged: false };
  await store.save(jar, opened, change, NOW);
  const set = jar.outgoingLines().length;
  const expired =
    jar.outgoingLines().filter((line) => /^[^=]+=;/.test(line)).length;
  const who = session?.kind === "member" ? session.member?.name : session?.kind;
  const expected: Record<CookieRow["outcome"], boolean> = {
    none: session === undefined && set === 0,
    refused: session === undefined && expired > 0,
    own: who === "Ann" && set === 0,
    resealed: who === "Ann" && set === 1 && expired === 0,
    "own, other expired": who === "Ann" && set === 1 && expired === 1,
    "own or refused": session === undefined
      ? expired > 0
      : who === "Ann" && set === 0,
  };
  const changed = session !== undefined &&
    ![OWN, OTHER, bigSession(OWN, 6_000)].some((known) => same(known, session));
  return firstProblem(
    changed && "a session that nobody sealed",
    !expected[outcome] && `not ${outcome}: ${who}, ${set} Set-Cookie lines`,
    set >= 10 && `${set} Set-Cookie lines`,
  );
}

async function tryMutations(report: Report): Promise<void> {
  // The cookie that all visitors have under one name.
  const { visitor: name } = cookieNames(true);
  const store = storeOf(true);
  const random = seededRandom(2);
  const draw = createMutator({
    genuine: await genuineSessions(name, random),
    foreign: await foreignValues(name),
    name,
    random,
  });
  const times: number[] = [];
  let opened = 0;
  for (let count = 0; count < MUTATIONS; count++) {
    const { title, line, allowed } = draw();
    const header = asHeaderValue(line);
    const startedAt = performance.now();
    const session = await openMutated(store, header);
    times.push(performance.now() - startedAt);
    if (typeof session === "object") opened++;
    report.case(
      `mutation ${count}, ${title}`,
      typeof session === "string"
        ? session
        : session === undefined || allowed.some((one) => same(one, session))
        ? undefined
        : `opened as ${session.id}`,
    );
  }
  report.figure(`${opened} of ${MUTATIONS} mutations changed nothing`);
  report.figure(
    `open: p50 ${quantile(times, 0.5).toFixed(2)} ms, ` +
      `p99 ${quantile(times, 0.99).toFixed(2)} ms`,
  );
}

/** Returns the session, or what reading threw. */
async function openMutated(
  store: SessionStore,
  header: string,
): Promise<Session | undefined | string> {
  try {
    const jar = new RequestCookieJar(readCookies(header));
    return (await store.open(jar, NOW)).session;
  } catch (error) {
    return `threw ${error}`;
  }
}

/** Seeded too, so that a case that fails can be looked at again. */
async function genuineSessions(
  name: string,
  random: () => number,
): Promise<SealedSession[]> {
  const sessions = [OWN, OTHER, OWN, OTHER].map((session, index) =>
    visitorOf(session, `session-number-${index}`)
  );
  const several = [2_500, 8_500].map((length, index) =>
    visitorOf({
      ...OWN,
      tokens: { ...OWN.tokens, accessToken: "a".repeat(length) },
    }, `session-in-part${index}`)
  );
  const ivs = Array.from(
    { length: sessions.length + several.length },
    () => Uint8Array.from({ length: 12 }, () => Math.floor(random() * 256)),
  );
  return await Promise.all(
    [...sessions, ...several].map(async (session, index) => {
      const value = await forge(
        { ...session, iat: NOW, exp: NOW + 3_600 },
        {
          clientId: SITE.clientId,
          cookieName: name,
          secret: index % 2 === 0 ? SECRET : PREVIOUS_SECRET,
          iv: ivs[index] ?? new Uint8Array(12),
        },
      );
      return { session, parts: splitSealed(value, name) };
    }),
  );
}

function visitorOf(
  { tokens, startedAt }: MemberSession,
  id: string,
): VisitorSession {
  return { kind: "visitor", id, tokens, startedAt };
}

async function foreignValues(name: string): Promise<string[]> {
  const foreign = visitorOf(OWN, "session-foreign1");
  const claims = { ...foreign, iat: NOW, exp: NOW + 3_600 };
  const purpose = { secret: SECRET, clientId: SITE.clientId, cookieName: name };
  const others = [
    { ...purpose, secret: "a secret that never was in the list, at all" },
    { ...purpose, clientId: "00000000-0000-4000-8000-00000000000b" },
    { ...purpose, cookieName: "wix_login." },
    { ...purpose, cookieName: cookieNames(true).member(OWN) },
    { ...purpose, cookieName: cookieNames(false).visitor },
    { ...purpose, version: "1" },
  ];
  const times = { now: NOW, expiresAt: NOW + 3_600 };
  return await Promise.all([
    ...others.map((other) => forge(claims, other)),
    forge({ ...claims, kind: "member" }, purpose),
    // All but the last differ in what the app's own seal binds.
    ...others.slice(0, -1).map(({ secret, clientId, cookieName }) =>
      createSeal({ sessionSecrets: [secret], clientId })
        .seal({ ...foreign }, { cookieName, ...times })
    ),
  ]);
}

/** What a socket would let through. */
function asHeaderValue(line: string): string {
  // deno-lint-ignore no-control-regex -- they end a header or are refused
  return line.replace(/[\u0000-\u0008\u000a-\u001f\u007f\u0100-\uffff]/g, "?");
}

function same(one: Session, two: Session): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}
