import { assert, assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import * as wire from "@/tests/helpers/wire.ts";
import * as steps from "@/tests/helpers/wire_login.ts";
import { list, onWorkerd, tryEach } from "./helpers/attack.ts";
import { testsOfApp } from "./helpers/attacked_app.ts";
import { sessionOf } from "./helpers/sealed_cookies.ts";

const test = testsOfApp();

const FIFTY = Array.from({ length: 50 }, (_, index) => `10.0.0.${index}`);
/** None of these says who we are; an authority is in front of the path. */
// deno-fmt-ignore -- a table
const DISGUISES: readonly (readonly [name: string, request: steps.LoginOptions])[] = [
  ["H1 Host", { host: "evil.com" }],
  ["H1 Host with a port", { host: "evil.com:80" }],
  ["H5 an absolute target", { authority: "http://evil.com" }],
  ["H5 an absolute target on https", { authority: "https://evil.com" }],
  ...list(`
    H6 X-Forwarded-Host: evil.com
    H6 X-Forwarded-Host: evil.com, localhost
    H6 X-Forwarded-Host: evil.com/x?y=
    H6 X-Forwarded-Proto: https
    H6 X-Forwarded-Port: 8443
    H8 X-Forwarded-For: ${FIFTY.join()}
    H9 Forwarded: host=evil.com;proto=https
    H9 X-Original-URL: /account
    H9 X-Rewrite-URL: /account
    H9 X-Forwarded-Uri: /account
    H9 X-Forwarded-Prefix: //evil.com
    H9 X-HTTP-Host-Override: evil.com
    H10 X_Forwarded_Host: evil.com`, "\n")
    .map((row) => [row, { headers: [row.slice(row.indexOf(" ") + 1)] }] as const),
];

test("G12 H1 H5–H10 C20: hosts and forwarding headers change neither pages nor logins", async (attacked) => {
  const { origin } = attacked;
  await tryEach(DISGUISES, async ([, { authority = "", ...disguise }]) => {
    const disguised = (target: string, jar = new wire.WireJar()) => ({
      ...disguise,
      jar,
      target: authority + target,
      unechoed: ["evil.com"],
    });
    for (
      const target of list(
        "/no-such-page /account /api/session /x /favicon.svg",
      )
    ) {
      const plain = await attacked.send({ target });
      const other = await attacked.send(disguised(target));
      assertEquals(fingerprint(other), fingerprint(plain));
    }
    const calls = attacked.calls.length;
    const jar = new wire.WireJar();
    const query = "returnToUrl=/members";
    const options = { query, authority, ...disguise };
    const { callback, target } = await attacked.pending(jar, options);
    const { pathname } = callback;
    assertEquals(callback.origin + pathname, `${origin}/api/auth/callback`);
    const { headers } = await attacked.send(disguised(target, jar));
    assertEquals(headers.get("location"), `${origin}/members`);
    const logout = disguised("/api/auth/logout", jar);
    const { href } = await steps.redirectOf(await attacked.logOut(logout));
    assert(href.startsWith(`${origin}/api/auth/`), `logout: ${href}`);
    const isPassedOn = attacked.calls.slice(calls)
      .some(({ headers }) => [...headers].join().includes("evil.com"));
    assert(!isPassedOn, "evil.com was passed on to Wix");
  });
});

/** What must not depend on a disguise: all but nonce, date and reference. */
function fingerprint({ status, headers, body }: wire.WireResponse): string {
  const kept = [...headers].filter(([name]) => name !== "date");
  return JSON.stringify([status, kept, body])
    .replace(/nonce-[0-9a-f]+/g, "nonce")
    .replace(/<code>[0-9a-f]+/g, "reference");
}

test("G12 H2 H4 H5 H17: malformed HTTP is a 400, reaches no route and changes nothing", async (attacked) => {
  const { origin } = attacked;
  const { host } = new URL(origin);
  const jar = await attacked.member();
  const target = "/account";
  const hosts = list(
    `evil.com/x?y=|evil.com/account?|evil.com/healthz?x=|evil.com#|evil com|
    evil.com\\account|user@evil.com|user:pass@evil.com|[::1|evil.com:99999|
    evil.com:x|evil\tcom|1.2.3.999|%65vil.com|evil.com, evil.com|`,
  );
  const many = Array.from({ length: 200 }, (_, index) => `X-${index}: x`);
  const own = [`Origin: ${origin}`, `Cookie: ${jar.header()}`];
  const post = (body: string, ...lines: string[]) => ({
    method: "POST",
    target: "/api/auth/logout",
    headers: [...own, ...lines],
    body,
  });
  const smuggled = "0\r\n\r\nGET /account HTTP/1.1\r\nHost: x\r\n\r\n";
  const [chunked, five] = ["Transfer-Encoding: chunked", "Content-Length: 5"];
  // deno-fmt-ignore -- a table
  const rows: [name: string, request: wire.WireRequest, takenByWorkerd?: number][] = [
    ...hosts.map((host): typeof rows[0] => [`H2 Host ${host}`, { target, host }]),
    ["H4 two hosts", { target, headers: ["Host: evil.com"] }],
    ["H4 ours last", { target, host: "evil.com", headers: [`Host: ${host}`] }],
    ["H4 the same twice", { target, headers: [`Host: ${host}`] }],
    ["H5 no URL", { target: "http://evil.com:99999/account" }, 303],
    ["H17 200 headers", { target: "/", headers: many }, 200],
    ["H17 two lengths", post("ab", "Content-Length: 1", "Content-Length: 2")],
    ["H17 a length with a sign", post("a", "Content-Length: +1")],
    ["H17 an unknown coding", post(smuggled, "Transfer-Encoding: xchunked")],
    ["H17 a blank after a name", post("", "Content-Length : 0")],
    ["H17 NUL", post("", "X-A: a\0b")],
    ["H17 64 KB of cookies", { target: "/", headers: [`Cookie: ${"a=b; ".repeat(16_000)}`] }, 200],
    ["H17 another version", { target: "/ HTTP/3.0\r\nX-A: b\r\nX-B:", headers: own }],
    // The last ones, because workerd logs out: it reads the chunks, then closes.
    ["H17 CL and TE", post(smuggled, five, chunked), 302],
    ["H17 TE and CL", post(smuggled, chunked, five), 302],
  ];
  await tryEach(rows, async ([name, request, takenByWorkerd]) => {
    const taken = onWorkerd(takenByWorkerd, undefined);
    if (taken !== undefined) {
      assertEquals((await attacked.send(request)).status, taken);
      return;
    }
    const may = [501, 505];
    const statuses = name.startsWith("H17") ? [400, 431, ...may] : [400];
    const all = { ...request, may };
    const { headers } = await attacked.sendInVain(all, ...statuses);
    assert(!headers.has("content-security-policy"), "a route ran");
    assertEquals(
      (await attacked.identity(new wire.WireJar(jar))).kind,
      "member",
    );
  });
});

test("G12 H12: a token in the request identifies no user", async (attacked) => {
  const { origin } = attacked;
  const { accessToken } = (await sessionOf(await attacked.member())).tokens;
  const basic = "Basic YW5uOmFubg==";
  const values = [accessToken, `Bearer ${accessToken}`, basic, "evilmarker"];
  await tryEach(values, async (value) => {
    const calls = attacked.calls.length;
    const headers = [`Authorization: ${value}`];
    const { kind } = await steps.identityOf(origin, new wire.WireJar(), {
      headers,
    });
    assertEquals(kind, "visitor");
    const request = { headers, unechoed: ["evilmarker"] };
    const page = await attacked.send({ ...request, target: "/test/members" });
    const account = await attacked.send({ ...request, target: "/account" });
    assertEquals([page.status, account.status], [200, 303]);
    const made = attacked.calls.slice(calls);
    assert(made.length > 0, "no call to Wix");
    for (const { path, headers } of made) {
      assert(!headers.get("authorization")?.includes(value), "passed on");
      assert(!path.endsWith("/token-info"), "a call to Wix about it");
    }
  });
});

test("G12 H13: no spelling of a member page's path shows it to visitors", async (attacked) => {
  const jar = await attacked.member();
  const paths = list(`
    //account ///account /x/../account /./account /%61ccount /%2561ccount
    /account%2f.. /account/%2e /account/. /account/x/.. /account%2forders
    /account%5corders /account\\orders /\\account /account//orders /ACCOUNT
    /account/./orders /account/%6frders /Account/Orders /account;x /account/
    /account;x/orders /account/orders/ /account?x /account#x /account%00
    /account%20 /account. /account.html /account/orders%3f /members/../account
    /members/..%2faccount /api/../account /index/../account`);
  const isShown = ({ status, body }: wire.WireResponse) =>
    status === 200 && /Your (?:account|orders)/.test(body);
  await tryEach(paths, async (target) => {
    const visitor = await attacked.send({ target });
    const member = await attacked.send({ target, jar });
    assert(!isShown(visitor), "shown to a visitor");
    if (!isShown(member)) return;
    const location = visitor.headers.get("location") ?? "";
    assertEquals(visitor.status, 303);
    assert(location.startsWith("/api/auth/login?"), location);
  });
  assert(isShown(await attacked.send({ target: "/account", jar })), "never");
});

test("G12 H14 N15b: files start no session; build files are cacheable, missing ones are not", async (attacked) => {
  const { body } = await attacked.send({ target: "/products/enamel-mug" });
  const linked = [...body.matchAll(/"(\/[^"\s]+\.(?:css|svg|js)[^"\s]*)"/g)]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"));
  const hashed = [...Deno.readDirSync(`${ROOT}_fresh/client/assets`)]
    .map(({ name }) => `/assets/${name}`);
  const others = list(`/favicon.svg /favicon.ico /_fresh/ /_fresh/js/x.js
    /_fresh/x.css /assets/x.js /assets/x-1a2b3c.js`);
  const member = (await attacked.member()).header();
  const cases = [...others, ...linked, ...hashed].flatMap((target) =>
    ["wix_session=bad", member].map((cookie) => [target, cookie] as const)
  );
  await tryEach(cases, async ([target, cookie]) => {
    const isMissing = target.includes("/x");
    const request = { target, headers: [`Cookie: ${cookie}`] };
    const statuses = isMissing ? [404] : [200, 404];
    const { headers, body } = await attacked.sendInVain(request, ...statuses);
    const cache = headers.get("cache-control") ?? "";
    if (isMissing) assertEquals([body, cache], ["", "no-store"]);
    assert(cache.includes("immutable") || !hashed.includes(target), cache);
    assert(!cache.includes("private"), "the session was read");
    assert(!headers.has("content-security-policy"), "a route ran");
  });
});

test("G12 H16: conditional and partial requests get personal pages whole", async (attacked) => {
  const jar = await attacked.member();
  const lines = list(
    `If-None-Match: *|If-None-Match: W/"1", "2"|Range: bytes=0-10|
    If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT|If-Range: "1"&Range: bytes=0-1|
    Accept-Encoding: gzip, br, zstd, identity;q=0|
    Range: bytes=${"0-1,".repeat(500)}0-1`,
  );
  await tryEach(lines, async (line) => {
    for (const target of list("/ /test/members /account /api/session")) {
      const request = { target, headers: list(line, "&"), jar };
      const { status, headers } = await attacked.send(request);
      assertEquals([status, headers.get("etag")], [200, null]);
    }
  });
});
