/**
 * G2: no cookie makes reading throw, and none opens as anything but a session
 * that the app sealed for its bearer.
 *
 * @module
 */
import { RequestCookieJar } from "@/lib/http/cookies.ts";
import {
  createSessionCookie,
  type SessionCookie,
  sessionCookieName,
} from "@/lib/session/cookie.ts";
import { createMarkers } from "@/lib/session/markers.ts";
import { createSessionOpener } from "@/lib/session/open_session.ts";
import { createSeal } from "@/lib/session/seal.ts";
import type { MemberSession, Session } from "@/lib/session/session.ts";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { firstProblem } from "./always.ts";
import { type CookieRow, cookieRows } from "./cookie_cases.ts";
import { forge } from "./forge.ts";
import { createMutator, type SealedSession } from "./mutate_cookies.ts";
import { quantile } from "./quantiles.ts";
import { bigSession, splitSealed } from "./sealed_cookies.ts";
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
  id: "session-of-ann",
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
  id: "session-of-ben",
  tokens: { ...OWN.tokens, accessToken: "ben's" },
  member: { id: "ben", name: "Ben" },
};

/** The cookies of the app, in the order in which they count. */
const cookiesOf = (local: boolean) =>
  (["member", "visitor"] as const).map((kind) =>
    createSessionCookie(kind, {
      clientId: SITE.clientId,
      local,
      sessionSecrets: [SECRET, PREVIOUS_SECRET],
    })
  );

const openerOf = (cookies: readonly SessionCookie[]) =>
  createSessionOpener(cookies, createMarkers(true));

async function tryRows(report: Report, local: boolean): Promise<void> {
  const cookies = cookiesOf(local);
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
      await rowProblem(cookies, row).catch((error) => `threw ${error}`),
    );
  }
}

async function rowProblem(
  cookies: readonly SessionCookie[],
  { lines, outcome }: CookieRow,
): Promise<string | undefined> {
  // Deno's server joins Cookie lines like this; G12 shows that.
  const header = lines.join("; ");
  const { session, received, ...opened } = await openerOf(cookies)(header, NOW);
  const stale = opened.stale || session === undefined && opened.refused;
  const jar = new RequestCookieJar(received);
  for (const cookie of cookies) cookie.clear(jar);
  const expired = jar.outgoing.getSetCookie().length;
  const who = session?.kind === "member" ? session.member?.name : session?.kind;
  const expected: Record<CookieRow["outcome"], boolean> = {
    none: session === undefined && !stale && expired === 0,
    refused: session === undefined && stale && expired > 0,
    own: who === "Ann" && !stale,
    resealed: who === "Ann" && stale,
    "own, other expired": who === "Ann" && !stale && expired === 2,
    other: who === "Ben" && !stale,
    "own or refused": session === undefined ? stale : who === "Ann" && !stale,
  };
  const changed = session !== undefined &&
    ![OWN, OTHER, bigSession(OWN, 6_000)].some((known) => same(known, session));
  return firstProblem(
    changed && "a session that nobody sealed",
    !expected[outcome] && `not ${outcome}: ${who}, stale ${stale}`,
    expired >= 10 && `${expired} Set-Cookie lines`,
  );
}

async function tryMutations(report: Report): Promise<void> {
  const name = sessionCookieName("member", true);
  const open = openerOf(cookiesOf(true));
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
    const session = await openMutated(open, header);
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
  open: ReturnType<typeof openerOf>,
  header: string,
): Promise<Session | undefined | string> {
  try {
    return (await open(header, NOW)).session;
  } catch (error) {
    return `threw ${error}`;
  }
}

/** Seeded too, so that a case that fails can be looked at again. */
async function genuineSessions(
  name: string,
  random: () => number,
): Promise<SealedSession[]> {
  const sessions = [OWN, OTHER, OWN, OTHER].map((
    session,
    index,
  ) => ({ ...session, id: `${session.id}-${index}` }));
  const several = [
    bigSession({ ...OWN, id: "session-in-parts-1" }, 2_500),
    bigSession({ ...OTHER, id: "session-in-parts-2" }, 8_500),
  ];
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

async function foreignValues(name: string): Promise<string[]> {
  const claims = { ...OWN, id: "foreign", iat: NOW, exp: NOW + 3_600 };
  const purpose = { secret: SECRET, clientId: SITE.clientId, cookieName: name };
  const others = [
    { ...purpose, secret: "a secret that never was in the list, at all" },
    { ...purpose, clientId: "00000000-0000-4000-8000-00000000000b" },
    { ...purpose, cookieName: "wix_login." },
    { ...purpose, cookieName: sessionCookieName("visitor", true) },
    { ...purpose, cookieName: sessionCookieName("member", false) },
    { ...purpose, version: "2" },
  ];
  const seals = others.map(({ secret, clientId, cookieName }) =>
    createSeal({ secrets: [secret], clientId, cookieName })
  );
  const times = { now: NOW, expiresAt: NOW + 3_600 };
  return await Promise.all([
    ...others.map((other) => forge(claims, other)),
    forge({ ...claims, kind: "visitor" }, purpose),
    // All but the last differ in what the app's own seal binds.
    ...seals.slice(0, -1).map((seal) => seal.seal({ ...OWN }, times)),
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
