import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  currentContext,
  RequestContext,
  runUnauthenticated,
} from "../../src/wix/request_context.ts";
import {
  createWixFetch,
  type WixFetch,
  type WixFetchOptions,
} from "../../src/wix/wix_fetch.ts";

type Init = Parameters<WixFetch>[1];

const MEMBERS = "https://www.wixapis.com/members/v1/members/my";
const START = Date.parse("2026-01-01T00:00:00Z");

/** Returns a fetch for a Wix that gives these responses, the last one again. */
function wixWith(
  responses: readonly (() => Response | Promise<Response>)[],
  options: Partial<WixFetchOptions> = {},
) {
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const clock = { now: START };
  const wixFetch = createWixFetch({
    wixApiOrigin: undefined,
    random: () => 0,
    now: () => clock.now,
    fetch: async (url, init) => {
      sent.push({ url: String(url), init });
      const next = responses[Math.min(sent.length, responses.length) - 1];
      return await next?.() ?? Response.json({});
    },
    ...options,
  });
  return { wixFetch, sent, clock };
}
const status = (code: number, headers = {}) => () =>
  new Response("{}", { status: code, headers });
const unreachable = () => Promise.reject(new TypeError("refused"));

async function codeOf(response: Response): Promise<string> {
  const { details } = await response.json();
  return details.applicationError.code;
}

Deno.test("wixFetch() calls Wix only, and no URL that an id changes (S20)", async () => {
  const { wixFetch, sent } = wixWith([status(200)]);
  const elsewhere = "https://evil.com/oauth2/token";
  await assertRejects(() => wixFetch(elsewhere), TypeError);
  // Its method and body would be lost.
  const request = new Request(MEMBERS, { method: "DELETE" });
  await assertRejects(() => wixFetch(request), TypeError);
  const response = await wixFetch(`${MEMBERS}/../../../x`);
  assertEquals([response.status, await codeOf(response)], [400, "INVALID_ID"]);
  assertEquals(sent, []);
});

Deno.test("wixApiOrigin replaces both hosts and keeps path and query; call reports omit them", async () => {
  const calls: unknown[] = [];
  const { wixFetch, sent } = wixWith([status(200)], {
    wixApiOrigin: "http://localhost:4400",
    onCall: ({ method, pathname, status }) =>
      calls.push([method, pathname, status]),
  });
  await wixFetch("https://www.wixapis.com/a?b=%2F");
  await wixFetch("https://edge.wixapis.com/c", { method: "PATCH" });
  assertEquals(sent.map(({ url }) => url), [
    "http://localhost:4400/a?b=%2F",
    "http://localhost:4400/c",
  ]);
  assertEquals(calls, [["GET", "/a", 200], ["PATCH", "/c", 200]]);
});

const broken = () =>
  new Response(
    new ReadableStream({ pull: (to) => to.error(new TypeError("reset")) }),
  );
const endless = (headers = {}) => () =>
  new Response(
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64)),
    }),
    { headers },
  );
// What is sent is small, and what comes out of it is not.
const bomb = endless({ "content-length": "20", "content-encoding": "gzip" });
const LOST = "WIX_UNREACHABLE";
const LARGE = "WIX_RESPONSE_TOO_LARGE";
type Reply = () => Response | Promise<Response>;
const failures: [id: string, reply: Reply, code: string][] = [
  ["U1, U2, U5 no connection", unreachable, LOST],
  ["U4 a body that stops half-way", broken, LOST],
  ["U21 a redirect", status(302, { location: "/" }), "WIX_REDIRECTED"],
  [
    "U21 a switch of protocols",
    () => new Response(null, { status: 101 }),
    "WIX_REDIRECTED",
  ],
  ["U19 an endless body", endless(), LARGE],
  ["P28 a large length", endless({ "content-length": "1001" }), LARGE],
  ["P28 two lengths", endless({ "content-length": "20, 20" }), LARGE],
  ["U20 a compressed body that is large", bomb, LARGE],
];
for (const [id, reply, code] of failures) {
  const isRetryable = code === LOST;
  Deno.test(`${id} is an error in Wix's format`, async () => {
    const { wixFetch, sent } = wixWith([reply], { maxBytes: 1_000 });
    const response = await wixFetch(MEMBERS);
    assertEquals(response.status, isRetryable ? 503 : 502);
    assertEquals(response.headers.get("location"), null);
    assertEquals(await codeOf(response), code);
    assertEquals(sent.length, isRetryable ? 2 : 1);
    assertEquals(sent[0]?.init?.redirect, "manual");
  });
}

