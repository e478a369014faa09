import { assertEquals, assertRejects } from "@std/assert";
import { createGateway } from "../../src/gateway/gateway.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const ORIGIN = "https://app.example";
const QUERY = "/members/v1/members/query";
const CALLS = [
  { method: "GET", path: "/members/v1/members/:id" },
  { method: "POST", path: QUERY },
];

interface Sent {
  url: string;
  method: string | undefined;
  headers: Record<string, string>;
  body: string | undefined;
}

/** A gateway before a Wix that answers `answer`, and what it sent there. */
function gatewayTo(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const failures: WixError[] = [];
  const gateway = createGateway({
    calls: CALLS,
    appOrigin: ORIGIN,
    developerHints: false,
    maxBodyBytes: 100,
    async send(input, init) {
      const { method, body, headers } = init ?? {};
      sent.push({
        url: String(input),
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body: body instanceof Uint8Array
          ? new TextDecoder().decode(body)
          : undefined,
      });
      return await answer();
    },
  });
  return {
    gateway: (request: Request) =>
      gateway(request, (failure) => failures.push(failure)),
    sent,
    failures,
  };
}

const found = () => Response.json({ members: [] });

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

/** A request as an island sends it, except for what is said. */
function request(path: string, { method, headers, body }: Ask = {}): Request {
  return new Request(`${ORIGIN}/api/wix${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      "sec-fetch-site": "same-origin",
      "x-wix-gateway": "1",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
}

async function codeOf(response: Response): Promise<string> {
  const { details } = await response.json();
  return details.applicationError.code;
}

Deno.test("a listed call goes on with its address, method and bytes only", async () => {
  const { gateway, sent } = gatewayTo(found);
  const response = await gateway(request(`${QUERY}?a=%2F&a=2`, {
    body: '{"query":{},"query":1}',
    headers: {
      authorization: "Bearer of-the-browser",
      cookie: "a=b",
      "x-wix-consistent": "of-the-browser",
      "wix-site-id": "other",
      "x-forwarded-host": "evil.com",
    },
  }));
  assertEquals(response.status, 200);
  assertEquals(await response.json(), { members: [] });
  assertEquals(sent, [{
    url: `https://www.wixapis.com${QUERY}?a=%2F&a=2`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":{},"query":1}',
  }]);
});

Deno.test("a call without a body has no headers of ours either", async () => {
  const { gateway, sent } = gatewayTo(found);
  await gateway(request("/members/v1/members/my?fieldsets=FULL"));
  assertEquals(sent, [{
    url: "https://www.wixapis.com/members/v1/members/my?fieldsets=FULL",
    method: "GET",
    headers: {},
    body: undefined,
  }]);
});

