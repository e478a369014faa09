/**
 * Rows C that need more than one request, over a socket.
 *
 * @module
 */
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { BEN } from "../helpers/site.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { CALLBACK, changed, MARK, param } from "./callback_requests.ts";
import { identityOf, pendingCallback } from "./login_over_wire.ts";
import { bigSession, sealedParts } from "./sealed_cookies.ts";
import { SECRET, type SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import { send, sendWith, WireJar } from "./wire.ts";

/** Tells every story. */
export async function tryLoginStories(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  for (const [name, run] of STORIES) {
    report.case(name, await run(bench).catch((error) => `threw ${error}`));
  }
}

type Story = (bench: SocketBench) => Promise<string | undefined>;

const STORIES: readonly (readonly [name: string, run: Story])[] = [
  ["C4 a state that names a cookie of another kind", oddState],
  ["C12 odd names among the transaction cookies", oddTransactions],
  ["C8 the same callback again, cookie gone", secondUse],
  ["C9 the same callback again with the cookie kept", replay],
  ["C10 the same callback twice at once", doubleClick],
  ["C11 two tabs, finished in reverse order", twoTabs],
  ["C12 twenty abandoned logins", abandoned],
  ["C13 error=access_denied with the right state", cancelled],
  ["C20 redirect_uri with another Host at login", foreignHostLogin],
  ["C22 a login as Ben while Ann is logged in", replacedSession],
  ["C22 the same with cookies in parts left over", replacedBigSession],
];

/** Names that a browser may send and no server may set. */
const ODD_NAMES = [
  "a@b",
  "(c)",
  "d/e",
  '"f"',
  "g h",
  "\u00e9",
  "",
  "[i]",
  "j{}",
];

async function oddState(bench: SocketBench): Promise<string | undefined> {
  for (const name of [...ODD_NAMES, "__proto__", "constructor"]) {
    const answer = await send(bench.origin, {
      target: `${CALLBACK}?code=x&state=${encodeURIComponent(name)}`,
      headers: [["Cookie", `wix_login.${name}=x`]],
    });
    const problem = firstProblem(
      alwaysProblem(answer),
      answer.status !== 400 && `status ${answer.status}`,
    );
    if (problem !== undefined) return `${JSON.stringify(name)}: ${problem}`;
  }
  return undefined;
}

/** A login that fails because of a cookie fails again and again. */
async function oddTransactions(
  bench: SocketBench,
): Promise<string | undefined> {
  const cookies = ODD_NAMES.map((name) => `wix_login.${name}=x`).join("; ");
  const answer = await send(bench.origin, {
    target: "/api/auth/login",
    headers: [["Cookie", cookies]],
  });
  return firstProblem(
    alwaysProblem(answer),
    answer.status !== 302 && `status ${answer.status}`,
  );
}

async function secondUse(bench: SocketBench): Promise<string | undefined> {
  const jar = new WireJar();
  const { target } = await pendingCallback(bench.origin, jar);
  const first = await sendWith(jar, bench.origin, { target });
  const session = jar.get("wix_session");
  const calls = bench.tokenCalls;
  const again = await sendWith(jar, bench.origin, { target });
  return firstProblem(
    first.status !== 302 && `first answer ${first.status}`,
    again.status !== 400 && `second answer ${again.status}`,
    bench.tokenCalls > calls && "a token call",
    jar.get("wix_session") !== session && "the session changed",
    (await identityOf(bench.origin, jar)).kind !== "member" && "logged out",
  );
}

async function replay(bench: SocketBench): Promise<string | undefined> {
  const jar = new WireJar();
  const { target } = await pendingCallback(bench.origin, jar);
  const attacker = jar.copy();
  await sendWith(jar, bench.origin, { target });
  const kept = attacker.copy();
  for (const name of jar.names()) kept.set(name, jar.get(name) ?? "");
  for (
    const [title, browser] of [["attacker", attacker], ["owner", kept]] as const
  ) {
    const session = browser.get("wix_session");
    const calls = bench.tokenCalls;
    const again = await sendWith(browser, bench.origin, { target });
    const problem = firstProblem(
      again.status !== 400 && `answer ${again.status}`,
      bench.tokenCalls > calls + 1 && "more than one token call",
      browser.get("wix_session") !== session && "the session changed",
    );
    if (problem !== undefined) return `${title}: ${problem}`;
  }
  return (await identityOf(bench.origin, jar)).kind === "member"
    ? undefined
    : "the owner is logged out";
}

async function doubleClick(bench: SocketBench): Promise<string | undefined> {
  const jar = new WireJar();
  const { target } = await pendingCallback(bench.origin, jar);
  const answers = await Promise.all(
    [1, 2].map(() => send(bench.origin, { target, headers: jar.lines() })),
  );
  const sessions = answers.flatMap(({ headers }) =>
    headers.getSetCookie().filter((line) => /^wix_session=[^;]/.test(line))
  );
  for (const order of [answers, answers.toReversed()]) {
    const browser = jar.copy();
    order.forEach((answer) => browser.keep(answer));
    const { kind } = await identityOf(bench.origin, browser);
    if (kind !== "member") return `a ${kind} afterwards`;
  }
  return firstProblem(
    sessions.length !== 1 && `${sessions.length} sessions`,
    ...answers.map((answer) =>
      ![302, 400].includes(answer.status) && `status ${answer.status}`
    ),
  );
}

async function twoTabs(bench: SocketBench): Promise<string | undefined> {
  const jar = new WireJar();
  const first = await pendingCallback(bench.origin, jar, {
    query: "returnToUrl=/members",
  });
  const second = await pendingCallback(bench.origin, jar, {
    query: "returnToUrl=/elevation",
  });
  for (
    const [{ target }, path] of [[second, "/elevation"], [
      first,
      "/members",
    ]] as const
  ) {
    const answer = await sendWith(jar, bench.origin, { target });
    const location = answer.headers.get("location");
    if (location !== bench.origin + path) {
      return `status ${answer.status} to ${location}`;
    }
  }
  return (await identityOf(bench.origin, jar)).kind === "member"
    ? undefined
    : "not a member";
}

async function abandoned(bench: SocketBench): Promise<string | undefined> {
  const jar = await bench.member();
  for (let count = 0; count < 20; count++) {
    await sendWith(jar, bench.origin, { target: "/api/auth/login" });
  }
  const left = jar.names().filter((name) => name.startsWith("wix_login."));
  return firstProblem(
    left.length > 5 && `${left.length} transaction cookies`,
    jar.header().length >= 8_192 && `${jar.header().length} bytes`,
  );
}

async function cancelled(bench: SocketBench): Promise<string | undefined> {
  const jar = new WireJar();
  const pending = await pendingCallback(bench.origin, jar);
  const calls = bench.tokenCalls;
  const answer = await sendWith(
    jar,
    bench.origin,
    changed(pending, {
      code: undefined,
      error: "access_denied",
      error_description: MARK,
    }),
  );
  return firstProblem(
    answer.status !== 200 && `status ${answer.status}`,
    !answer.body.includes("The login was cancelled") && "not our own text",
    bench.tokenCalls > calls && "a token call",
    alwaysProblem(answer, { inputs: [MARK, param(pending, "state")] }),
  );
}

async function foreignHostLogin(
  bench: SocketBench,
): Promise<string | undefined> {
  const jar = new WireJar();
  const { callback } = await pendingCallback(bench.origin, jar, {
    host: "evil.com",
    headers: [["X-Forwarded-Host", "evil.com"]],
  });
  return callback.origin === bench.origin && callback.pathname === CALLBACK
    ? undefined
    : `redirect_uri ${callback.origin}${callback.pathname}`;
}

async function replacedSession(
  bench: SocketBench,
): Promise<string | undefined> {
  const jar = await bench.member();
  return await loginAsBenProblem(bench, jar);
}

async function replacedBigSession(
  bench: SocketBench,
): Promise<string | undefined> {
  const session = await bench.sessionOf(await bench.member());
  const jar = new WireJar(
    await sealedParts(bigSession(session, 6_000), {
      clientId: SITE.clientId,
      local: true,
      secret: SECRET,
      now: Math.floor(Date.now() / 1000),
    }),
  );
  return await loginAsBenProblem(bench, jar);
}

async function loginAsBenProblem(
  bench: SocketBench,
  jar: WireJar,
): Promise<string | undefined> {
  const before = await bench.sessionOf(jar);
  const { target } = await pendingCallback(bench.origin, jar, { email: BEN });
  const answer = await sendWith(jar, bench.origin, { target });
  const after = await bench.sessionOf(jar);
  const page = await sendWith(jar, bench.origin, { target: "/account" });
  const names = jar.names();
  return firstProblem(
    answer.status !== 302 && `status ${answer.status}`,
    after.member?.name !== "Ben" && `${after.member?.name} is logged in`,
    after.id === before.id && "the session keeps its id",
    after.tokens.refreshToken === before.tokens.refreshToken &&
      "the refresh token is Ann's",
    names.join() !== `wix_session,wix_session_${after.id}` &&
      `cookies left: ${names.join()}`,
    !page.body.includes(BEN) && "the account is not Ben's",
    /\bann\b/i.test(page.body) && "something of Ann's is on the page",
  );
}
