import { assertEquals } from "@std/assert";
import { readBody } from "../../src/gateway/read_body.ts";

const LIMITS = { maxBytes: 10, timeoutMs: 60_000 };

/** A body that counts what was taken from it. */
function bodyOf(chunks: readonly string[]) {
  const left = [...chunks];
  const state = { taken: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = left.shift();
      if (chunk === undefined) return controller.close();
      state.taken++;
      controller.enqueue(new TextEncoder().encode(chunk));
    },
    cancel() {
      state.cancelled = true;
    },
  }, { highWaterMark: 0 });
  return { body, state };
}

Deno.test("readBody() gives the bytes, up to the limit", async () => {
  const { body } = bodyOf(["12345", "67890"]);
  const bytes = await readBody({ body, headers: new Headers() }, LIMITS);
  assertEquals(bytes, new TextEncoder().encode("1234567890"));
});

Deno.test("readBody() gives no bytes for no body", async () => {
  const bytes = await readBody({ body: null, headers: new Headers() }, LIMITS);
  assertEquals(bytes, new Uint8Array());
});

Deno.test("readBody() stops at the byte over the limit (P18)", async () => {
  const { body, state } = bodyOf(["12345", "67890", "1", "never read"]);
  const read = await readBody({ body, headers: new Headers() }, LIMITS);
  assertEquals(read, "too-large");
  assertEquals(state, { taken: 3, cancelled: true });
});

Deno.test("readBody() reads nothing of what says it is too large (P18)", async () => {
  const { body, state } = bodyOf(["1"]);
  const headers = new Headers({ "content-length": "11" });
  assertEquals(await readBody({ body, headers }, LIMITS), "too-large");
  assertEquals(state, { taken: 0, cancelled: true });
});

Deno.test("readBody() does not believe a small Content-Length (P18)", async () => {
  const { body } = bodyOf(["12345678901"]);
  const headers = new Headers({ "content-length": "1" });
  assertEquals(await readBody({ body, headers }, LIMITS), "too-large");
});

Deno.test("readBody() gives up on a body that does not come", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    cancel() {
      cancelled = true;
    },
  });
  const limits = { maxBytes: 10, timeoutMs: 1 };
  const read = await readBody({ body, headers: new Headers() }, limits);
  assertEquals(read, "too-slow");
  assertEquals(cancelled, true);
});