/** A fetch that never responds. */
const hangs: typeof fetch = (_url, init) =>
  new Promise((_, reject) => {
    const { signal } = init ?? {};
    signal?.throwIfAborted();
    signal?.addEventListener("abort", () => reject(signal.reason));
  });

Deno.test("a timeout is a 504 (U6), and a cancelled call has the caller's reason", async () => {
  const { wixFetch } = wixWith([], { timeoutMs: 1, fetch: hangs });
  const response = await wixFetch(MEMBERS);
  assertEquals([response.status, await codeOf(response)], [504, "WIX_TIMEOUT"]);
  const signal = AbortSignal.abort(new RangeError("left"));
  await assertRejects(() => wixFetch(MEMBERS, { signal }), RangeError);
});

Deno.test("a failed connection names the network error, without the address", async () => {
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const wixApiOrigin = `http://127.0.0.1:${closed.addr.port}`;
  closed.close();
  const { wixFetch } = wixWith([], { wixApiOrigin, fetch });
  const response = await wixFetch(`${MEMBERS}?secret=1`);
  const { message } = await response.json();
  assertMatch(message, /^No connection: client error \(Connect\).*refused/);
  assertEquals(/secret|http:/.test(message), false);
});

for (const code of [200, 404]) {
  Deno.test(`a ${code} arrives complete`, async () => {
    const text = JSON.stringify({ name: "Élodie שלום" });
    const bytes = [...new TextEncoder().encode(text)];
    const init = { status: code, headers: { "x-wix-request-id": "r" } };
    const chunks = bytes.map((byte) => Uint8Array.of(byte));
    const reply = () => new Response(ReadableStream.from(chunks), init);
    const response = await wixWith([reply]).wixFetch(MEMBERS);
    assertEquals([response.status, response.ok], [code, code === 200]);
    assertEquals(response.headers.get("x-wix-request-id"), "r");
    assertEquals(await response.text(), text);
  });
}

Deno.test("an error has Wix's message, without tokens (S6)", async () => {
  const reply = () =>
    Response.json({ message: "JWS.a.b: no" }, { status: 409 });
  const response = await wixWith([reply]).wixFetch(MEMBERS);
  assertEquals(await response.json(), { message: "[redacted]: no" });
});

type First = () => Response;
const tries: [title: string, init: Init, first: First, count: number][] = [
  ["a GET that meets a 500", {}, status(500), 2],
  ["a GET that meets a 502", {}, status(502), 2],
  ["a GET that meets a 503", {}, status(503), 2],
  ["a GET that is refused", {}, status(403), 1],
  ["a GET that meets a 501", {}, status(501), 1],
  ["a GET that is to wait", {}, status(503, { "retry-after": "9" }), 1],
  ["a POST", { method: "POST" }, status(503), 1],
  ["a PATCH", { method: "PATCH" }, status(503), 1],
  ["a GET of nothing", {}, () => new Response(null, { status: 204 }), 1],
];
for (const [title, init, first, count] of tries) {
  Deno.test(`${title} is tried ${count === 2 ? "twice at most" : "once"}`, async () => {
    const { wixFetch, sent } = wixWith([first]);
    assertEquals((await wixFetch(MEMBERS, init)).status, first().status);
    assertEquals(sent.length, count);
    const mended = wixWith([first, status(207)]).wixFetch;
    const expected = count === 2 ? 207 : first().status;
    assertEquals((await mended(MEMBERS, init)).status, expected);
  });
}

