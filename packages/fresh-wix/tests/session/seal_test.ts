import { assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { createSeal } from "../../src/session/seal.ts";
import { NOW, SEAL_OPTIONS } from "../helpers/sessions.ts";

const LATER = NOW + 60;
const COOKIE = "__Host-wix_session";
const sealing = { cookieName: COOKIE, now: NOW, expiresAt: LATER };
const opening = { cookieName: COOKIE, now: NOW };
const seal = createSeal(SEAL_OPTIONS);
const sealed = await seal.seal({ hello: "a-very-visible-word" }, sealing);

Deno.test("open() returns what seal() was given, with its times", async () => {
  const opened = await seal.open(sealed, opening);
  assertEquals(opened?.claims, {
    hello: "a-very-visible-word",
    aud: COOKIE,
    iat: NOW,
    exp: LATER,
  });
  assertEquals(opened?.expiresAt, LATER);
  assertEquals(opened?.outdatedKey, false);
});

Deno.test("seal() hides its claims, and never gives the same value twice", async () => {
  const again = await seal.seal({ hello: "a-very-visible-word" }, sealing);
  assertNotEquals(again, sealed);
  const parts = sealed.split(".").map((part) =>
    new TextDecoder().decode(
      Uint8Array.fromBase64(part, { alphabet: "base64url" }),
    )
  );
  assertEquals(parts.join().includes("a-very-visible-word"), false);
});

const times: [id: string, now: number, opens: boolean][] = [
  ["the second before its end", LATER - 1, true],
  ["its end (T22)", LATER, false],
  ["a clock that is 30 s behind (T23)", NOW - 30, true],
  ["a clock that is a minute behind (T23)", NOW - 60, true],
  ["a time before it was made (T23)", NOW - 61, false],
  ["10 min before it was made (T23)", NOW - 600, false],
];
for (const [when, now, opens] of times) {
  Deno.test(`a value ${opens ? "opens" : "does not open"} at ${when}`, async () => {
    const opened = await seal.open(sealed, { cookieName: COOKIE, now });
    assertEquals(opened !== undefined, opens);
  });
}

const others: [id: string, options: typeof SEAL_OPTIONS, cookieName: string][] =
  [
    ["another secret (T13)", {
      ...SEAL_OPTIONS,
      sessionSecrets: ["another secret, as long as that one"],
    }, COOKIE],
    ["another app (T20)", {
      ...SEAL_OPTIONS,
      clientId: "00000000-0000-4000-8000-000000000009",
    }, COOKIE],
    ["another cookie (T18)", SEAL_OPTIONS, "__Host-wix_login."],
  ];
for (const [id, options, cookieName] of others) {
  Deno.test(`open() refuses a value of ${id}`, async () => {
    const other = createSeal(options);
    assertEquals(await other.open(sealed, { cookieName, now: NOW }), undefined);
  });
}

Deno.test("the first secret seals, all open: an older one is outdated (T14)", async () => {
  const newSecret = "the new secret, thirty-two characters";
  const rotated = createSeal({
    ...SEAL_OPTIONS,
    sessionSecrets: [newSecret, ...SEAL_OPTIONS.sessionSecrets],
  });
  const opened = await rotated.open(sealed, opening);
  assertEquals(opened?.claims.hello, "a-very-visible-word");
  assertEquals(opened?.outdatedKey, true);

  const onlyNew = createSeal({ ...SEAL_OPTIONS, sessionSecrets: [newSecret] });
  const fresh = await rotated.seal({}, sealing);
  assertEquals((await onlyNew.open(fresh, opening))?.outdatedKey, false);
});

const hostile: [id: string, value: string][] = [
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
for (const [id, value] of hostile) {
  Deno.test(`open() refuses ${id}, without throwing`, async () => {
    assertEquals(await seal.open(value, opening), undefined);
  });
}

Deno.test("open() refuses whatever is cut, changed or put in anywhere (T5, T9, T12)", async () => {
  const place = fc.nat(sealed.length - 1);
  await fc.assert(
    fc.asyncProperty(place, place, fc.string(), async (a, b, text) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const value = sealed.slice(0, from) + text + sealed.slice(to);
      fc.pre(value !== sealed);
      const opened = await seal.open(value, opening);
      // Base64url has spare bits at an end: those are no change.
      assertEquals(
        opened?.claims.hello ?? "a-very-visible-word",
        "a-very-visible-word",
      );
    }),
    { numRuns: 500 },
  );
});

function withPart(index: number, part: string): string {
  return sealed.split(".").with(index, part).join(".");
}

function withKeyId(kid: string): string {
  const header = JSON.stringify({ alg: "dir", enc: "A256GCM", kid });
  return withPart(0, btoa(header).replace(/=+$/, ""));
}
