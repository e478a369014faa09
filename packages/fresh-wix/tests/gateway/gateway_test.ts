import { assertEquals, assertRejects } from "@std/assert";
import { createGateway, methodsFor } from "../../src/gateway/gateway.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const ORIGIN = "https://app.example";
const MY = "/members/v1/members/my";
const QUERY = "/members/v1/members/query";
const CALLS = [
  { method: "GET", path: MY },
  { method: "GET", path: "/members/v1/members/:id" },
  { method: "PATCH", path: "/members/v1/members/:memberId" },
  { method: "POST", path: QUERY },
];

const listed: [path: string, methods: string[]][] = [
  [QUERY, ["GET", "PATCH", "POST"]],
  [MY, ["GET", "PATCH"]],
  ["/members/v1/members/0b9a-~._", ["GET", "PATCH"]],
  ...[
    ["", "/", "/members/v1/members", "/members/v1/members/", `${QUERY}/`],
    [`${QUERY}/x`, `/${QUERY}`, "/members//v1/members/query", "/@evil.com"],
    ["/MEMBERS/v1/members/query", "/members/v1/members/a%2Fb"],
    [`${QUERY};x=1`, `${QUERY}%3Fx`, `${QUERY}%23x`, "/members/v1/members/é"],
    ["/members/v1/members/:id:", `/members/v1/members/${"a".repeat(201)}`],
    ["/oauth2/token"],
  ].flat().map((path): [string, string[]] => [path, []]),
];
for (const [path, methods] of listed) {
  Deno.test(`${path.slice(0, 40)} is listed with ${methods} (P10)`, () => {
    assertEquals(methodsFor(path, CALLS), methods);
  });
}

/** Requests to the gateway before a Wix with this response. */
function gatewayTo(
  respond: (init?: RequestInit) => Response | Promise<Response>,
  developerHints = false,
) {
  const sent: unknown[] = [];
  const failures: WixError[] = [];
  const gateway = createGateway({
    calls: CALLS,
    appOrigin: ORIGIN,
    developerHints,
    maxBodyBytes: 100,
    async send(url, init) {
      const { method, body, headers } = init ?? {};
      const text = body instanceof Uint8Array && new TextDecoder().decode(body);
      sent.push([method, url, text, Object.fromEntries(new Headers(headers))]);
      return await respond(init);
    },
  });
  const call = (request = island()) =>
    gateway(request, (failure) => failures.push(failure));
  return { call, sent, failures };
}

const found = () => Response.json({ members: [] });

/** Returns a request as an island sends it, except for what is said. */
function island(path = MY, init: RequestInit = {}): Request {
  const { body = null, method = body === null ? "GET" : "POST" } = init;
  return new Request(`${ORIGIN}/api/wix${path}`, {
    ...init,
    method,
    headers: {
      "sec-fetch-site": "same-origin",
      "x-wix-gateway": "1",
      ...(body !== null && { "content-type": "application/json" }),
      ...init.headers as Record<string, string>,
    },
  });
}

async function codeOf(response: Response): Promise<string> {
  const { details } = await response.json();
  return details.applicationError.code;
}

Deno.test("a listed call is sent with its URL, method and body only", async () => {
  const { call, sent } = gatewayTo(found);
  const body = '{"query":{},"query":1}';
  const response = await call(island(`${QUERY}?a=%2F&a=2`, {
    body,
    headers: {
      authorization: "Bearer of-the-browser",
      cookie: "a=b",
      "x-wix-consistent": "of-the-browser",
      "wix-site-id": "other",
      "x-forwarded-host": "evil.com",
    },
  }));
  assertEquals(await response.json(), { members: [] });
  await call(island(`${MY}?fieldsets=FULL`));
  const json = { "content-type": "application/json" };
  assertEquals(sent, [
    ["POST", `https://www.wixapis.com${QUERY}?a=%2F&a=2`, body, json],
    ["GET", `https://www.wixapis.com${MY}?fieldsets=FULL`, false, {}],
  ]);
});

const header = (name: string, value: string) =>
  island(QUERY, { body: "{}", headers: { [name]: value } });
