import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { base64url } from "jose";
import { BEN } from "@/tests/helpers/site.ts";
import { readCookies, RequestCookieJar } from "../src/http/cookies.ts";
import {
  ABSOLUTE_LIFETIME_SECONDS,
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
  type Session,
  type VisitorSession,
} from "../src/session/session.ts";
import { test, tryEach, tryGenerated } from "./helpers/attack.ts";
import { appOfFile } from "./helpers/attacked_app.ts";
import {
  bigSession,
  cookieNames,
  cookiesOf,
  forge,
  type Forgery,
  type Sealing,
  sessionOf,
  storeOf,
  withHeader,
} from "./helpers/sealed_cookies.ts";
import { WireJar } from "@/tests/helpers/wire.ts";

const SECRET = "the secret that seals cookies of this file";
const PREVIOUS = "the secret before it that opens them still";
const OTHER_SECRET = "a secret that never was in the app's list";
const OTHER_APP = "00000000-0000-4000-8000-00000000000b";
const SEALING = { secrets: [SECRET, PREVIOUS] };
const NOW = 1_800_000_000;

const app = appOfFile({
  settings: { SESSION_SECRET: `${SECRET},${PREVIOUS}` },
});

/** What must become of a browser's cookies:
 * - `none`: none of them is ours, nothing is set or expired,
 * - `refused`: a visitor, and the cookie is expired by the same response,
 * - `own`: Ann, unchanged,
 * - `rewritten`: Ann, and one cookie is sealed anew or expired,
 * - `either`: `own` or `refused`.
 */
type Outcome = "none" | "refused" | "own" | "rewritten" | "either";

type Row = readonly [
  name: string,
  /** Of the `Cookie` lines. */
  lines: readonly string[],
  outcome: Outcome,
];

test("G2 G12 T0–T34: the built server serves pages whatever cookies arrive", async () => {
  const attacked = await app();
  const member = async (email?: string) =>
    await sessionOf(await attacked.member(email), SEALING);
  const rows = await cookieRows(await member(), await member(BEN));
  const before = attacked.app.output();
  let refused = 0;
  await tryEach(rows, async ([, lines, outcome]) => {
    for (const target of ["/", "/members"]) {
      const calls = attacked.tokenCalls;
      const headers = lines.map((line) => `Cookie: ${line}`);
      const response = await attacked.send({ target, headers });
      const tokenCalls = attacked.tokenCalls - calls;
      const set = response.headers.getSetCookie().length;
      assertEquals(response.status, 200);
      assert(set < 10, `${set} Set-Cookie lines`);

      const sent = ourCookies(lines);
      const left = new WireJar(sent);
      left.keep(response);
      const next = await attacked.send({ target: "/api/session", jar: left });
      const { kind, member } = JSON.parse(next.body);
      assert(!next.headers.has("set-cookie"), "set or expired later still");
      if (kind === "visitor") {
        assert(["none", "refused", "either"].includes(outcome), "a visitor");
        assert(tokenCalls <= (target === "/" ? 0 : 1), `${tokenCalls} grants`);
        // The pointer names a session, and may name one that is not there.
        sent.delete("wix_session");
        const isLeft = ([name, value]: [string, string]) =>
          left.get(name) === value;
        assert(![...sent].some(isLeft), "the bad cookie stays");
        if ([...sent.keys()].some((name) => !name.includes("."))) refused++;
      } else {
        assert(!["none", "refused"].includes(outcome), `a ${kind}`);
        assertEquals([member.name, tokenCalls], ["Ann", 0]);
        assertEquals(set, outcome === "rewritten" ? 1 : 0);
      }
    }
  });
  const log = attacked.app.output().slice(before.length);
  assertEquals(log.match(/cookie refused/g)?.length, refused);
  const pieces = rows.flatMap(([, lines]) => lines.join().match(/[\w-]{24,}/g));
  assert(!pieces.some((piece) => piece && log.includes(piece)), "in the log");
});

