import { assertEquals, assertNotEquals } from "@std/assert";
import { createSeal, type SealPurpose } from "../../src/session/seal.ts";

const NOW = 1_800_000_000;
const LATER = NOW + 60;
const PURPOSE: SealPurpose = {
  secrets: ["a secret of at least thirty-two characters"],
  clientId: "00000000-0000-4000-8000-000000000001",
  cookieName: "__Host-wix_session",
};
const times = { now: NOW, expiresAt: LATER };

async function sealed(claims = { hello: "world" }): Promise<string> {
  return await createSeal(PURPOSE).seal(claims, times);
}

Deno.test("open() returns what seal() was given, with its times", async () => {
  const seal = createSeal(PURPOSE);
  const opened = await seal.open(await sealed(), NOW);
  assertEquals(opened?.claims, { hello: "world", iat: NOW, exp: LATER });
  assertEquals(opened?.outdatedKey, false);
});

Deno.test("seal() never gives the same value twice", async () => {
  assertNotEquals(await sealed(), await sealed());
});

Deno.test("seal() hides its claims", async () => {
  const value = await sealed({ hello: "a-very-visible-word" });
  const parts = value.split(".").map((part) =>
    new TextDecoder().decode(
      Uint8Array.fromBase64(part, { alphabet: "base64url" }),
    )
  );
  assertEquals(
    parts.some((part) => part.includes("a-very-visible-word")),
    false,
  );
});

Deno.test("open() refuses a value from its expiry on", async () => {
  const seal = createSeal(PURPOSE);
  const value = await sealed();
  assertNotEquals(await seal.open(value, LATER - 1), undefined);
  assertEquals(await seal.open(value, LATER), undefined);
});

const otherPurposes: [string, Partial<SealPurpose>][] = [
  ["another secret (T13)", {
    secrets: ["another secret, as long as that one"],
  }],
  ["another cookie (T18)", { cookieName: "__Host-wix_login." }],
  ["another app (T20)", { clientId: "00000000-0000-4000-8000-000000000009" }],
];
for (const [name, change] of otherPurposes) {
  Deno.test(`open() refuses a value of ${name}`, async () => {
    const other = createSeal({ ...PURPOSE, ...change });
    assertEquals(await other.open(await sealed(), NOW), undefined);
  });
}

Deno.test("open() takes a rotated key and says that it is outdated (T14)", async () => {
  const rotated = createSeal({
    ...PURPOSE,
    secrets: ["the new secret, thirty-two characters", ...PURPOSE.secrets],
  });
  const opened = await rotated.open(await sealed(), NOW);
  assertEquals(opened?.claims.hello, "world");
  assertEquals(opened?.outdatedKey, true);
});

Deno.test("seal() uses the first secret", async () => {
  const first = "the new secret, thirty-two characters";
  const rotated = createSeal({
    ...PURPOSE,
    secrets: [first, ...PURPOSE.secrets],
  });
  const value = await rotated.seal({}, times);
  const onlyFirst = createSeal({ ...PURPOSE, secrets: [first] });
  assertEquals((await onlyFirst.open(value, NOW))?.outdatedKey, false);
});

const hostile: [id: string, change: (value: string) => string][] = [
  ["T2 nothing", () => ""],
  ["T4 plain JSON", () => '{"kind":"member"}'],
  ["T5 a changed header", (value) => `f${value.slice(1)}`],
  ["T6 another IV", (value) => swapPart(value, 2, "AAAAAAAAAAAAAAAA")],
  ["T8 no ciphertext", (value) => swapPart(value, 3, "")],
  ["T9 the first character", (value) => value.slice(0, 1)],
  ["T9 the first half", (value) => value.slice(0, value.length / 2)],
  ["T9 all but the last character", (value) => value.slice(0, -1)],
  ["T10 seven more characters", (value) => `${value}AAAAAAA`],
  ["T16 the key id __proto__", (value) => withHeader(value, "__proto__")],
  ["T16 the key id constructor", (value) => withHeader(value, "constructor")],
  ["T16 a key id of 10 KB", (value) => withHeader(value, "k".repeat(10_240))],
];
for (const [name, change] of hostile) {
  Deno.test(`open() refuses ${name}, without throwing`, async () => {
    const value = change(await sealed());
    assertEquals(await createSeal(PURPOSE).open(value, NOW), undefined);
  });
}

function swapPart(value: string, index: number, part: string): string {
  return value.split(".").with(index, part).join(".");
}

function withHeader(value: string, kid: string): string {
  const header = JSON.stringify({ alg: "dir", enc: "A256GCM", kid });
  return swapPart(value, 0, btoa(header).replace(/=+$/, ""));
}
