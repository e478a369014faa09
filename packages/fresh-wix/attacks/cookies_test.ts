import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { base64url } from "jose";
import { BEN } from "@/tests/helpers/site.ts";
import { createCookieJar, readCookies } from "../src/http/cookies.ts";
import {
  ABSOLUTE_LIFETIME_SECONDS,
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
  type Session,
} from "../src/session/session.ts";
import { NOW, VISITOR } from "../tests/helpers/sessions.ts";
import { onWorkerd, tryEach, tryGenerated } from "./helpers/attack.ts";
import { testsOfApp } from "./helpers/attacked_app.ts";
import * as sealed from "./helpers/sealed_cookies.ts";
import { WireJar } from "@/tests/helpers/wire.ts";

const OTHER_SECRET = "a secret that never was in the app's list";
const OTHER_APP = "00000000-0000-4000-8000-00000000000b";
const { cookieNames, cookiesOf, forge, SECRETS, sessionOf } = sealed;

const test = testsOfApp();

/** `none` is not ours, `refused` a visitor's and expired at once, `own` Ann's,
 * `rewritten` Ann's with one cookie sealed anew or expired.
 */
type Outcome = "none" | "refused" | "own" | "rewritten" | "either";
type Row<T> = readonly [name: string, cookies: T, ...outcome: Outcome[]];

