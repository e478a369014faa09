import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { HttpError } from "fresh";
import { readForm, singleValue } from "../../src/http/form.ts";
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

const length = (bytes: number) => ({ "content-length": String(bytes) });
type Taken = [result: string, chunks: number, headers?: HeadersInit];
const bodies: [what: string, chunks: string[], ...taken: Taken][] = [
  ["up to the limit", ["12345", "67890"], "1234567890", 2],
  ["in one chunk", ["12345"], "12345", 1],
  ["without chunks", [], "", 0],
  ["over the limit (P18)", ["12345", "67890", "1", "no"], "too-large", 3],
  ["that says it is too large (P18)", ["1"], "too-large", 0, length(11)],
  ["that says it is small (P18)", ["1".repeat(11)], "too-large", 1, length(1)],
];
for (const [what, chunks, result, taken, headers] of bodies) {
  Deno.test(`readBody() of a body ${what} is "${result}"`, async () => {
    const { request, state } = bodyOf(chunks, headers);
    const body = await readBody(request, { maxBytes: 10 });
    const text = typeof body === "string"
      ? body
      : new TextDecoder().decode(body);
    assertEquals(text, result);
    assertEquals(state, { taken, cancelled: result === "too-large" });
  });
}

Deno.test("readBody() reads a response in many chunks", async () => {
  const text = Array.from({ length: 50_000 }, (_, index) => index).join();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(text),
  );
  const response = await fetch(`http://127.0.0.1:${server.addr.port}/`);
  const body = await readBody(response, { maxBytes: text.length });
  assertEquals(body, new TextEncoder().encode(text));
});

Deno.test("readBody() times out on a body that does not arrive (N9)", async () => {
  const { request, state } = bodyOf(["1", undefined]);
  const timeout = new AbortController();
  const { signal } = timeout;
  const reading = readBody(request, { maxBytes: 10, signal });
  timeout.abort();
  assertEquals([await reading, state.cancelled], ["too-slow", true]);
});

Deno.test("readBody() of no body is empty, and rejects when the sender disconnects", async () => {
  const read = (body: ReadableStream | null) =>
    readBody({ body, headers: new Headers() }, { maxBytes: 10 });
  assertEquals(await read(null), new Uint8Array());
  const reset = new TypeError("reset");
  const body = new ReadableStream({ pull: (to) => to.error(reset) });
  await assertRejects(() => read(body), TypeError);
});

const FORM = "application/x-www-form-urlencoded";
const post = (body: BodyInit | null, type: string = FORM) => {
  const headers = { "content-type": type };
  return new Request("http://localhost/", { method: "POST", body, headers });
};

Deno.test("readForm() returns the fields, even if chunks split a character", async () => {
  const bytes = [...new TextEncoder().encode("name=Zoë&name=B")];
  const body = ReadableStream.from(bytes.map((byte) => Uint8Array.of(byte)));
  const form = await readForm(post(body, `${FORM}; charset=UTF-8`));
  assertEquals(form.getAll("name"), ["Zoë", "B"]);
  assertEquals((await readForm(post("", FORM.toUpperCase()))).size, 0);
  assertEquals((await readForm(post("a=1&".repeat(199) + "b=1"))).size, 200);
});

const endless = () =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(1_024)),
  });
const refused: [what: string, form: () => Request, status: number][] = [
  ["multipart", () => post("a=1", "multipart/form-data; boundary=x"), 415],
  ["text", () => post("a=1", "text/plain"), 415],
  ["an endless form", () => post(endless()), 413],
  ["N7 201 fields", () => post("a=1&".repeat(200) + "b=1"), 413],
  ["N7 21,000 fields", () => post("&".repeat(21_000)), 413],
];
for (const [what, form, status] of refused) {
  Deno.test(`readForm() refuses ${what} with ${status}`, async () => {
    const error = await assertRejects(() => readForm(form()), HttpError);
    assertEquals(error.status, status);
  });
}

Deno.test("singleValue() returns the one value, and refuses two", () => {
  const form = new URLSearchParams("a=1&b=&c=1&c=1");
  const values = ["a", "b", "x"].map((name) => singleValue(form, name));
  assertEquals(values, ["1", "", undefined]);
  const error = assertThrows(() => singleValue(form, "c"), HttpError);
  assertEquals(error.status, 400);
});
