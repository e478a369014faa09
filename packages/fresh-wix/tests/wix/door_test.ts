import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { mutableResponse } from "../../src/http/mutable_response.ts";
import type { Budget } from "../../src/wix/budget.ts";
import { createDoor, type DoorOptions } from "../../src/wix/door.ts";

const URL_OF_WIX = "https://www.wixapis.com/members/v1/members/my";

function door(send: typeof fetch, options: Partial<DoorOptions> = {}) {
  return createDoor({ wixApiOrigin: undefined, fetch: send, ...options });
}

const ok: typeof fetch = () => Promise.resolve(new Response("{}"));

async function codeOf(response: Response): Promise<string> {
  const { details } = await response.json();
  return details.applicationError.code;
}

Deno.test("the door opens to Wix only", async () => {
  await assertRejects(
    () => door(ok)("https://evil.com/oauth2/token"),
    TypeError,
  );
});

Deno.test("an id that leads elsewhere is a 400, and no call", async () => {
  let calls = 0;
  const call = door(() => {
    calls++;
    return ok(URL_OF_WIX);
  });
  const order = "https://www.wixapis.com/ecom/v1/orders/";
  const answers = await Promise.all([
    call(`${order}../../../members/v1/members/my`),
    call(`${order}x?y/cancel`, {
      method: "POST",
      body: JSON.stringify({ id: "x?y" }),
    }),
  ]);
  assertEquals(answers.map(({ status }) => status), [400, 400]);
  assertEquals(await Promise.all(answers.map(codeOf)), [
    "INVALID_ID",
    "INVALID_ID",
  ]);
  assertEquals(calls, 0);
});

Deno.test("wixApiOrigin answers for both hosts, with path and query", async () => {
  const asked: string[] = [];
  const call = door((url) => {
    asked.push(String(url));
    return Promise.resolve(new Response("{}"));
  }, { wixApiOrigin: "http://localhost:4400" });
  await call("https://www.wixapis.com/a?b=%2F");
  await call("https://edge.wixapis.com/c");
  assertEquals(asked, [
    "http://localhost:4400/a?b=%2F",
    "http://localhost:4400/c",
  ]);
});

Deno.test("no connection is a 503 answer in Wix's form (U1, U2, U5)", async () => {
  const response = await door(() => Promise.reject(new TypeError("refused")))(
    URL_OF_WIX,
  );
  assertEquals(response.status, 503);
  assertEquals(await codeOf(response), "WIX_UNREACHABLE");
});

Deno.test("no connection says what kind of trouble it was, and no address", async () => {
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr;
  closed.close();
  const response = await door(fetch, {
    wixApiOrigin: `http://127.0.0.1:${port}`,
    random: () => 0,
  })(`${URL_OF_WIX}?secret=1`);
  const { message } = await response.json();
  assertMatch(message, /^No connection: client error \(Connect\).*refused/);
  assertEquals(/secret|http:/.test(message), false);
});

Deno.test("no answer in time is a 504, and the request is aborted (U6)", async () => {
  let aborted = false;
  const hang: typeof fetch = (_url, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => {
        aborted = true;
        reject(init.signal?.reason);
      });
    });
  const response = await door(hang, { timeoutMs: 1 })(URL_OF_WIX);
  assertEquals(response.status, 504);
  assertEquals(await codeOf(response), "WIX_TIMEOUT");
  assertEquals(aborted, true);
});

Deno.test("a body that stops half-way is a 503 (U4)", async () => {
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError("reset"));
    },
  });
  const response = await door(() => Promise.resolve(new Response(broken)))(
    URL_OF_WIX,
  );
  assertEquals(response.status, 503);
});

Deno.test("a body over the limit is cut with a 502 (P28)", async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(64)),
  });
  const response = await door(
    () => Promise.resolve(new Response(endless)),
    { maxBytes: 1_000 },
  )(URL_OF_WIX);
  assertEquals(response.status, 502);
  assertEquals(await codeOf(response), "WIX_ANSWER_TOO_LARGE");
});

const sized: [name: string, headers: Record<string, string>][] = [
  ["says so", { "content-length": "1001" }],
  ["says nothing", {}],
  ["says so twice", { "content-length": "20, 20" }],
  // What is sent is small then, and what comes out of it is not.
  ["is compressed", { "content-length": "20", "content-encoding": "gzip" }],
];
for (const [name, headers] of sized) {
  Deno.test(`a body over the limit is a 502 when the answer ${name} (P28)`, async () => {
    const response = await door(
      () => Promise.resolve(new Response("x".repeat(1_001), { headers })),
      { maxBytes: 1_000 },
    )(URL_OF_WIX);
    assertEquals(await codeOf(response), "WIX_ANSWER_TOO_LARGE");
  });
}