const waits: [id: string, status: number, header: string, seconds: number][] = [
  ["U8", 429, "2", 2],
  ["U8", 503, "2", 2],
  ["U9", 429, "86400", 60],
  ["U9", 429, "Thu, 01 Jan 2026 00:00:05 GMT", 5],
  ["U9", 429, "Thu, 01 Jan 2025 00:00:00 GMT", 1],
  ["U9", 429, "-5", 1],
  ["U9", 429, "soon", 1],
  ["U10", 429, "", 1],
  ["U10", 429, "0", 0],
  ["U12", 503, "", 0],
  ["U12", 500, "5", 0],
];
for (const [id, code, header, seconds] of waits) {
  Deno.test(`${id} a ${code} with Retry-After "${header}" makes its caller wait ${seconds} s`, async () => {
    const first = status(code, header === "" ? {} : { "retry-after": header });
    const { wixFetch, sent, clock } = wixWith([first, status(200)]);
    const post = () => wixFetch(MEMBERS, { method: "POST" });
    await post();
    if (seconds > 0) {
      clock.now += seconds * 1_000 - 1;
      assertEquals(await codeOf(await post()), "WIX_ASKED_TO_WAIT");
      assertEquals(sent.length, 1);
      clock.now += 2;
    }
    assertEquals((await post()).status, 200);
  });
}

const orderUrl = (digit: string) =>
  `https://edge.wixapis.com/ecom/v1/orders/00000000-0000-4000-8000-00000000000${digit}`;
const ANN = { caller: "ann" };
const others: [who: string, url: string, init: Init, status: number][] = [
  ["holds the same caller at the same endpoint", orderUrl("b"), ANN, 503],
  ["spares another caller (N8)", orderUrl("a"), { caller: "ben" }, 200],
  ["spares the app (N8)", orderUrl("a"), {}, 200],
  ["spares another endpoint", MEMBERS, ANN, 200],
  ["spares another method", orderUrl("a"), { ...ANN, method: "PATCH" }, 200],
];
for (const [who, url, init, code] of others) {
  Deno.test(`Retry-After ${who}`, async () => {
    const busy = status(429, { "retry-after": "30" });
    const { wixFetch } = wixWith([busy, status(200)]);
    await wixFetch(orderUrl("a"), ANN);
    assertEquals((await wixFetch(url, init)).status, code);
  });
}

Deno.test("a request without time left makes no call, and with little time no retry", async () => {
  const { wixFetch, sent } = wixWith([status(503)]);
  const callWithin = (value: number) =>
    runUnauthenticated(() => {
      Object.defineProperty(currentContext() ?? {}, "timeLeft", { value });
      return wixFetch(MEMBERS);
    });
  const response = await callWithin(0);
  assertEquals([response.status, await codeOf(response)], [504, "WIX_TIMEOUT"]);
  assertEquals(sent, []);
  await callWithin(400);
  assertEquals(sent.length, 1);
});

Deno.test("only waiting for Wix counts toward a request's time, once for parallel calls", async () => {
  const context = new RequestContext(undefined);
  const realNow = performance.now;
  let now = 0;
  performance.now = () => now;
  try {
    const begin = () => {
      const { promise, ...ends } = Promise.withResolvers<void>();
      return { ...ends, waiting: context.wait(() => promise) };
    };
    const [first, second] = [begin(), begin()];
    now += 2_000;
    assertEquals(context.timeLeft, 5_000);
    first.resolve();
    await first.waiting;
    now += 1_000;
    second.reject(new Error("no"));
    await assertRejects(() => second.waiting);
    assertEquals(context.timeLeft, 4_000);
    now += 60_000;
    assertEquals(context.timeLeft, 4_000);
    const last = begin();
    now += 4_000;
    await assertRejects(() => begin().waiting);
    last.resolve();
    await last.waiting;
  } finally {
    performance.now = realNow;
  }
});
