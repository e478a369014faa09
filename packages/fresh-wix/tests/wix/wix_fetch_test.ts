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

Deno.test("wixFetch() calls Wix only", async () => {
  const { wixFetch } = wixWith([status(200)]);
  await assertRejects(
    () => wixFetch("https://evil.com/oauth2/token"),
    TypeError,
  );
});

Deno.test("wixApiOrigin stands for both hosts, with path and query", async () => {
  const { wixFetch, sent } = wixWith([status(200)], {
    wixApiOrigin: "http://localhost:4400",
  });
  await wixFetch("https://www.wixapis.com/a?b=%2F");
  await wixFetch("https://edge.wixapis.com/c");
  assertEquals(sent.map(({ url }) => url), [
    "http://localhost:4400/a?b=%2F",
    "http://localhost:4400/c",
  ]);
});

Deno.test("each call is reported once, without its query", async () => {
  const calls: unknown[] = [];
  const { wixFetch } = wixWith([status(200)], {
    onCall: ({ method, pathname, status }) =>
      calls.push([method, pathname, status]),
  });
  await wixFetch(`${MEMBERS}?secret=1`, { method: "PATCH" });
  assertEquals(calls, [["PATCH", "/members/v1/members/my", 200]]);
});

Deno.test("an id that leads elsewhere is a 400, and no call", async () => {
  const { wixFetch, sent } = wixWith([status(200)]);
  const response = await wixFetch(`${MEMBERS}/../../../x`);
  assertEquals(response.status, 400);
  assertEquals(await codeOf(response), "INVALID_ID");
  assertEquals(sent, []);
});

const TOO_LARGE = "WIX_RESPONSE_TOO_LARGE";
const broken = () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError("reset")),
    }),
  );
const endless = (headers = {}) =>
  new Response(
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64)),
    }),
    { headers },
  );
const tooLarge = (headers = {}) => () => endless(headers);
const failures: [
  id: string,
  response: () => Response | Promise<Response>,
  code: string,
][] = [
  ["U1, U2, U5 no connection", unreachable, "WIX_UNREACHABLE"],
  ["U4 a body that stops half-way", broken, "WIX_UNREACHABLE"],
  ["U21 a redirect", status(302, { location: "/" }), "WIX_REDIRECTED"],
  ["U19 an endless body", tooLarge(), TOO_LARGE],
  ["P28 a large length", tooLarge({ "content-length": "1001" }), TOO_LARGE],
  ["P28 two lengths", tooLarge({ "content-length": "20, 20" }), TOO_LARGE],
  // What is sent is small then, and what comes out of it is not.
  [
    "U20 a compressed body that is large",
    tooLarge({ "content-length": "20", "content-encoding": "gzip" }),
    TOO_LARGE,
  ],
];
for (const [id, reply, code] of failures) {
  const isRetryable = code === "WIX_UNREACHABLE";
  Deno.test(`${id} is an error in the form of Wix's`, async () => {
    const { wixFetch, sent } = wixWith([reply], { maxBytes: 1_000 });
    const response = await wixFetch(MEMBERS);
    assertEquals(response.status, isRetryable ? 503 : 502);
    assertEquals(response.headers.get("location"), null);
    assertEquals(await codeOf(response), code);
    assertEquals(sent.length, isRetryable ? 2 : 1);
    assertEquals(sent[0]?.init?.redirect, "manual");
  });
}

Deno.test("no response in time is a 504, and the request is aborted (U6)", async () => {
  const { wixFetch, sent } = wixWith([], {
    timeoutMs: 1,
    fetch: (url, init) => {
      sent.push({ url: String(url), init });
      return new Promise((_, reject) =>
        init?.signal?.addEventListener(
          "abort",
          () => reject(init.signal?.reason),
        )
      );
    },
  });
  const response = await wixFetch(MEMBERS);
  assertEquals([response.status, await codeOf(response)], [504, "WIX_TIMEOUT"]);
  assertEquals(sent.map(({ init }) => init?.signal?.aborted), [true]);
});

Deno.test("no connection says what the network did, and no address", async () => {
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr;
  closed.close();
  const { wixFetch } = wixWith([], {
    wixApiOrigin: `http://127.0.0.1:${port}`,
    fetch,
  });
  const response = await wixFetch(`${MEMBERS}?secret=1`);
  const { message } = await response.json();
  assertMatch(message, /^No connection: client error \(Connect\).*refused/);
  assertEquals(/secret|http:/.test(message), false);
});

Deno.test("a caller who leaves gets their own reason", async () => {
  const { wixFetch } = wixWith([], {
    fetch: (_url, init) => {
      init?.signal?.throwIfAborted();
      return Promise.resolve(new Response("{}"));
    },
  });
  const leaving = AbortSignal.abort(new RangeError("left"));
  await assertRejects(() => wixFetch(MEMBERS, { signal: leaving }), RangeError);
});

for (const code of [200, 404]) {
  Deno.test(`a ${code} arrives whole, can be cloned, and copied to a browser`, async () => {
    const text = JSON.stringify({ name: "Élodie שלום" });
    const { wixFetch } = wixWith([() =>
      new Response(
        ReadableStream.from(
          [...new TextEncoder().encode(text)].map((byte) =>
            Uint8Array.of(byte)
          ),
        ),
        {
          status: code,
          statusText: "As Wix says",
          headers: { "x-wix-request-id": "r" },
        },
      )]);
    const response = await wixFetch(MEMBERS);
    const copies = [response.clone(), new Response(response.body, response)];
    for (const copy of copies) {
      assertEquals([copy.status, copy.ok], [code, code === 200]);
      assertEquals(copy.statusText, "As Wix says");
      assertEquals(copy.headers.get("x-wix-request-id"), "r");
      assertEquals(await copy.text(), text);
    }
  });
}

