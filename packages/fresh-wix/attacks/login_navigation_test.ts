import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { WireJar } from "@/tests/helpers/wire.ts";
import { list, tryEach } from "./helpers/attack.ts";
import { testsOfApp } from "./helpers/attacked_app.ts";

const test = testsOfApp();
const LOGIN = "/api/auth/login";
const CROSS_SITE = ["site: cross-site", "mode: navigate", "dest: document"]
  .map((line) => `Sec-Fetch-${line}`);
const SAME_SITE = CROSS_SITE.map((it) => it.replace("cross-site", "same-site"));
const REDIRECT_SESSION = "POST /_api/redirects-api/v1/redirect-session";

/** A method, or lines of a GET. */
const NO_NAVIGATION = list(`
  HEAD | Sec-Purpose: prefetch | Sec-Purpose: prefetch;prerender | X-Moz: prefetch
  | Purpose: prefetch | X-Purpose: preview | Sec-Fetch-Mode: cors
  | Sec-Fetch-Mode: no-cors | Sec-Fetch-Mode: navigate & Sec-Fetch-Dest: iframe`);

test("C19: only navigations start logins and use codes", async (attacked) => {
  await tryEach(NO_NAVIGATION, async (row) => {
    const request = row === "HEAD"
      ? { method: row }
      : { headers: row.split(" & ") };
    const jar = new WireJar();
    const { target } = await attacked.pending(jar);
    for (const url of [LOGIN, target]) {
      const all = { ...request, jar, target: url, may: [503] };
      const { headers } = await attacked.sendInVain(all, 403, 405, 503);
      assertEquals(headers.get("location"), null);
    }
    await attacked.send({ jar, target });
    assertEquals((await attacked.identity(jar)).kind, "member");
  });
});

test("C15: a response from another issuer is refused, and its code not used", async (attacked) => {
  const wix = "https://www.wix.com";
  const others = list(
    `https://evil.example ${wix}.evil.example http://www.wix.com`,
  );
  await tryEach([wix, ...others, ""], async (iss) => {
    const jar = new WireJar();
    const { target } = await attacked.pending(jar);
    const before = attacked.tokenCalls;
    await attacked.send({ jar, target: `${target}&iss=${iss}` });
    const { kind } = await attacked.identity(jar);
    assertEquals(kind, iss === wix ? "member" : "visitor");
    assertEquals(attacked.tokenCalls - before, iss === wix ? 1 : 0);
  });
});

test("N16: the user's login survives five that other sites started", async (attacked) => {
  await tryEach(["/", `/${"x".repeat(1_000)}`], async (path) => {
    const jar = new WireJar();
    const query = `returnToUrl=${path}`;
    const { target } = await attacked.pending(jar, { query });
    const own = new WireJar(jar);
    const url = `${LOGIN}?${query}`;
    for (let navigation = 0; navigation < 5; navigation++) {
      // As if it were the oldest: all are of the same second.
      for (const [name, value] of own) {
        jar.delete(name);
        jar.set(name, value);
      }
      // Also of another host of the same site.
      const headers = navigation % 2 === 0 ? CROSS_SITE : SAME_SITE;
      const request = { jar, target: url, headers };
      assertEquals((await attacked.send(request)).status, 302);
    }
    const { headers } = await attacked.send({ jar, target });
    assertEquals(headers.get("location"), attacked.origin + path);
    assertEquals((await attacked.identity(jar)).kind, "member");
  });
});

test("O3: robots.txt and X-Robots-Tag exclude logins and the API", async ({ origin, send }) => {
  // Public, unlike other responses.
  const robots = await fetch(`${origin}/robots.txt`);
  assertEquals(robots.status, 200);
  assertMatch(await robots.text(), /^Disallow: \/(api\/)?$/m);
  for (const target of [LOGIN, "/api/auth/callback", "/api/session"]) {
    const { headers } = await send({ target });
    assertStringIncludes(headers.get("x-robots-tag") ?? "", "noindex");
  }
});

test("N21: a redirect session whose URL is not at Wix is refused", async ({ logOut, member, send, wix }) => {
  const urls = list(`javascript:alert(1) data:text/html,x //evil.example/
    http://evil.example/ blob:https://www.wix.com/x`);
  await tryEach([...urls, ""], async (fullUrl) => {
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
    const { headers } = await logOut({ jar });
    assertEquals(new URL(headers.get("location") ?? "").pathname, "/");
    assertEquals(jar.has("wix_session"), false);
  });
});
