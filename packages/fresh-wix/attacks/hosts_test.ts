import { assert, assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { appOfFile } from "./helpers/attacked_app.ts";
import { identityOf } from "@/tests/helpers/wire_login.ts";
import { sessionOf } from "./helpers/sealed_cookies.ts";
import {
  WireJar,
  type WireRequest,
  type WireResponse,
} from "@/tests/helpers/wire.ts";

const SEALING = { secrets: ["the secret that seals cookies of this file"] };
const app = appOfFile({ settings: { SESSION_SECRET: SEALING.secrets.join() } });

const FIFTY = Array.from({ length: 50 }, (_, index) => `10.0.0.${index}`);
/** None of these says who we are. */
const DISGUISES: readonly (readonly [
  name: string,
  request: Partial<WireRequest>,
])[] = [
  ["H1 Host", { host: "evil.com" }],
  ["H1 Host with a port", { host: "evil.com:80" }],
  ["H5 an absolute target", { target: "http://evil.com" }],
  ["H5 an absolute target on https", { target: "https://evil.com" }],
  ...[
    ["H6", "X-Forwarded-Host: evil.com"],
    ["H6", "X-Forwarded-Host: evil.com, localhost"],
    ["H6", "X-Forwarded-Host: evil.com/x?y="],
    ["H6", "X-Forwarded-Proto: https"],
    ["H6", "X-Forwarded-Port: 8443"],
    ["H8", `X-Forwarded-For: ${FIFTY.join()}`],
    ["H9", "Forwarded: host=evil.com;proto=https"],
    ["H9", "X-Original-URL: /account"],
    ["H9", "X-Rewrite-URL: /account"],
    ["H9", "X-Forwarded-Uri: /account"],
    ["H9", "X-Forwarded-Prefix: //evil.com"],
    ["H9", "X-HTTP-Host-Override: evil.com"],
    ["H10", "X_Forwarded_Host: evil.com"],
  ].map(([id, line = ""]) => [`${id} ${line}`, { headers: [line] }] as const),
];

/** Puts a disguise on a request: an absolute target goes in front of its path. */
function disguised(
  { target: authority = "", headers = [], ...more }: Partial<WireRequest>,
  request: WireRequest,
): WireRequest {
  return {
    ...more,
    ...request,
    target: authority + request.target,
    headers: [...request.headers ?? [], ...headers],
  };
}

test("G12 H1 H5–H10 C20: hosts and forwarding headers change neither pages nor logins", async () => {
  const attacked = await app();
  const { origin } = attacked;
  await tryEach(DISGUISES, async ([, disguise]) => {
    for (
      const target of ["/", "/account", "/api/session", "/x", "/favicon.svg"]
    ) {
      const plain = await attacked.send({ target });
      const request = disguised(disguise, { target });
      const response = await attacked.send({
        ...request,
        unechoed: ["evil.com"],
      });
      assertEquals(fingerprint(response), fingerprint(plain), target);
    }
    const calls = attacked.calls.length;
    const jar = new WireJar();
    const { target: authority = "", ...request } = disguise;
    const query = "returnToUrl=/members";
    const login = authority === ""
      ? await attacked.pending(jar, { query, ...request })
      : await attacked.pending(jar, { query, authority });
    assertEquals(login.callback.origin, origin);
    const back = await attacked.send({ jar, ...disguised(disguise, login) });
    assertEquals(back.headers.get("location"), `${origin}/members`);
    const logout = { method: "POST", headers: [`Origin: ${origin}`], body: "" };
    const out = await attacked.send({
      jar,
      ...disguised(disguise, { ...logout, target: "/api/auth/logout" }),
    });
    const end = await fetch(out.headers.get("location") ?? "", {
      redirect: "manual",
    });
    await end.body?.cancel();
    const location = end.headers.get("location") ?? "";
    assert(location.startsWith(`${origin}/api/auth/`), `logout: ${location}`);
    const passedOn = attacked.calls.slice(calls)
      .some(({ headers }) => [...headers].join().includes("evil.com"));
    assert(!passedOn, "evil.com was passed on to Wix");
  });
});

/** What must not depend on a disguise: all but nonce, date and reference. */
function fingerprint({ status, headers, body }: WireResponse): string {
  const kept = [...headers].filter(([name]) => name !== "date");
  return JSON.stringify([status, kept, body])
    .replace(/nonce-[0-9a-f]+/g, "nonce")
    .replace(/<code>[0-9a-f]+/g, "reference");
}

test("G12 H2 H4 H5 H17: what is not quite HTTP is a 400, reaches no route and changes nothing", async () => {
  const attacked = await app();
  const { host } = new URL(attacked.origin);
  const jar = await attacked.member();
  const bad = [
    ..."evil.com/x?y=|evil.com/account?|evil.com/healthz?x=|evil.com#|".split(
      "|",
    ),
    ..."evil.com\\account|user@evil.com|user:pass@evil.com|[::1".split("|"),
    ..."evil.com:99999|evil.com:x|evil com|evil\tcom|1.2.3.999".split("|"),
    ...["%65vil.com", "evil.com, evil.com"],
  ];
  const own = [`Origin: ${attacked.origin}`, `Cookie: ${jar.header()}`];
  const logout = { method: "POST", target: "/api/auth/logout" };
  const withLines = (...lines: string[]) => ({
    ...logout,
    headers: [...own, ...lines],
  });
  const smuggled = "0\r\n\r\nGET /account HTTP/1.1\r\nHost: x\r\n\r\n";
  const [chunked, five] = ["Transfer-Encoding: chunked", "Content-Length: 5"];
  const many = Array.from({ length: 200 }, (_, index) => `X-${index}: x`);
  const requests: [name: string, request: WireRequest][] = [
    ...bad.map((
      host,
    ): [string, WireRequest] => [`H2 Host ${host}`, {
      target: "/account",
      host,
    }]),
    ["H4 two hosts", { target: "/account", headers: ["Host: evil.com"] }],
    ["H4 ours last", {
      target: "/account",
      host: "evil.com",
      headers: [`Host: ${host}`],
    }],
    ["H4 the same twice", { target: "/account", headers: [`Host: ${host}`] }],
    ["H5 no URL", { target: "http://evil.com:99999/account" }],
    ["H17 200 headers", { target: "/", headers: many }],
    ["H17 CL and TE", { ...withLines(five, chunked), body: smuggled }],
    ["H17 TE and CL", { ...withLines(chunked, five), body: smuggled }],
    ["H17 two lengths", {
      ...withLines("Content-Length: 1", "Content-Length: 2"),
      body: "ab",
    }],
    ["H17 a length with a sign", {
      ...withLines("Content-Length: +1"),
      body: "a",
    }],
    ["H17 an unknown coding", {
      ...withLines("Transfer-Encoding: xchunked"),
      body: smuggled,
    }],
    ["H17 a blank after a name", withLines("Content-Length : 0")],
    ["H17 NUL", withLines("X-A: a\0b")],
    ["H17 64 KB of cookies", {
      target: "/",
      headers: [`Cookie: ${"a=b; ".repeat(16_000)}`],
    }],
    ["H17 another version", {
      target: "/ HTTP/3.0\r\nX-A: b\r\nX-B:",
      headers: own,
    }],
  ];
  await tryEach(requests, async ([name, request]) => {
    const calls = attacked.calls.length;
    const may = [501, 505];
    const { status, headers } = await attacked.send({ ...request, may });
    const statuses = name.startsWith("H17") ? [400, 431, ...may] : [400];
    assert(statuses.includes(status), `status ${status}`);
    assert(!headers.has("content-security-policy"), "a route ran");
    assertEquals(attacked.calls.length, calls);
    assertEquals((await attacked.identity(new WireJar(jar))).kind, "member");
  });
});

test("G12 H12: a token in the request is nobody's identity", async () => {
  const attacked = await app();
  const { tokens } = await sessionOf(await attacked.member(), SEALING);
  await tryEach([
    [tokens.accessToken],
    [`Bearer ${tokens.accessToken}`],
    ["Basic YW5uOmFubg=="],
    ["evilmarker"],
  ], async ([value]) => {
    const calls = attacked.calls.length;
    const headers = [`Authorization: ${value}`];
    const identity = await identityOf(attacked.origin, new WireJar(), {
      headers,
    });
    assertEquals(identity.kind, "visitor");
    const unechoed = ["evilmarker"];
    const page = await attacked.send({ target: "/members", headers, unechoed });
    const account = await attacked.send({ target: "/account", headers });
    assertEquals([page.status, account.status], [200, 303]);
    for (const { path, headers } of attacked.calls.slice(calls)) {
      assert(
        !headers.get("authorization")?.includes(value),
        "passed on to Wix",
      );
      assert(!path.endsWith("/token-info"), "Wix was asked about it");
    }
  });
});

test("G12 H13: however a member page's path is written, no visitor sees it", async () => {
  const attacked = await app();
  const jar = await attacked.member();
  const paths = [
    ..."//account ///account /x/../account /./account /%61ccount".split(" "),
    ..."/%2561ccount /account%2f.. /account/%2e /account/. /account/x/..".split(
      " ",
    ),
    ..."/account%2forders /account%5corders /account\\orders /\\account".split(
      " ",
    ),
    ..."/account//orders /account/./orders /account/%6frders /ACCOUNT".split(
      " ",
    ),
    ..."/Account/Orders /account;x /account;x/orders /account/".split(" "),
    ..."/account/orders/ /account?x /account#x /account%00 /account%20".split(
      " ",
    ),
    ..."/account. /account.html /account/orders%3f /members/../account".split(
      " ",
    ),
    ..."/members/..%2faccount /api/../account /index/../account".split(" "),
  ];
  const isShown = ({ status, body }: WireResponse) =>
    status === 200 && /Your (?:account|orders)/.test(body);
  await tryEach(paths.map((path) => [path] as const), async ([target]) => {
    const visitor = await attacked.send({ target });
    const member = await attacked.send({ target, jar });
    assert(!isShown(visitor), "shown to a visitor");
    if (!isShown(member)) return;
    const location = visitor.headers.get("location") ?? "";
    assertEquals(visitor.status, 303);
    assert(location.startsWith("/api/auth/login?"), location);
  });
  assert(
    isShown(await attacked.send({ target: "/account", jar })),
    "never shown",
  );
});

test("G12 H14: files cost no session and may be cached by anybody", async () => {
  const attacked = await app();
  const { body } = await attacked.send({ target: "/elevation" });
  const linked = [...body.matchAll(/"(\/[^"\s]+\.(?:css|svg|js)[^"\s]*)"/g)]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"));
  const hashed = [...Deno.readDirSync(`${ROOT}_fresh/client/assets`)]
    .map(({ name }) => `/assets/${name}`);
  const missing = [
    "/favicon.ico",
    "/_fresh/",
    "/_fresh/js/x.js",
    "/assets/x.js",
  ];
  const targets = new Set(["/favicon.svg", ...missing, ...linked, ...hashed]);
  const cookies = ["wix_session=bad", (await attacked.member()).header()];
  const cases = [...targets].flatMap((target) =>
    cookies.map((cookie) => [target, cookie] as const)
  );
  await tryEach(cases, async ([target, cookie]) => {
    const calls = attacked.calls.length;
    const headers = [`Cookie: ${cookie}`];
    const response = await attacked.send({ target, headers });
    const cache = response.headers.get("cache-control") ?? "";
    if (hashed.includes(target)) {
      assertEquals(response.status, 200);
      assert(cache.includes("immutable"), cache);
    }
    assert(!response.headers.has("set-cookie"), "a Set-Cookie line");
    const isPersonal = cache.includes("private") ||
      response.headers.has("content-security-policy");
    assert(!isPersonal, "the session was read");
    assertEquals(attacked.calls.length, calls);
  });
});

test("G12 H16: conditional and partial requests get personal pages whole", async () => {
  const attacked = await app();
  const jar = await attacked.member();
  const lines = [
    ["If-None-Match: *"],
    ['If-None-Match: W/"1", "2"'],
    ["If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT"],
    ["Range: bytes=0-10"],
    [`Range: bytes=${"0-1,".repeat(500)}0-1`],
    ["Accept-Encoding: gzip, br, zstd, identity;q=0"],
    ['If-Range: "1"', "Range: bytes=0-10"],
  ];
  const cases = ["/", "/members", "/account", "/api/session"].flatMap((
    target,
  ) =>
    lines.map((headers) =>
      [`${target} ${headers[0]}`, target, headers] as const
    )
  );
  await tryEach(cases, async ([, target, headers]) => {
    const response = await attacked.send({ target, headers, jar });
    assertEquals([response.status, response.headers.get("etag")], [200, null]);
  });
});