const refused: [what: string, request: Request, status: number][] = [
  ["X15 no header", request(QUERY, { headers: { "x-wix-gateway": "" } }), 403],
  ["X15 another", request(QUERY, { headers: { "x-wix-gateway": "11" } }), 403],
  ["X5", request(QUERY, { headers: { "sec-fetch-site": "same-site" } }), 403],
  ["X9", request(QUERY, { headers: { origin: "https://evil.com" } }), 403],
  ["P2", request("//evil.com/x"), 404],
  ["P4", request("/https://evil.com/"), 404],
  ["P5", request("/@evil.com"), 404],
  ["P5 beside the folder", request("@evil.com"), 404],
  ["P5 with dots", request(".evil.com"), 404],
  ["P10 token endpoint", request("/oauth2/token", { body: "{}" }), 404],
  ["P29", request("/graphql/alpha", { body: "{}" }), 404],
  ["P9 DELETE", request("/members/v1/members/my", { method: "DELETE" }), 405],
  ["P9 HEAD", request("/members/v1/members/my", { method: "HEAD" }), 405],
  [
    "X16",
    request("/members/v1/members/my?method=DELETE", {
      method: "PUT",
      headers: { "x-http-method-override": "GET" },
    }),
    405,
  ],
  ["a long query", request(`/members/v1/members/my?${"x".repeat(9_000)}`), 414],
  ...[
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/json; charset=x",
    "application/xml",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
  ].map((type): [string, Request, number] => [
    `X14 P22 ${type}`,
    request(QUERY, { body: "{}", headers: { "content-type": type } }),
    415,
  ]),
  [
    "X14 no type",
    new Request(`${ORIGIN}/api/wix${QUERY}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "x-wix-gateway": "1" },
      body: new TextEncoder().encode("{}"),
    }),
    415,
  ],
  [
    "P20 gzip",
    request(QUERY, { body: "{}", headers: { "content-encoding": "gzip" } }),
    415,
  ],
  [
    "a long query behind a second question mark",
    request(`/members/v1/members/my?a?${"x".repeat(9_000)}`),
    414,
  ],
  ["P18 too large", request(QUERY, { body: "x".repeat(101) }), 413],
];
for (const [what, asked, status] of refused) {
  Deno.test(`${what} is refused with ${status}, and nothing is sent`, async () => {
    const { gateway, sent } = gatewayTo(found);
    const response = await gateway(asked);
    assertEquals(response.status, status);
    assertEquals(
      response.headers.get("content-type"),
      "application/problem+json",
    );
    assertEquals(sent, []);
    assertEquals(typeof await codeOf(response), "string");
  });
}

for (const developerHints of [true, false]) {
  Deno.test(`what to do about an unlisted call is said ${developerHints ? "with" : "only with"} developer hints`, async () => {
    const gateway = createGateway({
      calls: CALLS,
      appOrigin: ORIGIN,
      developerHints,
      send: () => Promise.reject(new Error("nothing is sent")),
    });
    const { detail } = await (await gateway(request("/x"), () => {})).json();
    assertEquals(detail.includes("deno task gateway"), developerHints);
  });
}

Deno.test("an unlisted method is told which ones are listed (P9)", async () => {
  const { gateway } = gatewayTo(found);
  const asked = request("/members/v1/members/my", { method: "DELETE" });
  assertEquals((await gateway(asked)).headers.get("allow"), "GET");
});

Deno.test("Wix's errors keep status, code and request id; other headers go", async () => {
  const { gateway } = gatewayTo(() =>
    Response.json({
      message: "no",
      details: { applicationError: { code: "PERMISSION_DENIED" } },
    }, {
      status: 403,
      headers: {
        "x-wix-request-id": "17.1",
        "x-wix-consistent": "secret-of-a-person",
        "set-cookie": "wix=1",
        "access-control-allow-origin": "*",
        "retry-after": "1",
      },
    })
  );
  const response = await gateway(request("/members/v1/members/my"));
  assertEquals(response.status, 403);
  assertEquals(Object.fromEntries(response.headers), {
    "content-type": "application/json",
    "x-wix-request-id": "17.1",
  });
  assertEquals(await codeOf(response), "PERMISSION_DENIED");
});

Deno.test("a good answer keeps its bytes, and its type is plain JSON", async () => {
  const { gateway } = gatewayTo(() =>
    new Response('{"a": 1,\n"a": 2}', {
      headers: { "content-type": "Application/JSON; charset=utf-8" },
    })
  );
  const response = await gateway(request("/members/v1/members/my"));
  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(await response.text(), '{"a": 1,\n"a": 2}');
});

const html = (status: number) => () =>
  new Response("<script>alert(1)</script>", {
    status,
    headers: { "content-type": "text/html" },
  });
const notJson: [what: string, answer: () => Response, status: number][] = [
  ["P24 HTML", html(200), 502],
  ["P24 SVG", () =>
    new Response("<svg/>", {
      headers: { "content-type": "image/svg+xml" },
    }), 502],
  ["P24 cut JSON", () =>
    new Response('{"a":', {
      headers: { "content-type": "application/json" },
    }), 502],
  ["P24 cut JSON of an error", () =>
    new Response('{"a":', {
      status: 409,
      headers: { "content-type": "application/json" },
    }), 409],
  ["U16 JSON without its type", () => new Response("{}"), 502],
  ["nothing", () => new Response(null, { status: 204 }), 502],
  ["U12 503 in HTML", html(503), 503],
  ["404 in HTML", html(404), 404],
];
for (const [what, answer, status] of notJson) {
  Deno.test(`${what} from Wix is ${status} in JSON`, async () => {
    const { gateway } = gatewayTo(answer);
    const response = await gateway(request("/members/v1/members/my"));
    assertEquals(response.status, status);
    const text = await response.text();
    assertEquals(typeof JSON.parse(text), "object");
    assertEquals(text.includes("<"), false);
  });
}

const TROUBLE = "No connection: client error (Connect): 10.0.0.7:3128";
const failing: [what: string, answer: () => Response][] = [
  ["an answer that the door made", () =>
    Response.json({
      message: TROUBLE,
      details: {
        applicationError: { code: "WIX_UNREACHABLE", description: TROUBLE },
      },
    }, { status: 503, headers: { "x-wix-request-id": "17.1" } })],
  ["a token that could not be had", () => {
    throw new WixError({
      status: 503,
      code: "WIX_UNREACHABLE",
      description: TROUBLE,
      requestId: "17.1",
    });
  }],
];
for (const [what, answer] of failing) {
  Deno.test(`of ${what} the island learns status and code, the log the rest (S5)`, async () => {
    const { gateway, failures } = gatewayTo(answer);
    const response = await gateway(request("/members/v1/members/my"));
    assertEquals(response.status, 503);
    assertEquals(response.headers.get("x-wix-request-id"), "17.1");
    const text = await response.text();
    const { details } = JSON.parse(text);
    assertEquals(details.applicationError.code, "WIX_UNREACHABLE");
    assertEquals(text.includes("10.0.0.7"), false);
    assertEquals(failures.map(({ description }) => description), [TROUBLE]);
  });
}

Deno.test("refusals of Wix and of the gateway are no news for the log", async () => {
  const { gateway, failures } = gatewayTo(html(404));
  await gateway(request("/members/v1/members/my"));
  await gateway(request("/x"));
  assertEquals(failures, []);
});

Deno.test("what is no news of Wix is left to the error boundary", async () => {
  const { gateway } = gatewayTo(() => Promise.reject(new Error("session")));
  await assertRejects(
    () => gateway(request("/members/v1/members/my")),
    Error,
    "session",
  );
});

Deno.test("a caller who leaves takes the call to Wix along (P26)", async () => {
  const leave = new AbortController();
  const arrived = Promise.withResolvers<void>();
  const gateway = createGateway({
    calls: CALLS,
    appOrigin: ORIGIN,
    developerHints: false,
    send: (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener(
          "abort",
          () => reject(init.signal?.reason),
        );
        arrived.resolve();
      }),
  });
  const asked = new Request(request("/members/v1/members/my"), {
    signal: leave.signal,
  });
  const answer = gateway(asked, () => {});
  await arrived.promise;
  leave.abort();
  assertEquals((await answer).status, 400);
});
