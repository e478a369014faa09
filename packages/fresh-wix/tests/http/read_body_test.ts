import { assertEquals, assertRejects } from "@std/assert";
import { readBody } from "../../src/http/read_body.ts";

/** A body that counts what was taken from it; `undefined` never arrives. */
function bodyOf(chunks: readonly (string | undefined)[], headers = {}) {
  const left = [...chunks];
  const state = { taken: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (left.length === 0) return controller.close();
      const chunk = left.shift();
      if (chunk === undefined) return new Promise(() => {});
      state.taken++;
      controller.enqueue(new TextEncoder().encode(chunk));
    },
    cancel() {
      state.cancelled = true;
    },
  }, { highWaterMark: 0 });
  return { request: { body, headers: new Headers(headers) }, state };
}

const bodies: [
  title: string,
  chunks: string[],
  headers: Record<string, string>,
  result: string,
  taken: number,
][] = [
  ["up to the limit", ["12345", "67890"], {}, "1234567890", 2],
  ["in one chunk", ["12345"], {}, "12345", 1],
  ["without chunks", [], {}, "", 0],
  [
    "one byte over the limit (P18)",
    ["12345", "67890", "1", "no"],
    {},
    "too-large",
    3,
  ],
  [
    "that says it is too large (P18)",
    ["1"],
    { "content-length": "11" },
    "too-large",
    0,
  ],
  [
    "that says it is small (P18)",
    ["12345678901"],
    { "content-length": "1" },
    "too-large",
    1,
  ],
];
for (const [title, chunks, headers, result, taken] of bodies) {
  Deno.test(`readBody() of a body ${title} is ${result || "empty"}`, async () => {
    const { request, state } = bodyOf(chunks, headers);
    const body = await readBody(request, { maxBytes: 10 });
    const text = typeof body === "string"
      ? body
      : new TextDecoder().decode(body);
    assertEquals(text, result);
    assertEquals(state, { taken, cancelled: result === "too-large" });
  });
}

Deno.test("readBody() of no body is empty", async () => {
  const request = { body: null, headers: new Headers() };
  assertEquals(await readBody(request, { maxBytes: 10 }), new Uint8Array());
});

Deno.test("readBody() gives up on a body that does not arrive (N9)", async () => {
  const { request, state } = bodyOf(["1", undefined]);
  const timeout = new AbortController();
  const { signal } = timeout;
  const reading = readBody(request, { maxBytes: 10, signal });
  timeout.abort();
  assertEquals(await reading, "too-slow");
  assertEquals(state.cancelled, true);
});

Deno.test("readBody() rejects when the sender disconnects", async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.error(new TypeError("reset")),
  });
  const request = { body, headers: new Headers() };
  await assertRejects(() => readBody(request, { maxBytes: 10 }), TypeError);
});
