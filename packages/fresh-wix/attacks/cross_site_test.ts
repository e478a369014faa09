import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { WireJar } from "@/tests/helpers/wire.ts";
import { list, onWorkerd, tryEach, tryGenerated } from "./helpers/attack.ts";
import * as helpers from "./helpers/attacked_app.ts";

const LOGOUT = "/api/auth/logout";
const SESSION = "/api/session";
const QUERY = "/api/wix/members/v1/members/query";
const UNLISTED = "/api/wix/site-properties/v4/properties";
const PAGES = list("/ /test/members /cart /account /account/orders");

const EVIL = "Origin: https://evil.example";
const CROSS_SITE = "Sec-Fetch-Site: cross-site";
const FORM = "Content-Type: application/x-www-form-urlencoded";

/** What goes with an image, frame, script, fetch and WebSocket. */
const EMBEDDED = list(
  `no-cors, Sec-Fetch-Dest: image|navigate, Sec-Fetch-Dest: iframe|
  no-cors, Sec-Fetch-Dest: script|cors, Sec-Fetch-Dest: empty, ${EVIL}|
  websocket, Sec-Fetch-Dest: websocket, ${EVIL}, Connection: Upgrade,
  Upgrade: websocket, Sec-WebSocket-Version: 13, Sec-WebSocket-Key: dGhlIHNhbXBsZQ==`,
)
  .map((lines) => `Sec-Fetch-Mode: ${lines}`);
const EMBEDDABLE = list(`${PAGES.join(" ")} ${SESSION} ${LOGOUT} /api/orders
  /api/auth/login`);

/** Of workerd itself, for a method that it doesn't have and for CONNECT. */
const NOT_HTTP = onWorkerd([500, 501], []);

const test = helpers.testsOfApp();

// The tables of expected responses are written from the rules, and share no
// code with the app.