test("G2 T2–T34: edited, mixed and foreign cookies open as what they were, or not at all", async () => {
  const { visitor: name } = cookieNames(true);
  const store = storeOf({ ...SEALING, secure: true });
  const purpose = { secret: SECRET, cookieName: name };
  const lengths = [200, 1_056, 1_056, 2_500, 8_500];
  const genuine = await Promise.all(lengths.map(async (length, index) => {
    const session: VisitorSession = {
      kind: "visitor",
      id: `session-number-${index}`,
      tokens: {
        accessToken: "a".repeat(length),
        refreshToken: `JWS.${"r".repeat(196)}`,
        expiresAt: NOW + 14_400,
      },
      startedAt: NOW - 60,
    };
    const secrets = index % 2 === 0 ? [SECRET] : [PREVIOUS];
    const jar = await cookiesOf(session, { secrets, now: NOW, secure: true });
    jar.delete("__Host-wix_session");
    return { session, cookies: [...jar], header: jar.header() };
  }));
  const claims = { ...genuine[0]?.session, iat: NOW, exp: NOW + 3_600 };
  const foreign = await Promise.all([
    forge(claims, { ...purpose, secret: OTHER_SECRET }),
    forge(claims, { ...purpose, clientId: OTHER_APP }),
    forge(claims, { ...purpose, cookieName: "wix_login." }),
    forge(claims, { ...purpose, cookieName: cookieNames().visitor }),
    forge(claims, { ...purpose, version: "1" }),
    forge({ ...claims, kind: "member" }, purpose),
  ]);

  const one = fc.constantFrom(...genuine);
  const put = fc.oneof(
    fc.string({ unit: "binary-ascii", maxLength: 3 }),
    fc.constantFrom("2~", "9~", "; ", ".", "%2E", "é", "\t", `; ${name}.1=`),
    fc.constantFrom(...foreign).map((value) => `; ${name}=${value}`),
  );
  const edits = fc.array(
    fc.record({ at: fc.nat(9_000), cut: fc.nat(40), copied: fc.nat(300), put }),
    { minLength: 1, maxLength: 3 },
  );
  const edited = fc.tuple(one, edits).map(([{ session, header }, edits]) => ({
    allowed: [session],
    header: edits.reduce((text, { at, cut, copied, put }) => {
      const place = at % (text.length + 1);
      const before = text.slice(0, place);
      const again = copied < 150 ? before.slice(-copied) : "";
      return before + again + put + text.slice(place + (cut % 8 ? cut : 0));
    }, header),
  }));
  const mixed = fc.tuple(one, one).chain(([a, b]) => {
    const cookie = fc.constantFrom(...a.cookies, ...b.cookies);
    const segments = [a, b].flatMap(({ cookies: [first] }) =>
      first?.[1].split(".") ?? []
    );
    const value = fc.oneof(
      cookie.map(([, value]) => value),
      fc.array(fc.constantFrom(...segments), { minLength: 5, maxLength: 5 })
        .map((parts) => parts.join(".")),
    );
    const pair = fc.oneof(
      cookie,
      fc.tuple(cookie.map(([name]) => name), value),
    );
    return fc.array(pair, { minLength: 1, maxLength: 6 }).map((pairs) => ({
      allowed: [a.session, b.session],
      header: pairs.map((pair) => pair.join("=")).join("; "),
    }));
  });
  const pasted = fc.constantFrom(...foreign)
    .map((value) => ({ allowed: [], header: `${name}=${value}` }));
  const hostile = fc.oneof(edited, mixed, { arbitrary: pasted, weight: 1 });
  await tryGenerated(100_000, hostile, async ({ allowed, header }) => {
    const jar = new RequestCookieJar(readCookies(header));
    const { session } = await store.open(jar, NOW);
    const known = [undefined, ...allowed].map((one) => JSON.stringify(one));
    assert(known.includes(JSON.stringify(session)), `opened as ${session?.id}`);
  });
});

/** The cookies of a row that the app set, or that look as if it had. */
function ourCookies(lines: readonly string[]): WireJar {
  const names = /^wix_(?:session|visitor|session_[\w-]{16})(?:\.[1-3])?$/;
  const received = Object.entries(readCookies(lines.join("; ")));
  return new WireJar(
    received.flatMap(([name, value = ""]) =>
      names.test(name) ? [[name, value] as const] : []
    ),
  );
}

