import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { WireJar, type WireResponse } from "@/tests/helpers/wire.ts";
import { test, tryEach, tryGenerated } from "./helpers/attack.ts";
import {
  appOfFile,
  type AttackedApp,
  type AttackRequest,
} from "./helpers/attacked_app.ts";

const LOGOUT = "/api/auth/logout";
const SESSION = "/api/session";
const QUERY = "/api/wix/members/v1/members/query";
const UNLISTED = "/api/wix/site-properties/v4/properties";
const PAGES = ["/", "/members", "/elevation", "/account", "/account/orders"];

const EVIL = "Origin: https://evil.example";
const CROSS_SITE = "Sec-Fetch-Site: cross-site";
const FORM = "Content-Type: application/x-www-form-urlencoded";
const WEB_SOCKET = [
  ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
  ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", CROSS_SITE],
  ...["Sec-Fetch-Mode: websocket", EVIL],
];

const app = appOfFile();

// What is expected stands in tables that were written from the rules and share
// no code with the app.

/** By `Sec-Fetch-Site`, without `Origin`, with ours and with any other. */
const FROM_US: Readonly<Record<string, readonly [boolean, boolean, boolean]>> =
  {
    "": [false, true, false],
    none: [false, true, false],
    "same-origin": [true, true, false],
  };
/** By path and method, when everything else is right. */
const LISTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  [LOGOUT]: { POST: 302 },
  [SESSION]: { GET: 200, HEAD: 200 },
  [QUERY]: { POST: 200 },
  [UNLISTED]: {},
};
const READS = ["GET", "HEAD", "OPTIONS"];
const JSON_TYPE = "application/json";

interface Asked {
  readonly path: string;
  readonly method: string;
  readonly site: string;
  /** `ours` stands for the app's. */
  readonly origin: string;
  readonly type: string;
  readonly gatewayHeader: string;
  readonly override: string;
  readonly cookie: boolean;
}

function expectedStatus(
  { path, method, site, origin, type, gatewayHeader }: Asked,
) {
  const whose = origin === "" ? 0 : origin === "ours" ? 1 : 2;
  const isFromUs = FROM_US[site]?.[whose] === true;
  const isGateway = path.startsWith("/api/wix/");
  const isRead = READS.includes(method);
  if (isRead ? site === "cross-site" : !isFromUs) return 403;
  if (isGateway && !(isFromUs && gatewayHeader === "1")) return 403;
  if (path === UNLISTED) return 404;
  const status = LISTED[path]?.[method];
  if (status === undefined) return 405;
  if (isGateway && type !== JSON_TYPE) return 415;
  return status;
}

test("G6 X1–X16: what is answered depends on method, site, origin, type and header as the tables say", async () => {
  const attacked = await app();
  const { host, port } = new URL(attacked.origin);
  const jar = await attacked.member();
  const origins = [
    ...[
      "https://evil.example",
      "null",
      "",
      "*",
      "localhost",
      "http://localhost",
    ],
    ...["ours.evil.com", "ours@evil.com", "ours/", "ours, ours", "ours0"],
    ...["ours, https://evil.example", "https://evil.example, ours"],
    ...[
      `https://${host}`,
      `http://LOCALHOST:${port}`,
      `http://localhost.:${port}`,
    ],
    ...[`http://127.0.0.1:${port}`, "ours https://evil.example"],
  ];
  const asked = fc.record<Asked>({
    path: fc.constantFrom(LOGOUT, SESSION, QUERY, UNLISTED),
    method: fc.constantFrom(
      "GET",
      "HEAD",
      "OPTIONS",
      "POST",
      "POST",
      "PUT",
      "PATCH",
      "DELETE",
    ),
    site: fc.constantFrom(
      "",
      "none",
      "same-origin",
      "same-site",
      "cross-site",
      "Cross-Site",
      "x",
    ),
    origin: fc.constantFrom("", "ours", "ours", "ours", ...origins),
    type: fc.constantFrom(
      JSON_TYPE,
      JSON_TYPE,
      `${JSON_TYPE}; charset=utf-8`,
      "",
      "text/plain",
      "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded",
    ),
    gatewayHeader: fc.constantFrom("1", "1", "1", "", "0"),
    override: fc.constantFrom(
      "",
      "X-HTTP-Method-Override: POST",
      "X-Method-Override: DELETE",
      "?_method=POST",
      "?method=POST",
    ),
    cookie: fc.boolean(),
  }).filter(({ path, method }) =>
    // How Fresh answers OPTIONS on a route is its own business.
    method !== "OPTIONS" || path.startsWith("/api/wix/")
  );
  await tryGenerated(4_000, asked, async (one) => {
    const { path, method, override } = one;
    const expected = expectedStatus(one);
    const isQuery = override.startsWith("?");
    const headers = Object.entries({
      "Sec-Fetch-Site": one.site,
      Origin: one.origin.replaceAll("ours", attacked.origin),
      "Content-Type": one.type,
      "X-Wix-Gateway": one.gatewayHeader,
      Cookie: one.cookie ? jar.header() : "",
    }).flatMap(([name, value]) => value === "" ? [] : [`${name}: ${value}`]);
    const request = {
      method,
      target: isQuery && path !== QUERY ? path + override : path,
      headers: override === "" || isQuery ? headers : [...headers, override],
      ...(!READS.includes(method) && { body: '{"query":{}}' }),
    };
    // Fresh may say either where a route has no handler for a method.
    const statuses = expected === 405 && !path.startsWith("/api/wix/")
      ? [404, 405]
      : [expected];
    if (expected < 400) {
      const { status } = await attacked.send(request);
      assertEquals(status, expected);
    } else await assertNoEffect(attacked, request, statuses);
  });
});

