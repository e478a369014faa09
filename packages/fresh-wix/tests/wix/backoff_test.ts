import { assertEquals } from "@std/assert";
import { createBackoff, retryAfterMs } from "../../src/wix/backoff.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

const headers: [id: string, header: string | null, wait: number | undefined][] =
  [
    ["none", null, undefined],
    ["U8 seconds", "2", 2_000],
    ["zero", "0", 0],
    ["U9 a day", "86400", 60_000],
    ["U9 a date", "Thu, 01 Jan 2026 00:00:05 GMT", 5_000],
    ["U9 a date gone by", "Thu, 01 Jan 2025 00:00:00 GMT", undefined],
    ["U9 a negative number", "-5", undefined],
    ["U9 garbage", "soon", undefined],
  ];
for (const [id, header, wait] of headers) {
  Deno.test(`retryAfterMs() of ${id} is ${wait}`, () => {
    assertEquals(retryAfterMs(header, NOW), wait);
  });
}

function backoffAt() {
  const state = { now: NOW };
  const backoff = createBackoff({ now: () => state.now, random: () => 0.5 });
  const answer = (status: number, retryAfter?: string) =>
    backoff.observe(
      "POST /x",
      new Response(null, {
        status,
        headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
      }),
    );
  return { state, backoff, answer };
}

Deno.test("an endpoint is left alone for as long as it asks (U8)", () => {
  const { state, backoff, answer } = backoffAt();
  answer(429, "2");
  assertEquals(backoff.isWaiting("POST /x"), true);
  assertEquals(backoff.isWaiting("POST /y"), false);
  state.now += 1_999;
  assertEquals(backoff.isWaiting("POST /x"), true);
  state.now += 1;
  assertEquals(backoff.isWaiting("POST /x"), false);
});

Deno.test("a 429 without a time waits a second and a half, give or take (U10)", () => {
  const { state, backoff, answer } = backoffAt();
  answer(429);
  state.now += 1_499;
  assertEquals(backoff.isWaiting("POST /x"), true);
  state.now += 1;
  assertEquals(backoff.isWaiting("POST /x"), false);
});

Deno.test("a 503 makes wait only when it says for how long", () => {
  const { backoff, answer } = backoffAt();
  answer(503);
  answer(500, "5");
  assertEquals(backoff.isWaiting("POST /x"), false);
  answer(503, "5");
  assertEquals(backoff.isWaiting("POST /x"), true);
});

Deno.test("a clock that is set back does not make a wait longer (U25)", () => {
  const { state, backoff, answer } = backoffAt();
  answer(429, "2");
  state.now -= 60 * 60 * 1_000;
  assertEquals(backoff.isWaiting("POST /x"), false);
});