Deno.test("an error says what Wix says, without tokens (S6)", async () => {
  const { wixFetch } = wixWith([
    () =>
      Response.json({ message: "gil@demo.example has JWS.a.b" }, {
        status: 409,
      }),
  ]);
  assertEquals(await (await wixFetch(MEMBERS)).json(), {
    message: "gil@demo.example has [redacted]",
  });
});

const tries: [
  title: string,
  init: Parameters<WixFetch>[1],
  first: () => Response,
  count: number,
][] = [
  ["a GET that meets a 500", {}, status(500), 2],
  ["a GET that meets a 502", {}, status(502), 2],
  ["a GET that meets a 503", {}, status(503), 2],
  ["a GET that is refused", {}, status(403), 1],
  ["a GET that meets a 501", {}, status(501), 1],
  ["a GET that is to wait", {}, status(503, { "retry-after": "9" }), 1],
  ["a POST", { method: "POST" }, status(503), 1],
  ["a PATCH", { method: "PATCH" }, status(503), 1],
];
for (const [title, init, first, count] of tries) {
  Deno.test(`${title} is tried ${count === 2 ? "twice at most" : "once"}`, async () => {
    const { wixFetch, sent } = wixWith([first]);
    assertEquals((await wixFetch(MEMBERS, init)).status, first().status);
    assertEquals(sent.length, count);
  });
}

Deno.test("a second try may succeed", async () => {
  const { wixFetch } = wixWith([unreachable, status(200)]);
  assertEquals((await wixFetch(MEMBERS)).status, 200);
});

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
  const first = status(
    code,
    header === "" ? {} : { "retry-after": header },
  );
  Deno.test(`${id} a ${code} with Retry-After "${header}" makes its caller wait ${seconds} s`, async () => {
    const { wixFetch, sent, clock } = wixWith([first, status(200)]);
    const post = () => wixFetch(MEMBERS, { method: "POST" });
    await post();
    if (seconds > 0) {
      clock.now += seconds * 1_000 - 1;
      const refused = await post();
      assertEquals(refused.status, 503);
      assertEquals(await codeOf(refused), "WIX_ASKED_TO_WAIT");
      assertEquals(sent.length, 1);
      clock.now += 2;
    }
    assertEquals((await post()).status, 200);
  });
}

const ORDER =
  "https://edge.wixapis.com/ecom/v1/orders/00000000-0000-4000-8000-";
const others: [
  title: string,
  url: string,
  init: Parameters<WixFetch>[1],
  waits: boolean,
][] = [
  ["the same caller at the same endpoint", ORDER + "00000000000b", {
    caller: "ann",
  }, true],
  ["another caller (N8)", ORDER + "00000000000a", { caller: "ben" }, false],
  ["the app (N8)", ORDER + "00000000000a", {}, false],
  ["another endpoint", MEMBERS, { caller: "ann" }, false],
  [
    "another method",
    ORDER + "00000000000a",
    { caller: "ann", method: "PATCH" },
    false,
  ],
];
for (const [title, url, init, waits] of others) {
  Deno.test(`Retry-After ${waits ? "holds" : "does not hold"} ${title}`, async () => {
    const { wixFetch } = wixWith([
      status(429, { "retry-after": "30" }),
      status(200),
    ]);
    await wixFetch(`${ORDER}00000000000a`, { caller: "ann" });
    assertEquals((await wixFetch(url, init)).status, waits ? 503 : 200);
  });
}

/** Runs `call` in a request that has so many milliseconds left for Wix. */
function withTimeLeft<T>(milliseconds: number, call: () => Promise<T>) {
  return runUnauthenticated(() => {
    const context = currentContext();
    if (context === undefined) throw new Error("no context");
    Object.defineProperty(context, "timeLeft", { value: milliseconds });
    return call();
  });
}

Deno.test("a request without time left makes no call", async () => {
  const { wixFetch, sent } = wixWith([status(200)]);
  const response = await withTimeLeft(0, () => wixFetch(MEMBERS));
  assertEquals([response.status, await codeOf(response)], [504, "WIX_TIMEOUT"]);
  assertEquals(sent, []);
});

Deno.test("a request with little time left makes no second try", async () => {
  const { wixFetch, sent } = wixWith([status(503)]);
  await withTimeLeft(400, () => wixFetch(MEMBERS));
  assertEquals(sent.length, 1);
});

Deno.test("a request's time is spent by waiting, once for parallel calls, and by nothing else", async () => {
  const context = new RequestContext(undefined);
  const realNow = performance.now;
  let now = 0;
  performance.now = () => now;
  try {
    const calls = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ];
    const waiting = calls.map(({ promise }) => context.wait(() => promise));
    now += 2_000;
    assertEquals(context.timeLeft, 5_000);
    calls[0]?.resolve();
    await waiting[0];
    now += 1_000;
    calls[1]?.reject(new Error("no"));
    await assertRejects(() => waiting[1] ?? Promise.resolve());
    assertEquals(context.timeLeft, 4_000);
    now += 60_000;
    assertEquals(context.timeLeft, 4_000);
    const last = Promise.withResolvers<void>();
    const pending = context.wait(() => last.promise);
    now += 4_000;
    await assertRejects(() => context.wait(() => last.promise));
    last.resolve();
    await pending;
  } finally {
    performance.now = realNow;
  }
});