Deno.test("a body in parts arrives whole, with its status and headers", async () => {
  const parts = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of ["{", '"a"', ":1}"]) {
        controller.enqueue(new TextEncoder().encode(part));
      }
      controller.close();
    },
  });
  const response = await door(() =>
    Promise.resolve(
      new Response(parts, {
        status: 404,
        headers: { "x-wix-request-id": "r" },
      }),
    )
  )(URL_OF_WIX);
  assertEquals(response.status, 404);
  assertEquals(response.headers.get("x-wix-request-id"), "r");
  assertEquals(await response.json(), { a: 1 });
});

Deno.test("an error says what Wix says, without tokens (S6)", async () => {
  const body = JSON.stringify({ message: "gil@demo.example has JWS.a.b" });
  const length = { "content-length": String(body.length) };
  const ways: [way: string, headers: Record<string, string>][] = [
    ["JSON with its length", {
      ...length,
      "content-type": "application/json",
    }],
    ["else with its length", { ...length, "content-type": "text/plain" }],
    ["in parts", { "content-type": "application/json" }],
  ];
  for (const [way, headers] of ways) {
    const response = await door(() =>
      Promise.resolve(new Response(body, { status: 409, headers }))
    )(URL_OF_WIX);
    assertEquals(
      await response.json(),
      { message: "gil@demo.example has [redacted]" },
      way,
    );
  }
});

Deno.test("JSON of a told length arrives as it was, with its headers", async () => {
  const body = JSON.stringify({ name: "Élodie שלום" });
  const headers = {
    "content-type": "application/json",
    "content-length": String(new TextEncoder().encode(body).length),
    "x-wix-request-id": "r",
  };
  const response = await door(() =>
    Promise.resolve(new Response(body, { headers }))
  )(URL_OF_WIX);
  assertEquals(Object.fromEntries(response.headers), headers);
  assertEquals(await response.text(), body);
});

for (const status of [200, 403]) {
  Deno.test(`a ${status} can be cloned, and answered to a browser as it is`, async () => {
    const sent = () =>
      Promise.resolve(
        Response.json({ a: 1 }, {
          status,
          statusText: "As Wix says",
          headers: { "x-wix-request-id": "1" },
        }),
      );
    const answer = await door(sent)(URL_OF_WIX);
    for (const copy of [answer.clone(), new Response(answer.body, answer)]) {
      assertEquals(copy.status, status);
      assertEquals(copy.ok, status === 200);
      assertEquals(copy.statusText, "As Wix says");
      assertEquals(copy.headers.get("x-wix-request-id"), "1");
      assertEquals(copy.headers.get("content-type"), "application/json");
      assertEquals(await copy.json(), { a: 1 });
    }
  });
}

Deno.test("an answer of fetch() is copied where a route returns it", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => Response.json({}, { status: 403, headers: { "x-a": "1" } }),
  );
  const answer = await door(fetch, {
    wixApiOrigin: `http://127.0.0.1:${server.addr.port}`,
  })(URL_OF_WIX);
  const copy = mutableResponse(answer);
  assertEquals(copy === answer, false);
  assertEquals([copy.status, copy.headers.get("x-a")], [403, "1"]);
  assertEquals(await copy.json(), {});
});

Deno.test("a redirect is not followed (U21)", async () => {
  const redirecting: typeof fetch = (_url, init) => {
    assertEquals(init?.redirect, "manual");
    return Promise.resolve(
      new Response(null, {
        status: 302,
        headers: { location: "https://evil.com/" },
      }),
    );
  };
  const response = await door(redirecting)(URL_OF_WIX);
  assertEquals(response.status, 502);
  assertEquals(response.headers.get("location"), null);
});

Deno.test("a caller who leaves is not answered", async () => {
  const leave = new AbortController();
  leave.abort();
  await assertRejects(() =>
    door((_url, init) => {
      init?.signal?.throwIfAborted();
      return ok(URL_OF_WIX);
    })(URL_OF_WIX, { signal: leave.signal })
  );
});

Deno.test("each call is reported once, without its query", async () => {
  const calls: unknown[] = [];
  await door(ok, {
    onCall: ({ method, pathname, status }) =>
      calls.push([method, pathname, status]),
  })(`${URL_OF_WIX}?secret=1`, { method: "PATCH" });
  assertEquals(calls, [["PATCH", "/members/v1/members/my", 200]]);
});

function leaving(milliseconds: number): Budget {
  return { left: () => milliseconds, begin() {}, end() {} };
}

