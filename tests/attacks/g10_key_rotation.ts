/**
 * G10: secrets are rotated while people use the site, and nobody is logged out
 * who came by while theirs was listed.
 *
 * @module
 */
import { RequestCookieJar } from "@/packages/fresh-wix/src/http/cookies.ts";
import { createSeal } from "@/packages/fresh-wix/src/session/seal.ts";
import {
  createSessionStore,
  type SessionChange,
  type SessionStore,
} from "@/packages/fresh-wix/src/session/session_store.ts";
import type {
  MemberSession,
  Session,
} from "@/packages/fresh-wix/src/session/session.ts";
import { SITE, startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { localSettings, startApp } from "../helpers/app.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { forge, keyIdOf } from "./forge.ts";
import {
  identityOf,
  logInOverWire,
  pendingCallback,
} from "./login_over_wire.ts";
import { bigSession, cookieNameOf } from "./sealed_cookies.ts";
import { type Report, seededRandom, type Suite } from "./suite.ts";
import { sendWith, type WireAnswer, WireJar } from "./wire.ts";

/** Three secrets after one another, in process and over sockets. */
export const suite: Suite = {
  goal: "G10",
  title: "key rotation: 0 lost inside the window, 0 accepted after",
  async run(report) {
    await rotateUnderLoad(report);
    await rotateOverSockets(report);
  },
};

const SESSIONS = 1_000;
const READS_PER_PHASE = 3;
const PARALLEL = 50;
const NOW = 1_800_000_000;
const K1 = "the first secret of more than thirty letters";
const K2 = "the second secret of more than thirty letters";
const K3 = "the third secret of more than thirty letters";
type Secrets = readonly [first: string, ...rest: string[]];

/** What the app is started with, from one deployment to the next. */
const PHASES: readonly Secrets[] = [
  [K1],
  [K2, K1],
  [K3, K2],
  [K3],
];

/** A browser that holds one session. */
interface Visitor {
  readonly session: Session;
  cookies: Record<string, string>;
  /** The secret that its cookies are sealed with. */
  secret: string;
}

async function rotateUnderLoad(report: Report): Promise<void> {
  const random = seededRandom(10);
  const visitors = await Promise.all(
    Array.from({ length: SESSIONS }, async (_, index): Promise<Visitor> => {
      const session = sessionOf(index);
      return {
        session,
        cookies: await written(storeOf([K1]), {}, {
          current: session,
          changed: true,
          loginChanged: true,
        }),
        secret: K1,
      };
    }),
  );
  for (const secrets of PHASES) {
    // Some stay away for a phase; in the last everybody is asked again.
    const here = visitors.filter(() => secrets.length === 1 || random() < 0.8);
    const visits = here
      .flatMap((visitor) => Array<Visitor>(READS_PER_PHASE).fill(visitor))
      .map((visitor) => ({ visitor, order: random() }))
      .sort((a, b) => a.order - b.order);
    const store = storeOf(secrets);
    for (let start = 0; start < visits.length; start += PARALLEL) {
      await Promise.all(
        visits.slice(start, start + PARALLEL).map(async ({ visitor }) =>
          report.case(
            `${secrets.length} secrets, ${visitor.session.id}`,
            await visit(visitor, secrets, store),
          )
        ),
      );
    }
  }
  const lost = visitors.filter(({ secret }) => secret !== K3).length;
  report.figure(
    `${SESSIONS} sessions, 3 keys, ${lost} stayed away for too long`,
  );
}

/** One request: read, and write back what is stale. */
async function visit(
  visitor: Visitor,
  secrets: Secrets,
  store: SessionStore,
): Promise<string | undefined> {
  const { session: known, cookies, secret } = visitor;
  const { session, outdatedKey: stale } = await store.open(
    new RequestCookieJar(cookies),
    NOW,
  );
  if (!secrets.includes(secret)) {
    return session === undefined ? undefined : "a key that left still opens";
  }
  if (session === undefined) return "lost";
  if (JSON.stringify(session) !== JSON.stringify(known)) return "changed";
  if (stale !== (secret !== secrets[0])) return `stale is ${stale}`;
  if (!stale) return undefined;
  visitor.cookies = await written(store, cookies, {
    current: session,
    changed: false,
    loginChanged: false,
  });
  visitor.secret = secrets[0];
  const name = cookieNameOf(session, false);
  const keyId = keyIdOf(visitor.cookies[name] ?? "");
  return keyId === await keyIdOfSecret(secrets[0])
    ? undefined
    : "not sealed with the first key";
}

async function rotateOverSockets(report: Report): Promise<void> {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  const start = (secrets: Secrets | undefined) =>
    startApp({
      ...localSettings(wix.origin),
      SESSION_SECRET: secrets?.join(",") ?? "",
    });
  await using first = await start(PHASES[0]);
  await using second = await start(PHASES[1]);
  await using third = await start(PHASES[2]);

  const jar = new WireJar();
  await logInOverWire(first.origin, jar);
  const firstCookies = jar.copy();
  for (
    const [title, app, secret] of [
      ["first", first, K1],
      ["second", second, K2],
      ["third", third, K3],
    ] as const
  ) {
    report.case(
      `member at the ${title} app`,
      await memberProblem(app.origin, jar, secret),
    );
  }
  report.case(
    "a cookie of the first app at the third",
    await refusalProblem(third.origin, firstCookies.copy()),
  );

  const racers = Array.from({ length: 20 }, () => firstCookies.copy());
  const problems = await Promise.all(
    racers.map((racer) => memberProblem(second.origin, racer, K2)),
  );
  problems.forEach((problem, index) =>
    report.case(`parallel request ${index} at the second app`, problem)
  );

  report.case(
    "a login that began before the rotation",
    await loginAcross(first.origin, second.origin),
  );
  const late = await loginAcross(first.origin, third.origin);
  report.case(
    "a login that began two rotations ago",
    late === "status 400" ? undefined : `not refused: ${late}`,
  );
}

/** The jar's owner is a member here, and the cookie is sealed with `secret`. */
async function memberProblem(
  origin: string,
  jar: WireJar,
  secret: string,
): Promise<string | undefined> {
  const answer = await sendWith(jar, origin, { target: "/" });
  const { kind, member } = await identityOf(origin, jar);
  const keyId = keyIdOf(memberCookie(jar) ?? "");
  return firstProblem(
    alwaysProblem(answer),
    answer.status !== 200 && `status ${answer.status}`,
    (kind !== "member" || member?.name !== "Ann") && `not Ann: ${kind}`,
    keyId !== await keyIdOfSecret(secret) &&
      "sealed with another key",
  );
}

async function refusalProblem(
  origin: string,
  jar: WireJar,
): Promise<string | undefined> {
  const answer: WireAnswer = await sendWith(jar, origin, { target: "/" });
  return firstProblem(
    alwaysProblem(answer),
    answer.status !== 200 && `status ${answer.status}`,
    memberCookie(jar) !== undefined && "the cookie is kept",
    (await identityOf(origin, jar)).kind !== "visitor" && "still a member",
  );
}

/** Begins a login at one app and ends it at another. */
async function loginAcross(
  from: string,
  to: string,
): Promise<string | undefined> {
  const jar = new WireJar();
  const { target } = await pendingCallback(from, jar);
  const answer = await sendWith(jar, to, { target });
  const { kind } = await identityOf(to, jar);
  return firstProblem(
    answer.status !== 302 && `status ${answer.status}`,
    kind !== "member" && `a ${kind}`,
    alwaysProblem(answer),
  );
}

/** Returns the member's cookie of an app on localhost. */
function memberCookie(jar: WireJar): string | undefined {
  const name = jar.names().find((name) => name.startsWith("wix_session_"));
  return name === undefined ? undefined : jar.get(name);
}

function storeOf(secrets: Secrets): SessionStore {
  return createSessionStore({
    seal: createSeal({ clientId: SITE.clientId, sessionSecrets: secrets }),
    secureCookies: true,
  });
}

function sessionOf(index: number): Session {
  const tokens = {
    accessToken: `access token ${index}`,
    refreshToken: `refresh token ${index}`,
    expiresAt: NOW + 14_400,
  };
  const id = `session-${index}`.padEnd(16, "-");
  const member: MemberSession = {
    kind: "member",
    id,
    tokens,
    startedAt: NOW,
    member: { id: `member ${index}`, name: "Ann" },
  };
  // Every tenth needs several cookies.
  if (index % 10 === 0) return bigSession(member, 6_000);
  return index % 2 === 0
    ? member
    : { kind: "visitor", id, tokens, startedAt: NOW };
}

/** Returns the cookies after a response. */
async function written(
  store: SessionStore,
  received: Record<string, string>,
  change: SessionChange,
): Promise<Record<string, string>> {
  const jar = new RequestCookieJar(received);
  await store.save(jar, await store.open(jar, NOW), change, NOW);
  const browser = new WireJar(Object.entries(received));
  browser.keep({ headers: jar.outgoing });
  return Object.fromEntries(
    browser.names().map((name) => [name, browser.get(name) ?? ""]),
  );
}

async function keyIdOfSecret(secret: string): Promise<unknown> {
  const { clientId } = SITE;
  return keyIdOf(await forge({}, { secret, clientId, cookieName: "any" }));
}