test("G2 T0–T34: the built server serves pages with any cookies", async (attacked) => {
  const member = async (email?: string) =>
    await sessionOf(await attacked.member(email));
  const rows = await cookieRows(await member(), await member(BEN));
  const before = attacked.app.output();
  let refused = 0;
  await tryEach(rows, async ([, lines, outcome]) => {
    for (const target of ["/api/session", "/test/members"]) {
      const calls = attacked.tokenCalls;
      const headers = lines.map((line) => `Cookie: ${line}`);
      const response = await attacked.send({ target, headers });
      const tokenCalls = attacked.tokenCalls - calls;
      const set = response.headers.getSetCookie().length;
      assertEquals([response.status, set < 10], [200, true]);

      const sent = ourCookies(lines);
      const left = new WireJar(sent);
      left.keep(response);
      const next = await attacked.send({ target: "/api/session", jar: left });
      const { kind, member } = JSON.parse(next.body);
      assert(!next.headers.has("set-cookie"), "set or expired later still");
      if (kind === "visitor") {
        assert(["none", "refused", "either"].includes(outcome), "a visitor");
        assert(
          tokenCalls <= (target === "/test/members" ? 1 : 0),
          `${tokenCalls} grants`,
        );
        // The pointer names a session, and may name one that is not there.
        sent.delete("wix_session");
        const kept = [...sent].filter((pair) => left.get(pair[0]) === pair[1]);
        assertEquals(kept, []);
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

test("G2 T2–T34: edited, mixed and foreign cookies decrypt to their original session, or not at all", async () => {
  const { visitor: name } = cookieNames(true);
  const store = sealed.storeOf({ secure: true });
  const sessions = [200, 1_056, 1_056, 2_500, 8_500].map((length, index) => ({
    ...VISITOR,
    id: `session-number-${index}`,
    tokens: { ...VISITOR.tokens, accessToken: "a".repeat(length) },
  }));
  const genuine = await Promise.all(sessions.map(async (session, index) => {
    const secrets = [SECRETS[index % 2] ?? ""];
    const jar = await cookiesOf(session, { secrets, now: NOW, secure: true });
    jar.delete("__Host-wix_session");
    return jar.header();
  }));
  const times = { iat: NOW, exp: NOW + 3_600 };
  const claims = { ...VISITOR, id: "session-foreign1", ...times };
  const foreign = await Promise.all([
    forge(claims, { cookieName: name, secret: OTHER_SECRET }),
    forge(claims, { cookieName: name, clientId: OTHER_APP }),
    forge(claims, { cookieName: name, version: "1" }),
    forge(claims, { cookieName: "wix_login." }),
    forge(claims, { cookieName: cookieNames().visitor }),
    forge({ ...claims, kind: "member" }, { cookieName: name }),
  ]);
  const pasted = foreign.map((value) => `${name}=${value}`);
  const pieces = genuine.flatMap((header) => header.split(/(?=; )|(?<=[.=~])/));
  const put = fc.oneof(
    fc.string({ unit: "binary-ascii", maxLength: 3 }),
    fc.constantFrom("2~", "9~", "; ", ".", "%2E", "é", "\t", `; ${name}.1=`),
    fc.constantFrom("", ...pieces, ...genuine.map((header) => `; ${header}`)),
  );
  const edit = fc.record({ at: fc.nat(), cut: fc.nat(60), put });
  const hostile = fc.tuple(
    fc.constantFrom(...genuine, ...pasted),
    fc.array(edit, { maxLength: 4 }),
  ).map(([header, edits]) =>
    edits.reduce((text, { at, cut, put }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + cut % 50);
    }, header)
  );
  const known = [undefined, ...sessions].map((one) => JSON.stringify(one));
  await tryGenerated(100_000, hostile, async (header) => {
    const jar = createCookieJar(readCookies(header));
    const { session } = await store.open(jar, NOW);
    assert(known.includes(JSON.stringify(session)), `opened ${session?.id}`);
  });
});

/** The cookies of a row that the app set, or that look as if it had. */
function ourCookies(lines: readonly string[]): WireJar {
  const names = /^wix_(?:session|visitor|session_[\w-]{16})(?:\.[1-3])?$/;
  const received = Object.entries(readCookies(lines.join("; ")));
  const ours = received.filter(([name]) => names.test(name));
  return new WireJar(ours.map(([name, value = ""]) => [name, value]));
}

async function cookieRows(own: MemberSession, other: MemberSession) {
  const now = Math.floor(Date.now() / 1000);
  const { pointer, visitor, of } = cookieNames();
  const name = of(own);
  const twin = cookieNames(true).of(own);
  const claims = { ...own, iat: now, exp: now + 3_600 };
  const { tokens, startedAt } = own;
  const forged = (payload: unknown, changes: Partial<sealed.Forgery> = {}) =>
    forge(payload, { cookieName: name, ...changes });
  const seal = async (session: Session, changes?: sealed.Sealing) =>
    (await cookiesOf(session, { now, ...changes })).get(of(session)) ?? "";
  const value = await seal(own);
  const others = await seal(other);
  const { kind } = VISITOR;
  const visitors = await seal({ ...VISITOR, tokens, startedAt });
  const big = await cookiesOf(sealed.bigSession(own));
  big.delete(pointer);
  const [first = "", second = "", third = ""] = big.values();
  const bigWith = (changes: Record<string, string>, without = "") =>
    new WireJar([...big, ...Object.entries(changes)]
      .filter(([part]) => part !== without)).header();
  const json = JSON.stringify(claims);
  const flipped = (at: number) =>
    value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) +
    value.slice(at + 1);
  const withPart = (index: number, text: string) =>
    value.split(".").with(index, text).join(".");
  const many = (count: number, one: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => one(index)).join("; ");
  const filler = many(1_700, (index) => `f${index}=abcdefghij`);
  const tooOld = { ...own, startedAt: now - ABSOLUTE_LIFETIME_SECONDS - 10 };
  const GCM = { alg: "dir", enc: "A256GCM" };

  /** Values of Ann's cookie. */
  // deno-fmt-ignore -- a table
  const values: Row<string | Promise<string>>[] = [
    ["T0 genuine", value, "own"],
    ["T0 sealed by this file", forged(claims), "own"],
    ["T2 empty", ""],
    ["T4 JSON", json],
    ["T4 JSON, percent-encoded", encodeURIComponent(json)],
    ["T4 JSON, base64url", base64url.encode(json)],
    ...[0.1, 0.5, 0.95].map((at) => [`T5 bit at ${at}`, flipped(Math.floor(value.length * at))] as const),
    ["T6 another nonce", withPart(2, "AAAAAAAAAAAAAAAA")],
    ["T6 no nonce", withPart(2, "")],
    ["T8 no ciphertext", withPart(3, "")],
    ["T8 no tag", withPart(4, "")],
    ...[1, 20, value.length >> 1, value.length - 1].map((at) => [`T9 cut at ${at}`, value.slice(0, at)] as const),
    ...[1, 2, 3, 4, 5, 6, 7].map((count) => [`T10 ${count} more`, value + "A".repeat(count), "either"] as const),
    ["T12 +/", value.replaceAll("-", "+").replaceAll("_", "/"), "either"],
    ["T12 padding", `${value}==`, "either"],
    ["T12 quotes", `"${value}"`, "either"],
    ["T12 percent-encoded", value.replaceAll(".", "%2E"), "either"],
    ["T13 another key", seal(own, { secrets: [OTHER_SECRET] })],
    ["T14 the previous key", seal(own, { secrets: [SECRETS[1]] }), "rewritten"],
    ...["__proto__", "constructor", "toString", "k".repeat(10_240)].flatMap((kid) => [
      [`T16 key id ${kid.slice(0, 12)}`, sealed.withHeader(value, { ...GCM, kid })] as const,
      [`T16 key id ${kid.slice(0, 12)}, sealed`, forged(claims, { kid })] as const,
    ]),
    ...[
      { alg: "none" }, GCM, { ...GCM, kid: null }, { alg: "dir", enc: "none", kid: "x" },
      { ...GCM, alg: "PBES2-HS256+A128KW", p2c: 2 ** 31, p2s: "x" }, { ...GCM, kid: "x", zip: "DEF" },
      { ...GCM, kid: "x", crit: ["x"] },
    ].map((header) => [`T16 ${JSON.stringify(header)}`, sealed.withHeader(value, header)] as const),
    ...["0", "99", "NaN", ""].map((version) => [`T17 version ${version}`, forged(claims, { version })] as const),
    ...["wix_login.", "__Host-wix_login.", twin].map((cookieName) => [`T18 of ${cookieName}`, forged(claims, { cookieName })] as const),
    ["T18 a visitor's cookie", visitors],
    ["T18 a visitor's session", forged({ ...claims, kind })],
    ["T20 of another app", seal(own, { clientId: OTHER_APP })],
    ["T21 past its absolute lifetime", seal(tooOld, { now: now - 60 })],
    ["T22 idle for too long", seal(own, { now: now - IDLE_LIFETIME_SECONDS - 10 })],
    ["T23 sealed in 10 minutes", seal(own, { now: now + 600 })],
    ["T23 sealed in 30 seconds", seal(own, { now: now + 30 }), "own"],
    ...[null, [1], "x", 5, {}].map((payload) => [`T24 ${JSON.stringify(payload)}`, forged(payload)] as const),
    ...[undefined, "soon", -1, null].map((exp) => [`T24 exp ${exp}`, forged({ ...claims, exp })] as const),
    ...[NaN, "soon", "1e10", -1, 0, 1.5, 1e18, null].map((expiresAt) =>
      [`T25 expiresAt ${expiresAt}`, forged({ ...claims, tokens: { ...tokens, expiresAt } })] as const),
    ...["admin", "Member", "", null, 5, ["member"]].map((kind) => [`T26 kind ${kind}`, forged({ ...claims, kind })] as const),
    ["T26 roles that the app ignores", forged({ ...claims, role: "admin", elevated: true }), "own"],
    ["T34 32 KB", "a".repeat(32_000)],
  ];
  /** `Cookie` lines. */
  // deno-fmt-ignore -- a table
  const lines: Row<string | readonly string[]>[] = [
    ["T0 genuine, in parts", big.header(), "own"],
    ["T1 no cookie", "", "none"],
    ["T18 a member's cookie as a visitor's", `${visitor}=${value}`],
    ["T18 a member's session as a visitor's", `${visitor}=${await forged(claims, { cookieName: visitor })}`],
    ["T18 a visitor's cookie beside", `${visitor}=${visitors}; ${name}=${value}`, "rewritten"],
    ["T28 garbage, then ours", `${name}=garbage; ${name}=${value}`, "own"],
    ["T28 ours, then garbage", `${name}=${value}; ${name}=garbage`],
    ["T28 another's, then ours", `${name}=${others}; ${name}=${value}`, "own"],
    ["T28 ours, then another's", `${name}=${value}; ${name}=${others}`],
    ["T28 parts, the first another's", bigWith({ [name]: others })],
    ["T29 ours in the last line", [`${name}=x`, `${name}=${value}`], onWorkerd("refused", "own")],
    ["T29 ours in the first line", [`${name}=${value}`, `${name}=x`]],
    ...onWorkerd([], [["T29 a line for each part", [...big].map((part) => part.join("=")), "own"]] as const),
    ...[...big.keys()].map((part) => [`T30 without ${part}`, bigWith({}, part)] as const),
    ...["0", "1", "9", "99", "-1", "1e1", "%32"].map((count) =>
      [`T30 ${count} parts announced`, bigWith({ [name]: first.replace(/^\d/, count) })] as const),
    ...["007", "-1", "999999", "01", "1e0", "__proto__"].flatMap((index) => [
      [`T30 ${index} for part 1`, bigWith({ [`${name}.${index}`]: second }, `${name}.1`)] as const,
      [`T30 a stray part ${index}`, `${name}.${index}=x`, "none"] as const,
    ]),
    ["T30 parts swapped", bigWith({ [`${name}.1`]: third, [`${name}.2`]: second })],
    ["T30 a thousand parts", many(1_000, (index) => `${name}.${index}=x`)],
    ["T32 the twin for https", `${twin}=${value}`, "none"],
    ["T32 the twin beside", `${name}=${value}; ${twin}=${others}`, "own"],
    ...[`${name}-x`, `${name}x`, `${name}.x`, `x${name}`].map((sibling) => [`T33 ${sibling}`, `${sibling}=${value}`, "none"] as const),
    ["T33 a sibling beside", `${name}=${value}; ${name}-x=${others}`, "own"],
    ["T34 32 KB of others", filler, "none"],
    ["T34 32 KB of others and ours", `${filler}; ${name}=${value}`, "own"],
    ...["=x", "a=b;", ";;;", "=", " = ; =", "a", "é=é"].map((noise) => [`T34 noise ${noise}`, `${noise}; ${name}=${value}`, "own"] as const),
  ];
  for (const [title, value, ...outcome] of values) {
    lines.push([title, `${name}=${await value}`, ...outcome]);
  }
  return lines.map(([title, cookies, outcome = "refused"]) => {
    // The pointer names the session, whatever has become of its cookie.
    const [line, ...more] = [cookies].flat();
    const sent = [`${pointer}=${own.id}; ${line}`, ...more];
    return [title, sent, outcome] as const;
  });
}