/** Asserts that a request sets no cookie, calls no Wix and can't be read. */
async function assertNoEffect(
  attacked: AttackedApp,
  request: AttackRequest,
  statuses: readonly number[],
): Promise<WireResponse> {
  const calls = attacked.calls.length;
  const response = await attacked.send(request);
  const { status, headers } = response;
  assert(statuses.includes(status), `status ${status}, not ${statuses}`);
  assert(!headers.has("set-cookie"), "a Set-Cookie line");
  assertEquals(attacked.calls.length, calls);
  const allowed = [...headers.keys()].find((name) =>
    name.startsWith("access-control-allow-")
  );
  assertEquals(allowed, undefined);
  return response;
}

test("G12 X13 X17 X18 X19: odd methods, preflights and posts from elsewhere have no effect", async () => {
  const attacked = await app();
  const { origin } = attacked;
  const member = await attacked.member();
  const odd = [
    "TRACE",
    "TRACK",
    "CONNECT",
    "PROPFIND",
    "get",
    "A".repeat(1_024),
  ];
  const targets = [...PAGES, LOGOUT, "/favicon.svg", "/nowhere"];
  const preflight = [
    ...[EVIL, "Access-Control-Request-Method: POST"],
    "Access-Control-Request-Headers: content-type",
  ];
  // Without Fetch Metadata an OPTIONS may well be answered, to a visitor.
  const answered = [200, 204, 303, 403, 404, 405];
  const rows: [name: string, request: AttackRequest, statuses: number[]][] = [
    ...targets.flatMap((target) =>
      odd.map((method): [string, AttackRequest, number[]] => [
        `X17 ${method.slice(0, 8)} ${target}`,
        { method, target },
        [400, 405],
      ])
    ),
    ...[...PAGES, LOGOUT, SESSION].flatMap((target): typeof rows => {
      const method = "OPTIONS";
      const headers = [CROSS_SITE, ...preflight];
      return [
        [`X18 ${target}`, { method, target, headers }, [403]],
        [
          `X18 ${target}, no metadata`,
          { method, target, headers: preflight },
          answered,
        ],
      ];
    }),
    ...PAGES.flatMap((target): typeof rows => {
      const post = { method: "POST", target, body: "a=b" };
      return [
        [`X19 ${target}`, { ...post, headers: [CROSS_SITE, EVIL, FORM] }, [
          403,
        ]],
        [`X19 ${target}, no metadata`, { ...post, headers: [EVIL, FORM] }, [
          403,
        ]],
      ];
    }),
    ["X13 Origin twice", {
      method: "POST",
      target: LOGOUT,
      headers: [`Origin: ${origin}`, EVIL],
      jar: member,
    }, [403]],
    ["X2 an image", {
      target: LOGOUT,
      headers: ["Sec-Fetch-Dest: image"],
      jar: member,
    }, [404, 405]],
  ];
  await tryEach(
    rows,
    ([, request, statuses]) => assertNoEffect(attacked, request, statuses),
  );
  assertEquals((await attacked.identity(member)).kind, "member");
});

test("G12 X20 X22: what other sites embed begins no session, login or WebSocket", async () => {
  const attacked = await app();
  const embedded = (mode: string, dest: string) => [
    ...[CROSS_SITE, `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Dest: ${dest}`],
  ];
  const kinds = {
    image: embedded("no-cors", "image"),
    frame: embedded("navigate", "iframe"),
    script: embedded("no-cors", "script"),
    fetch: [...embedded("cors", "empty"), EVIL],
    WebSocket: WEB_SOCKET,
  };
  const targets = [...PAGES, SESSION, "/api/orders", "/api/auth/login", LOGOUT];
  const rows = Object.entries(kinds).flatMap(([kind, headers]) =>
    targets.map((target) => [`${kind} of ${target}`, target, headers] as const)
  );
  await tryEach(
    rows,
    ([, target, headers]) =>
      assertNoEffect(attacked, { target, headers }, [403]),
  );
});

test("G12 X21: a first page and 13 parallel subrequests begin one session", async () => {
  const attacked = await app();
  const jar = new WireJar();
  const calls = attacked.tokenCalls;
  const { body } = await attacked.send({ jar, target: "/members" });
  const assets = [...body.matchAll(/(?:href|src)="(\/[^"]+\.\w+[^"]*)"/g)]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"));
  assert(assets.length > 0, "no assets found");
  const targets = [...Array(10).fill(SESSION), ...Array(3).fill("/members")];
  const headers = [`Cookie: ${jar.header()}`];
  const responses = await Promise.all(
    [...targets, ...assets].map((target) => attacked.send({ target, headers })),
  );
  assertEquals(attacked.tokenCalls, calls + 1);
  assert(!responses.some(({ headers }) => headers.has("set-cookie")));
});

test("G12 X24: no page can be framed", async () => {
  const attacked = await app();
  const jar = await attacked.member();
  const targets = [
    ...PAGES,
    "/api/auth/login",
    "/api/auth/login?prompt=x",
    "/api/auth/callback",
    "/nowhere",
  ];
  await tryEach(
    targets.map((target) => [target] as const),
    async ([target]) => {
      const { headers } = await attacked.send({ target, jar });
      const policy = headers.get("content-security-policy") ?? "";
      assert(policy.includes("frame-ancestors 'none'"), policy);
    },
  );
});