/** By `Sec-Fetch-Site`: without `Origin`, with ours, with any other. */
const FROM_US: Readonly<Record<string, readonly boolean[]>> = {
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

/** Parts of a request; in `origin`, `ours` stands for the app's. */
type Attempt = Record<
  "path" | "method" | "site" | "origin" | "type" | "own",
  string
>;

const isGateway = (path: string) => path.startsWith("/api/wix/");

function expectedStatus(attempt: Attempt): number {
  const { path, method, site, origin, type, own } = attempt;
  const whose = origin === "" ? 0 : origin === "ours" ? 1 : 2;
  const isFromUs = FROM_US[site]?.[whose] === true;
  const isRead = READS.includes(method);
  if (isRead ? site === "cross-site" : !isFromUs) return 403;
  if (isGateway(path) && !(isFromUs && own === "1")) return 403;
  if (path === UNLISTED) return 404;
  const status = LISTED[path]?.[method];
  if (status === undefined) return 405;
  return isGateway(path) && type !== JSON_TYPE ? 415 : status;
}

test("G6 X1–X16: responses depend on method, site, origin, type and header as the tables say", async (attacked) => {
  const { host, port, origin: ours } = new URL(attacked.origin);
  let jar = await attacked.member();
  const oneOf = (text: string) => fc.constantFrom(...text.split("|"));
  const origins = `|ours|ours|ours|https://evil.example|null|*|localhost|ours0|
    ours/|ours.evil.com|ours@evil.com|ours, ours|ours, https://evil.example|
    https://evil.example, ours|ours https://evil.example|http://localhost|
    https://${host}|http://LOCALHOST:${port}|http://localhost.:${port}|
    http://127.0.0.1:${port}`.replaceAll(/\n +/g, "");
  const attempts = fc.record({
    path: fc.constantFrom(LOGOUT, SESSION, QUERY, UNLISTED),
    method: oneOf("GET|HEAD|OPTIONS|POST|POST|PUT|PATCH|DELETE"),
    site: oneOf("|none|same-origin|same-site|cross-site|Cross-Site|x"),
    origin: oneOf(origins),
    type: fc.oneof(
      fc.constant(JSON_TYPE),
      oneOf(`|text/plain|multipart/form-data; boundary=x|${JSON_TYPE}; x=y`),
    ),
    own: oneOf("1|1|1||0"),
    // What some servers take for another method.
    override: oneOf(`||X-HTTP-Method-Override: POST|X-Method-Override: DELETE`),
    query: oneOf("||?_method=POST"),
    isMember: fc.boolean(),
  });
  await tryGenerated(8_000, attempts, async (one) => {
    const { path, method } = one;
    // Fresh has its own response to OPTIONS on a route.
    if (method === "OPTIONS" && !isGateway(path)) return;
    const headers = [
      `Sec-Fetch-Site: ${one.site}`,
      `Origin: ${one.origin.replaceAll("ours", ours)}`,
      `Content-Type: ${one.type}`,
      `X-Wix-Gateway: ${one.own}`,
      `Cookie: ${one.isMember ? jar.header() : ""}`,
      one.override,
    ].filter((line) => /: ./.test(line));
    const request = {
      method,
      target: path === QUERY ? path : path + one.query,
      headers,
      ...(!READS.includes(method) && { body: '{"query":{}}' }),
    };
    const status = expectedStatus(one);
    if (status < 400) {
      assertEquals((await attacked.send(request)).status, status);
      // Copies of the cookie are a visitor's now.
      if (one.isMember && path === LOGOUT) jar = await attacked.member();
    } else {
      // Fresh may say either where a route has no handler for a method.
      const isEither = status === 405 && !isGateway(path);
      await assertNoEffect(attacked, request, status, isEither ? 404 : status);
    }
  });
});

/** Asserts that a request has no effect, and that its response can't be read. */
async function assertNoEffect(
  { sendInVain }: helpers.AttackedApp,
  ...request: Parameters<helpers.AttackedApp["sendInVain"]>
): Promise<void> {
  const { headers } = await sendInVain(...request);
  const names = [...headers.keys()].join();
  assert(!names.includes("access-control-allow-"), names);
}

test("G12 X2 X13 X17–X20 X22: odd methods, preflights, cross-site posts and embedded requests have no effect", async (attacked) => {
  const jar = await attacked.member();
  const odd = [...list("TRACE TRACK CONNECT PROPFIND get"), "A".repeat(1_024)];
  const preflight = list(`${EVIL} | Access-Control-Request-Method: POST
    | Access-Control-Request-Headers: content-type`);
  const twice = [`Origin: ${attacked.origin}`, EVIL];
  const post = { method: "POST", body: "a=b" };
  const ask = { method: "OPTIONS" };
  // Without Fetch Metadata an OPTIONS may get a page, as a visitor.
  const any = [200, 204, 303, 403, 404, 405];
  // deno-fmt-ignore -- a table
  const rows: [name: string, targets: string[], request: Partial<helpers.AttackRequest>, ...number[]][] = [
    ...odd.map((method): typeof rows[0] => [
      `X17 ${method}`, [...PAGES, LOGOUT, "/favicon.svg", "/nowhere"], { method, may: NOT_HTTP }, 400, 405, ...NOT_HTTP,
    ]),
    ["X18", [...PAGES, LOGOUT, SESSION], { ...ask, headers: [CROSS_SITE, ...preflight] }, 403],
    ["X18 no metadata", [...PAGES, LOGOUT, SESSION], { ...ask, headers: preflight }, ...any],
    ["X19", PAGES, { ...post, headers: [CROSS_SITE, EVIL, FORM] }, 403],
    ["X19 no metadata", PAGES, { ...post, headers: [EVIL, FORM] }, 403],
    ...EMBEDDED.map((lines): typeof rows[0] => [
      `X20 X22 ${lines}`, EMBEDDABLE, { headers: [CROSS_SITE, ...list(lines, ",")] }, 403,
    ]),
    ["X13 Origin twice", [LOGOUT], { ...post, headers: twice, jar }, 403],
    ["X2 an image", [LOGOUT], { headers: ["Sec-Fetch-Dest: image"], jar }, 404, 405],
  ];
  const cases = rows.flatMap(([name, targets, request, ...statuses]) =>
    targets.map((target) =>
      [`${name} ${target}`, { ...request, target }, ...statuses] as const
    )
  );
  const tryOne = ([, request, ...statuses]: typeof cases[0]) =>
    assertNoEffect(attacked, request, ...statuses);
  await tryEach(cases, tryOne);
  assertEquals((await attacked.identity(jar)).kind, "member");
});

test("G12 X21: a first page and 13 parallel subrequests begin one session", async (attacked) => {
  const jar = new WireJar();
  const calls = attacked.tokenCalls;
  const { body } = await attacked.send({ jar, target: "/test/members" });
  const assets = [...body.matchAll(/(?:href|src)="(\/[^"]+\.\w+[^"]*)"/g)]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"));
  assert(assets.length > 0, "no assets found");
  const targets = [
    ...Array(10).fill(SESSION),
    ...Array(3).fill("/test/members"),
  ];
  const headers = [`Cookie: ${jar.header()}`];
  const responses = await Promise.all(
    [...targets, ...assets].map((target) => attacked.send({ target, headers })),
  );
  assertEquals(attacked.tokenCalls, calls + 1);
  assert(!responses.some(({ headers }) => headers.has("set-cookie")));
});
