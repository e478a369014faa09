/**
 * Login is for navigations of a person.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { WireJar } from "@/tests/helpers/wire.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { appOfFile } from "./helpers/attacked_app.ts";

const app = appOfFile();
const LOGIN = "/api/auth/login";
const REDIRECT_SESSION = "POST /_api/redirects-api/v1/redirect-session";

const NO_NAVIGATION: readonly (readonly [
  name: string,
  method: string,
  headers: readonly string[],
])[] = [
  ["HEAD", "HEAD", []],
  ["a prefetch", "GET", ["Sec-Purpose: prefetch"]],
  ["a prerender", "GET", ["Sec-Purpose: prefetch;prerender"]],
  ["an older prefetch", "GET", ["Purpose: prefetch"]],
  ["Firefox's prefetch", "GET", ["X-Moz: prefetch"]],
  ["Safari's preview", "GET", ["X-Purpose: preview"]],
  ["a script's fetch", "GET", ["Sec-Fetch-Mode: cors"]],
  ["an image", "GET", ["Sec-Fetch-Mode: no-cors"]],
];

test("C19: what is no navigation begins no login and spends no code", async () => {
  const attacked = await app();
  await tryEach(NO_NAVIGATION, async ([, method, more]) => {
    const jar = new WireJar();
    const { target } = await attacked.pending(jar);
    const before = attacked.calls.length;
    for (const url of [LOGIN, target]) {
      const { status, headers } = await attacked.send({
        jar,
        method,
        target: url,
        headers: more,
        may: [503],
      });
      assert([403, 405, 503].includes(status), `status ${status}`);
      assertEquals(headers.getSetCookie(), []);
      assertEquals(headers.get("location"), null);
    }
    assertEquals(attacked.calls.length, before);
    await attacked.send({ jar, target });
    assertEquals((await attacked.identity(jar)).kind, "member");
  });
});

test("C15: a response by another issuer than Wix is refused, with its code unspent", async () => {
  const attacked = await app();
  const issuers = [
    ["https://www.wix.com", "member"],
    ["https://evil.example", "visitor"],
    ["https://www.wix.com.evil.example", "visitor"],
    ["http://www.wix.com", "visitor"],
    ["", "visitor"],
  ] as const;
  await tryEach(issuers, async ([iss, kind]) => {
    const jar = new WireJar();
    const { target } = await attacked.pending(jar);
    const before = attacked.tokenCalls;
    const query = new URLSearchParams({ iss });
    await attacked.send({ jar, target: `${target}&${query}` });
    assertEquals((await attacked.identity(jar)).kind, kind);
    assertEquals(attacked.tokenCalls - before, kind === "member" ? 1 : 0);
  });
});

test("N16: the login that the user began survives five that other sites began", async () => {
  const attacked = await app();
  const paths = [["/"], [`/${"x".repeat(1_000)}`]] as const;
  await tryEach(paths, async ([path]) => {
    const jar = new WireJar();
    const query = `returnToUrl=${path}`;
    const { target } = await attacked.pending(jar, { query });
    const [own] = [...jar].find(([name]) => name.startsWith("wix_login")) ?? [];
    assert(own);
    for (let navigation = 0; navigation < 5; navigation++) {
      // As if it were the oldest: all are of the same second.
      const value = jar.get(own) ?? "";
      jar.delete(own);
      jar.set(own, value);
      const headers = [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Dest: document",
      ];
      const url = `${LOGIN}?${query}`;
      const { status } = await attacked.send({ jar, target: url, headers });
      assertEquals(status, 302);
    }
    const { headers } = await attacked.send({ jar, target });
    assertEquals(headers.get("location"), attacked.origin + path);
    assertEquals((await attacked.identity(jar)).kind, "member");
  });
});

test("O3: robots are told to leave logins and the API alone", async () => {
  const { send } = await app();
  const { status, body } = await send({ target: "/robots.txt" });
  assertEquals(status, 200);
  assertStringIncludes(body, "Disallow: /api/");
  for (const target of [LOGIN, "/api/auth/callback", "/api/session"]) {
    const { headers } = await send({ target });
    assertStringIncludes(headers.get("x-robots-tag") ?? "", "noindex");
  }
});

test("N21: a redirect session that leads to no page of Wix is followed by nobody", async () => {
  const { member, origin, send, wix } = await app();
  const urls = [
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "http://evil.example/",
    "blob:https://www.wix.com/x",
    "",
  ].map((url) => [url] as const);
  await tryEach(urls, async ([fullUrl]) => {
    const fields = { redirectSession: { fullUrl } };
    const fail = () =>
      wix.controls.failNext(REDIRECT_SESSION, { kind: "fields", fields });
    fail();
    const login = await send({ target: LOGIN, may: [503] });
    assertEquals(login.status, 503);
    assertEquals(login.headers.get("location"), null);
    assert(!login.headers.getSetCookie().join().includes("wix_login"));

    const jar = await member();
    fail();
    const { headers } = await send({
      jar,
      method: "POST",
      target: "/api/auth/logout",
      headers: [`Origin: ${origin}`],
      body: "",
    });
    assertEquals(new URL(headers.get("location") ?? "").pathname, "/");
    assertEquals(jar.has("wix_session"), false);
  });
});