function countedDoor(
  answers: readonly (() => Response)[],
  options: Partial<DoorOptions> = {},
) {
  let calls = 0;
  const call = door(() => {
    const answer = answers[Math.min(calls++, answers.length - 1)];
    return Promise.resolve(answer?.() ?? new Response("{}"));
  }, { random: () => 0, ...options });
  return { call, calls: () => calls };
}

const status = (code: number, headers = {}) => () =>
  new Response("{}", { status: code, headers });

for (const code of [500, 502, 503]) {
  Deno.test(`a GET that meets a ${code} is tried once more`, async () => {
    const { call, calls } = countedDoor([status(code), status(200)]);
    assertEquals((await call(URL_OF_WIX)).status, 200);
    assertEquals(calls(), 2);
  });
}

Deno.test("there is no third try", async () => {
  const { call, calls } = countedDoor([status(503)]);
  assertEquals((await call(URL_OF_WIX)).status, 503);
  assertEquals(calls(), 2);
});

const onlyOnce: [why: string, init: RequestInit, answer: () => Response][] = [
  ["a POST", { method: "POST" }, status(503)],
  ["a PATCH", { method: "PATCH" }, status(503)],
  ["a GET that is refused", {}, status(403)],
  ["a GET that meets a 501", {}, status(501)],
  ["a GET that is asked to wait", {}, status(503, { "retry-after": "9" })],
  ["a GET that is redirected", {}, status(302)],
];
for (const [why, init, answer] of onlyOnce) {
  Deno.test(`${why} is tried once`, async () => {
    const { call, calls } = countedDoor([answer]);
    await call(URL_OF_WIX, init);
    assertEquals(calls(), 1);
  });
}

Deno.test("without any time left there is no call", async () => {
  const { call, calls } = countedDoor([status(200)], { budget: leaving(0) });
  const refused = await call(URL_OF_WIX, { method: "POST" });
  assertEquals(refused.status, 504);
  assertEquals(calls(), 0);
});

Deno.test("a call's time counts, both tries and what is between them", async () => {
  let spending = 0;
  const during: number[] = [];
  const call = door(() => {
    during.push(spending);
    return Promise.resolve(new Response("{}", { status: 503 }));
  }, {
    random: () => 0,
    budget: {
      left: () => 1_000,
      begin: () => spending++,
      end: () => spending--,
    },
  });
  await call(URL_OF_WIX);
  assertEquals([...during, spending], [1, 1, 0]);
});

Deno.test("a call's time is over when its caller ends it", async () => {
  let spending = 0;
  const leaving = new AbortController();
  const call = door(() => {
    leaving.abort();
    return Promise.reject(leaving.signal.reason);
  }, {
    budget: {
      left: () => 1_000,
      begin: () => spending++,
      end: () => spending--,
    },
  });
  await assertRejects(() => call(URL_OF_WIX, { signal: leaving.signal }));
  assertEquals(spending, 0);
});

Deno.test("a GET is not tried again when the time is up", async () => {
  const { call, calls } = countedDoor([status(503)], { budget: leaving(400) });
  await call(URL_OF_WIX);
  assertEquals(calls(), 1);
});

Deno.test("an endpoint that asked to wait is not called, others are (U8)", async () => {
  const { call, calls } = countedDoor([
    status(429, { "retry-after": "30" }),
    status(200),
  ]);
  await call(URL_OF_WIX, { method: "POST" });
  const refused = await call(URL_OF_WIX, { method: "POST" });
  assertEquals(refused.status, 503);
  assertEquals(await codeOf(refused), "WIX_ASKED_TO_WAIT");
  assertEquals(calls(), 1);
  assertEquals((await call(`${URL_OF_WIX}/slug`)).status, 200);
});

Deno.test("ids don't make an endpoint another", async () => {
  const { call, calls } = countedDoor([status(429, { "retry-after": "30" })]);
  const order =
    "https://edge.wixapis.com/ecom/v1/orders/00000000-0000-4000-8000-";
  await call(`${order}00000000000a`);
  await call(`${order}00000000000b`);
  assertEquals(calls(), 1);
});

Deno.test("a grant that asked to wait leaves the other grants alone", async () => {
  const { call, calls } = countedDoor([
    status(429, { "retry-after": "30" }),
    status(200),
  ]);
  const ask = (body: Record<string, string>) =>
    call("https://www.wixapis.com/oauth2/token", {
      method: "POST",
      body: JSON.stringify(body),
    });
  await ask({ clientId: "c", grantType: "anonymous" });
  assertEquals((await ask({ grantType: "anonymous" })).status, 503);
  assertEquals((await ask({ grantType: "refresh_token" })).status, 200);
  assertEquals((await ask({ grant_type: "client_credentials" })).status, 200);
  assertEquals(calls(), 3);
});