const untyped = header("x-other", "");
untyped.headers.delete("content-type");
const refused: [what: string, request: Request, status: number][] = [
  ["X14 no type at all", untyped, 415],
  ["X15 no header", header("x-wix-gateway", ""), 403],
  ["X15 another header", header("x-wix-gateway", "11"), 403],
  ["X5", header("sec-fetch-site", "same-site"), 403],
  ["X9", header("origin", "https://evil.com"), 403],
  ["P2", island("//evil.com/x"), 404],
  ["P5 beside the folder", island("@evil.com"), 404],
  ["P9 DELETE", island(MY, { method: "DELETE" }), 405],
  ["P9 HEAD", island(MY, { method: "HEAD" }), 405],
  ["X16", island(`${MY}?method=GET`, { method: "PUT" }), 405],
  ["a long query", island(`${MY}?${"x".repeat(9_000)}`), 414],
  ["a long query after ?", island(`${MY}?a?${"x".repeat(9_000)}`), 414],
  ["P20 gzip", header("content-encoding", "gzip"), 415],
  ["X14 text", header("content-type", "text/plain"), 415],
  ["X14 a charset", header("content-type", "application/json; charset=x"), 415],
  ["P22 XML", header("content-type", "application/xml"), 415],
  ["X14 no type", header("content-type", ""), 415],
  ["P18 too large", island(QUERY, { body: "x".repeat(101) }), 413],
];
for (const [what, request, status] of refused) {
  Deno.test(`${what} is refused with ${status}, and nothing is sent`, async () => {
    const { call, sent } = gatewayTo(found);
    const response = await call(request);
    const type = response.headers.get("content-type");
    assertEquals([response.status, type], [status, "application/problem+json"]);
    const allow = status === 405 ? "GET, PATCH" : null;
    assertEquals(response.headers.get("allow"), allow);
    assertEquals(sent, []);
    assertEquals(typeof await codeOf(response), "string");
  });
}

for (const hints of [true, false]) {
  Deno.test(`what to do about an unlisted call is ${hints ? "" : "not "}said ${hints ? "with" : "without"} developer hints`, async () => {
    const response = await gatewayTo(found, hints).call(island("/x"));
    const { detail } = await response.json();
    assertEquals(detail.includes("deno task gateway"), hints);
  });
}

Deno.test("Wix's errors keep status, code and request id, and no other header", async () => {
  const details = { applicationError: { code: "PERMISSION_DENIED" } };
  const { call, failures } = gatewayTo(() =>
    Response.json({ message: "no", details }, {
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
  const response = await call();
  assertEquals(Object.fromEntries(response.headers), {
    "content-type": "application/json",
    "x-wix-request-id": "17.1",
  });
  const code = await codeOf(response);
  assertEquals([response.status, code], [403, "PERMISSION_DENIED"]);
  assertEquals(failures, []);
});

Deno.test("a success keeps its body, with the type JSON", async () => {
  const headers = { "content-type": "Application/JSON; charset=utf-8" };
  const text = '{"a": 1,\n"a": 2}';
  const reply = () => new Response(text, { headers });
  const response = await gatewayTo(reply).call();
  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(await response.text(), text);
});

type Text = string | null;
const notJson: [text: Text, type: string, status: number, gets: number][] = [
  ["<script>", "text/html", 200, 502],
  ["<svg/>", "image/svg+xml", 200, 502],
  ['{"a":', "application/json", 200, 502],
  ['{"a":', "application/json", 409, 409],
  ["{}", "text/plain", 200, 502],
  [null, "", 204, 502],
  ["<p>", "text/html", 503, 503],
];
for (const [text, type, status, gets] of notJson) {
  Deno.test(`${status} ${type} ${text} from Wix is ${gets} in JSON (P24, U12, U16)`, async () => {
    const headers = { "content-type": type };
    const { call } = gatewayTo(() => new Response(text, { status, headers }));
    const response = await call();
    const body = await response.text();
    assertEquals([response.status, typeof JSON.parse(body)], [gets, "object"]);
    assertEquals(body.includes("<"), false);
  });
}

const TROUBLE = "No connection: client error (Connect): 10.0.0.7:3128";
const FACTS = { code: "WIX_UNREACHABLE", description: TROUBLE };
const init = { status: 503, headers: { "x-wix-request-id": "17.1" } };
const details = { applicationError: FACTS };
const failing: [what: string, respond: () => Response][] = [
  ["a response of wixFetch", () => Response.json({ details }, init)],
  ["a token that could not be had", () => {
    throw new WixError({ ...FACTS, status: 503, requestId: "17.1" });
  }],
];
for (const [what, respond] of failing) {
  Deno.test(`the island gets status and code of ${what}, the log has the details (S5)`, async () => {
    const { call, failures } = gatewayTo(respond);
    const response = await call();
    assertEquals(response.status, 503);
    assertEquals(response.headers.get("x-wix-request-id"), "17.1");
    const text = await response.text();
    assertEquals(JSON.parse(text).details.applicationError.code, FACTS.code);
    assertEquals(text.includes("10.0.0.7"), false);
    assertEquals(failures.map(({ description }) => description), [TROUBLE]);
  });
}

Deno.test("other errors are left to the error boundary", async () => {
  const { call } = gatewayTo(() => Promise.reject(new Error("session")));
  await assertRejects(() => call(), Error, "session");
});

Deno.test("a caller's disconnect cancels the call to Wix (P26)", async () => {
  const leave = new AbortController();
  const { call } = gatewayTo((init) => {
    leave.abort();
    init?.signal?.throwIfAborted();
    return found();
  });
  const request = new Request(island(), { signal: leave.signal });
  assertEquals((await call(request)).status, 400);
});
