import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { createSeal } from "../../src/session/seal.ts";
import { NOW, seal, SEAL_OPTIONS } from "../helpers/sessions.ts";

const LATER = NOW + 60;
const COOKIE = "__Host-wix_session";
const WORD = "a-very-visible-word";
const sealing = { cookieName: COOKIE, now: NOW, expiresAt: LATER };
const sealed = await seal.seal({ hello: WORD }, sealing);
const opens = (value: string, of = seal, cookieName = COOKIE, now = NOW) =>
  of.open(value, { cookieName, now });

Deno.test("open() returns what seal() was given, with its times", async () => {
  assertEquals(await opens(sealed), {
    claims: { hello: WORD, aud: COOKIE, iat: NOW, exp: LATER },
    expiresAt: LATER,
    outdatedKey: false,
  });
});

Deno.test("seal() hides its claims, and never gives the same value twice", async () => {
  assertNotEquals(await seal.seal({ hello: WORD }, sealing), sealed);
  const parts = sealed.split(".").map((part) =>
    Uint8Array.fromBase64(part, { alphabet: "base64url" })
  );
  const text = parts.map((part) => new TextDecoder().decode(part)).join();
  assertEquals(text.includes(WORD), false);
});

const times: [when: string, now: number, isOpened: boolean][] = [
  ["the second before its end", LATER - 1, true],
  ["its end (T22)", LATER, false],
  ["a clock that is 30 s behind (T23)", NOW - 30, true],
  ["a clock that is a minute behind (T23)", NOW - 60, true],
  ["a time before it was made (T23)", NOW - 61, false],
  ["10 min before it was made (T23)", NOW - 600, false],
];
for (const [when, now, isOpened] of times) {
  Deno.test(`a value ${isOpened ? "opens" : "does not open"} at ${when}`, async () => {
    const opened = await opens(sealed, seal, COOKIE, now);
    assertEquals(opened !== undefined, isOpened);
  });
}

const NEW_SECRET = "the new secret, thirty-two characters";
const only = createSeal({ ...SEAL_OPTIONS, sessionSecrets: [NEW_SECRET] });
const otherApp = createSeal({ ...SEAL_OPTIONS, clientId: "another" });
type Opener = typeof seal;
const hostile: [id: string, value: string, of?: Opener, cookie?: string][] = [
  ["another secret's (T13)", sealed, only],
  ["another app's (T20)", sealed, otherApp],
  ["another cookie's (T18)", sealed, seal, "__Host-wix_login."],
  ["T2 nothing", ""],
  ["T4 plain JSON", '{"kind":"member"}'],
  ["T5 a changed header", `f${sealed.slice(1)}`],
  ["T6 another IV", withPart(2, "AAAAAAAAAAAAAAAA")],
  ["T8 no ciphertext", withPart(3, "")],
  ["T10 seven more characters", `${sealed}AAAAAAA`],
  ["T16 the key id __proto__", withKeyId("__proto__")],
  ["T16 the key id constructor", withKeyId("constructor")],
  ["T16 a key id of 10 KB", withKeyId("k".repeat(10_240))],
];
for (const [id, value, of, cookie] of hostile) {
  Deno.test(`open() refuses a value of ${id}, without throwing`, async () => {
    assertEquals(await opens(value, of, cookie), undefined);
  });
}

Deno.test("the first secret seals, all open: an older one is outdated (T14)", async () => {
  const sessionSecrets = [NEW_SECRET, ...SEAL_OPTIONS.sessionSecrets];
  const rotated = createSeal({ ...SEAL_OPTIONS, sessionSecrets });
  assertEquals((await opens(sealed, rotated))?.outdatedKey, true);
  const fresh = await rotated.seal({}, sealing);
  assertEquals((await opens(fresh, only))?.outdatedKey, false);
});

Deno.test("open() refuses truncated, changed and extended values (T5, T9, T12)", async () => {
  const place = fc.nat(sealed.length - 1);
  const edit = async (a: number, b: number, text: string) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const value = sealed.slice(0, from) + text + sealed.slice(to);
    fc.pre(value !== sealed);
    // Base64url has spare bits at an end: those are no change.
    assertEquals((await opens(value))?.claims.hello ?? WORD, WORD);
  };
  const property = fc.asyncProperty(place, place, fc.string(), edit);
  await fc.assert(property, { numRuns: 500 });
});

function withPart(index: number, part: string): string {
  return sealed.split(".").with(index, part).join(".");
}

function withKeyId(kid: string): string {
  const header = JSON.stringify({ alg: "dir", enc: "A256GCM", kid });
  return withPart(0, btoa(header).replace(/=+$/, ""));
}
