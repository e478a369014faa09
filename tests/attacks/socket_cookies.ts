/**
 * Rows T over a socket: whatever cookie arrives, the page is there.
 *
 * @module
 */
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { BEN } from "../helpers/site.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { type CookieRow, cookieRows } from "./cookie_cases.ts";
import { identityOf } from "./login_over_wire.ts";
import { PREVIOUS_SECRET, SECRET, type SocketBench } from "./socket_bench.ts";
import { cookieNames } from "./sealed_cookies.ts";
import type { Report } from "./suite.ts";
import { send, type WireAnswer, WireJar } from "./wire.ts";

const { visitor: VISITOR } = cookieNames(true);
const COOKIE = /^wix_(?:visitor|session_[\w-]{16})$/;
const PART = /^wix_(?:visitor|session_[\w-]{16})(?:\.[1-3])?$/;

/** Tries every row on a page that calls no Wix, and on one that does. */
export async function tryCookieRows(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const rows = await cookieRows({
    clientId: SITE.clientId,
    local: true,
    secret: SECRET,
    previousSecret: PREVIOUS_SECRET,
    own: await bench.sessionOf(await bench.member()),
    other: await bench.sessionOf(await bench.member(BEN)),
    now: Math.floor(Date.now() / 1000),
  });
  const outputBefore = bench.output();
  let refused = 0;
  for (const row of rows) {
    const first = await asked(bench, row, "/");
    report.case(
      `${row.id} ${row.title} on /`,
      await rowProblem(bench, row, first),
    );
    const second = await asked(bench, row, "/members");
    report.case(
      `${row.id} ${row.title} on /members`,
      await rowProblem(bench, row, second),
    );
    if (first.refused) refused += 2;
  }
  const lines = await linesSince(bench, outputBefore, refused);
  report.case(
    "T one log line for each refused cookie",
    refusals(lines) === refused
      ? undefined
      : `${refusals(lines)} lines for ${refused} cookies`,
  );
  report.case(
    "T no cookie's value in the log",
    rows.some(({ lines: cookies }) =>
        cookies.some((cookie) => repeats(lines.join("\n"), cookie))
      )
      ? "a value is there"
      : undefined,
  );
}

interface Visit {
  readonly answer: WireAnswer;
  /** Cookies afterwards. */
  readonly jar: WireJar;
  /** Names of ours that were sent. */
  readonly sent: readonly string[];
  readonly tokenCalls: number;
  readonly refused: boolean;
}

async function asked(
  bench: SocketBench,
  { lines }: CookieRow,
  target: string,
): Promise<Visit> {
  const before = bench.tokenCalls;
  const answer = await send(bench.origin, {
    target,
    headers: lines.map((line) => ["Cookie", line] as const),
  });
  const jar = new WireJar(
    lines.flatMap((line) => line.split("; ")).map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [name, value.join("=")] as const;
    }),
  );
  const sent = jar.names().filter((name) => PART.test(name));
  jar.keep(answer);
  return {
    answer,
    jar,
    sent,
    tokenCalls: bench.tokenCalls - before,
    refused: sent.some((name) => COOKIE.test(name)) &&
      answer.body.includes("<span>Visitor</span>"),
  };
}

async function rowProblem(
  bench: SocketBench,
  { outcome }: CookieRow,
  visit: Visit,
): Promise<string | undefined> {
  const { answer, tokenCalls } = visit;
  const { body, headers, status } = answer;
  const who = /<span>(\w+)<\/span>/.exec(body)?.[1];
  const set = headers.getSetCookie().length;
  return firstProblem(
    alwaysProblem(answer),
    status !== 200 && `status ${status}`,
    set >= 10 && `${set} Set-Cookie lines`,
    outcome === "own" && who !== "Ann" && `${who} instead of Ann`,
    outcome === "own, other expired" && (who !== "Ann" || set !== 1) &&
      `${who}, ${set} Set-Cookie lines`,
    outcome === "resealed" && (who !== "Ann" || set !== 1) &&
      `${who}, ${set} Set-Cookie lines`,
    (outcome === "refused" || outcome === "none") && who !== "Visitor" &&
      `${who} instead of a visitor`,
    outcome === "own or refused" && who !== "Ann" && who !== "Visitor" &&
      `${who}`,
    who === "Visitor" ? await visitorProblem(bench, visit) : undefined,
    who !== "Visitor" && tokenCalls > 0 && `${tokenCalls} token calls`,
  );
}

/** What is left in the browser is a session that opens, or nothing of ours. */
async function visitorProblem(
  bench: SocketBench,
  { answer, jar, sent, tokenCalls }: Visit,
): Promise<string | undefined> {
  const written = answer.headers.getSetCookie()
    .flatMap((line) => /^([^=]+)=[^;]/.exec(line)?.[1] ?? []);
  const left = sent.filter((name) =>
    jar.get(name) !== undefined && !written.includes(name)
  );
  // Only ours: a request that is itself too large would be refused.
  const ours = new WireJar(
    jar.names().filter((name) => PART.test(name))
      .map((name) => [name, jar.get(name) ?? ""] as const),
  );
  const next = await send(bench.origin, {
    target: "/api/session",
    headers: ours.lines(),
  });
  return firstProblem(
    tokenCalls > 1 && `${tokenCalls} token calls`,
    written.filter((name) => name === VISITOR).length > 1 && "two new sessions",
    left.length > 0 && `${left.join()} stays in the browser`,
    next.headers.has("set-cookie") && "the next answer sets a cookie again",
    (await identityOf(bench.origin, ours)).kind !== "visitor" &&
      "a member afterwards",
  );
}

/** Returns the new lines of the log; waits a few requests for late ones. */
async function linesSince(
  bench: SocketBench,
  before: string,
  expected: number,
): Promise<string[]> {
  let lines: string[] = [];
  for (let patience = 20; patience > 0; patience--) {
    lines = bench.output().slice(before.length).split("\n").filter(Boolean);
    if (refusals(lines) >= expected) break;
    await send(bench.origin, { target: "/healthz" });
  }
  return lines;
}

/** How many log lines tell of a refused cookie. */
function refusals(lines: readonly string[]): number {
  return lines.filter((line) => line.includes("cookie refused")).length;
}

/** Whether a text holds a piece of a cookie that tells something. */
function repeats(text: string, cookie: string): boolean {
  return (cookie.match(/[\w-]{24,}/g) ?? [])
    .some((piece) => text.includes(piece.slice(0, 24)));
}