async function cookieRows(
  own: MemberSession,
  other: MemberSession,
): Promise<Row[]> {
  const now = Math.floor(Date.now() / 1000);
  const { pointer, visitor, of } = cookieNames();
  const name = of(own);
  const claims = { ...own, iat: now, exp: now + 3_600 };
  const forged = (payload: unknown, changes: Partial<Forgery> = {}) =>
    forge(payload, { secret: SECRET, cookieName: name, ...changes });
  const sealed = async (session: Session, changes: Partial<Sealing> = {}) =>
    (await cookiesOf(session, { ...SEALING, now, ...changes })).get(
      of(session),
    ) ??
      "";
  const value = await sealed(own);
  const others = await sealed(other);
  const big = await cookiesOf(bigSession(own), SEALING);
  big.delete(pointer);
  const [first = "", second = "", third = ""] = big.values();
  const bigWith = (changes: Record<string, string>, without = "") =>
    new WireJar([...big, ...Object.entries(changes)]
      .filter(([part]) => part !== without)).header();

  const rows: Row[] = [];
  const row = (
    title: string,
    cookies: string | readonly string[],
    outcome: Outcome = "refused",
  ) => {
    // The pointer names the session, whatever has become of its cookie.
    const [line, ...lines] = [cookies].flat();
    rows.push([title, [`${pointer}=${own.id}; ${line}`, ...lines], outcome]);
  };
  const valued = (title: string, text: string, outcome?: Outcome) =>
    row(title, `${name}=${text}`, outcome);

  valued("T0 a genuine cookie", value, "own");
  row("T0 a genuine cookie in parts", big.header(), "own");
  valued("T0 one sealed by this file", await forged(claims), "own");
  row("T1 no cookie", "", "none");
  valued("T2 an empty value", "");
  const json = JSON.stringify(claims);
  valued("T4 JSON", json);
  valued("T4 JSON, percent-encoded", encodeURIComponent(json));
  valued("T4 JSON, base64url", base64url.encode(json));
  for (const place of [0.1, 0.5, 0.95]) {
    const at = Math.floor(value.length * place);
    const flipped = String.fromCharCode(value.charCodeAt(at) ^ 1);
    valued(`T5 bit ${at}`, value.slice(0, at) + flipped + value.slice(at + 1));
  }
  const withPart = (index: number, text: string) =>
    value.split(".").with(index, text).join(".");
  valued("T6 another nonce", withPart(2, "AAAAAAAAAAAAAAAA"));
  valued("T6 no nonce", withPart(2, ""));
  valued("T8 no ciphertext", withPart(3, ""));
  valued("T8 no tag", withPart(4, ""));
  for (const length of [1, 20, value.length >> 1, value.length - 1]) {
    valued(`T9 cut at ${length}`, value.slice(0, length));
  }
  for (let count = 1; count <= 7; count++) {
    valued(`T10 ${count} more`, value + "A".repeat(count), "either");
  }
  valued("T12 +/", value.replaceAll("-", "+").replaceAll("_", "/"), "either");
  valued("T12 padding", `${value}==`, "either");
  valued("T12 quotes", `"${value}"`, "either");
  valued("T12 percent-encoded", value.replaceAll(".", "%2E"), "either");
  valued("T13 another key", await sealed(own, { secrets: [OTHER_SECRET] }));
  const outdated = await sealed(own, { secrets: [PREVIOUS] });
  valued("T14 the previous key", outdated, "rewritten");
  const kids = ["__proto__", "constructor", "toString", "k".repeat(10_240)];
  for (const kid of kids) {
    const title = `T16 key id ${kid.slice(0, 12)}`;
    valued(title, withHeader(value, { alg: "dir", enc: "A256GCM", kid }));
    valued(`${title}, sealed`, await forged(claims, { kid }));
  }
  const headers = [
    { alg: "none" },
    { alg: "dir", enc: "A256GCM" },
    { alg: "dir", enc: "A256GCM", kid: null },
    { alg: "dir", enc: "none", kid: "x" },
    { alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 2 ** 31, p2s: "x" },
    { alg: "dir", enc: "A256GCM", kid: "x", zip: "DEF" },
    { alg: "dir", enc: "A256GCM", kid: "x", crit: ["x"] },
  ];
  for (const header of headers) {
    valued(`T16 ${JSON.stringify(header)}`, withHeader(value, header));
  }
  for (const version of ["0", "99", "NaN", ""]) {
    valued(`T17 version ${version}`, await forged(claims, { version }));
  }
  const twin = cookieNames(true).of(own);
  for (const cookieName of ["wix_login.", "__Host-wix_login.", twin]) {
    valued(`T18 of ${cookieName}`, await forged(claims, { cookieName }));
  }
  const { tokens, startedAt } = own;
  const kind = "visitor" as const;
  const id = "session-visitor1";
  const visitors = await sealed({ kind, id, tokens, startedAt });
  valued("T18 a visitor's cookie", visitors);
  valued("T18 a visitor's session", await forged({ ...claims, kind }));
  row("T18 a member's cookie as a visitor's", `${visitor}=${value}`);
  const asVisitor = await forged(claims, { cookieName: visitor });
  row("T18 a member's session as a visitor's", `${visitor}=${asVisitor}`);
  const both = `${visitor}=${visitors}; ${name}=${value}`;
  row("T18 a visitor's cookie beside the member's", both, "rewritten");
  valued("T20 of another app", await sealed(own, { clientId: OTHER_APP }));
  const oldest = now - ABSOLUTE_LIFETIME_SECONDS;
  const old = { ...own, startedAt: oldest - 10 };
  valued("T21 too old", await sealed(old, { now: now - 60 }));
  const idle = now - IDLE_LIFETIME_SECONDS - 10;
  valued("T22 idle for too long", await sealed(own, { now: idle }));
  valued("T23 of in 10 minutes", await sealed(own, { now: now + 600 }));
  valued("T23 of in 30 seconds", await sealed(own, { now: now + 30 }), "own");
  for (const payload of [null, [1], "x", 5, {}]) {
    valued(`T24 ${JSON.stringify(payload)}`, await forged(payload));
  }
  for (const exp of [undefined, "soon", -1, null]) {
    valued(`T24 exp ${exp}`, await forged({ ...claims, exp }));
  }
  for (const expiresAt of [NaN, "soon", "1e10", -1, 0, 1.5, 1e18, null]) {
    const changed = { ...claims, tokens: { ...tokens, expiresAt } };
    valued(`T25 expiresAt ${expiresAt}`, await forged(changed));
  }
  for (const kind of ["admin", "Member", "", null, 5, ["member"]]) {
    valued(`T26 kind ${kind}`, await forged({ ...claims, kind }));
  }
  const admin = { ...claims, role: "admin", elevated: true };
  valued("T26 roles that the app ignores", await forged(admin), "own");

  const twice = (one: string, two: string) => `${name}=${one}; ${name}=${two}`;
  row("T28 garbage, then ours", twice("garbage", value), "own");
  row("T28 ours, then garbage", twice(value, "garbage"));
  row("T28 another's, then ours", twice(others, value), "own");
  row("T28 ours, then another's", twice(value, others));
  row("T28 parts, the first another's", bigWith({ [name]: others }));
  row("T29 ours in the last line", [`${name}=x`, `${name}=${value}`], "own");
  row("T29 ours in the first line", [`${name}=${value}`, `${name}=x`]);
  const lines = [...big].map((part) => part.join("="));
  row("T29 a line for each part", lines, "own");
  for (const part of big.keys()) row(`T30 without ${part}`, bigWith({}, part));
  for (const count of ["0", "1", "9", "99", "-1", "1e1", "%32"]) {
    const announced = first.replace(/^\d/, count);
    row(`T30 ${count} parts announced`, bigWith({ [name]: announced }));
  }
  for (const index of ["007", "-1", "999999", "01", "1e0", "__proto__"]) {
    const stray = `${name}.${index}`;
    row(`T30 ${index} for part 1`, bigWith({ [stray]: second }, `${name}.1`));
    row(`T30 a stray part ${index}`, `${stray}=x`, "none");
  }
  const swapped = { [`${name}.1`]: third, [`${name}.2`]: second };
  row("T30 parts swapped", bigWith(swapped));
  const count = (many: number, each: (index: number) => string) =>
    Array.from({ length: many }, (_, index) => each(index)).join("; ");
  row("T30 a thousand parts", count(1_000, (index) => `${name}.${index}=x`));
  row("T32 the twin for http or https", `${twin}=${value}`, "none");
  row("T32 a twin beside", `${name}=${value}; ${twin}=${others}`, "own");
  for (const sibling of [`${name}-x`, `${name}x`, `${name}.x`, `x${name}`]) {
    row(`T33 ${sibling}`, `${sibling}=${value}`, "none");
  }
  row("T33 a sibling beside", `${name}=${value}; ${name}-x=${others}`, "own");
  const filler = count(1_700, (index) => `f${index}=abcdefghij`);
  row("T34 32 KB of others", filler, "none");
  row("T34 32 KB of others and ours", `${filler}; ${name}=${value}`, "own");
  valued("T34 32 KB of value", "a".repeat(32_000));
  for (const noise of ["=x", "a=b;", ";;;", "=", " = ; =", "a", "é=é"]) {
    row(`T34 noise ${noise}`, `${noise}; ${name}=${value}`, "own");
  }
  return rows;
}
