import { assertEquals } from "@std/assert";
import { rememberOpened } from "../../src/session/remember_opened.ts";
import { createSeal } from "../../src/session/seal.ts";

const NOW = 1_800_000_000;
const LATER = NOW + 60;

/** A seal whose openings are counted. */
function countingSeal() {
  const seal = createSeal({
    secrets: ["a secret of at least thirty-two characters"],
    clientId: "00000000-0000-4000-8000-000000000001",
    cookieName: "__Host-wix_session",
  });
  const count = { opened: 0 };
  return {
    count,
    sealed: (text: string) =>
      seal.seal({ text }, { now: NOW, expiresAt: LATER }),
    seal: {
      open: (value: string, now: number) => {
        count.opened++;
        return seal.open(value, now);
      },
    },
  };
}

Deno.test("open() decrypts a value once", async () => {
  const { seal, sealed, count } = countingSeal();
  const open = rememberOpened(seal.open);
  const value = await sealed("hello");
  const first = await open(value, NOW);
  assertEquals(first?.claims.text, "hello");
  assertEquals(await open(value, NOW + 1), first);
  assertEquals(count.opened, 1);
});

Deno.test("open() refuses a value that it knows from its expiry on", async () => {
  const { seal, sealed } = countingSeal();
  const open = rememberOpened(seal.open);
  const value = await sealed("hello");
  assertEquals((await open(value, LATER - 1))?.claims.text, "hello");
  assertEquals(await open(value, LATER), undefined);
});

Deno.test("open() refuses a value that differs from a known one by a bit (T5)", async () => {
  const { seal, sealed } = countingSeal();
  const open = rememberOpened(seal.open);
  const value = await sealed("hello");
  await open(value, NOW);
  const middle = Math.floor(value.length / 2);
  const other = value.at(middle) === "A" ? "B" : "A";
  const changed = value.slice(0, middle) + other + value.slice(middle + 1);
  assertEquals(await open(changed, NOW), undefined);
});

Deno.test("open() asks again about what did not open", async () => {
  const { seal, count } = countingSeal();
  const open = rememberOpened(seal.open);
  assertEquals(await open("nonsense", NOW), undefined);
  assertEquals(await open("nonsense", NOW), undefined);
  assertEquals(count.opened, 2);
});

Deno.test("what does not open takes no room from what did", async () => {
  const { seal, sealed, count } = countingSeal();
  const value = await sealed("hello");
  const open = rememberOpened(seal.open, { maxSize: value.length });
  await open(value, NOW);
  await open("nonsense", NOW);
  count.opened = 0;
  await open(value, NOW);
  assertEquals(count.opened, 0);
});

Deno.test("open() forgets the oldest values beyond its size", async () => {
  const { seal, sealed, count } = countingSeal();
  const [first, second, third] = await Promise.all(
    ["a", "b", "c"].map(sealed),
  ) as [string, string, string];
  const open = rememberOpened(seal.open, { maxSize: first.length * 2 });
  for (const value of [first, second, third, third, second]) {
    assertEquals((await open(value, NOW)) !== undefined, true);
  }
  assertEquals(count.opened, 3);
  await open(first, NOW);
  assertEquals(count.opened, 4);
});

Deno.test("open() counts a value that is opened twice at once only once", async () => {
  const { seal, sealed, count } = countingSeal();
  const [first, second] = await Promise.all(["a", "b"].map(sealed)) as [
    string,
    string,
  ];
  const open = rememberOpened(seal.open, { maxSize: first.length * 2 });
  await Promise.all([open(first, NOW), open(first, NOW)]);
  await open(second, NOW);
  count.opened = 0;
  await Promise.all([open(first, NOW), open(second, NOW)]);
  assertEquals(count.opened, 0);
});

Deno.test("open() counts values by the size that it is told", async () => {
  const { seal, sealed, count } = countingSeal();
  const values = await Promise.all(["a", "b", "c"].map(sealed));
  const open = rememberOpened(seal.open, { sizeOf: () => 10, maxSize: 20 });
  for (const value of values) await open(value, NOW);
  count.opened = 0;
  for (const value of values.toReversed()) await open(value, NOW);
  assertEquals(count.opened, 1);
});
