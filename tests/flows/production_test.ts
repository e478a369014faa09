import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { identityOf, pendingLogin } from "../helpers/wire_login.ts";
import {
  sendWith,
  WireJar,
  type WireRequest,
  type WireResponse,
} from "../helpers/wire.ts";
import { startApp } from "../helpers/app.ts";
import { shownMembers, shownUser } from "../helpers/document.ts";
import {
  ANN,
  type Site,
  startProductionSite,
  startSite,
} from "../helpers/site.ts";

const ORIGIN = "https://shop.example";
const HOST = "shop.example";
const SEARCH_ORDERS = "POST /ecom/v1/orders/search";

Deno.test("a shop on https: visitor, login, orders and logout", async (t) => {
  await using site = await startProductionSite(ORIGIN);
  const jar = new WireJar();
  const send = createSender(site, jar);

  await t.step("a visitor's session is kept in a __Host- cookie", async () => {
    const page = await send({ target: "/test/members" });
    assertEquals(page.status, 200);
    assert(shownMembers(page).includes("Ann"));
    assertKept(page);
  });

  await t.step("responses set Strict-Transport-Security (H6)", async () => {
    for (const target of ["/", "/api/session", "/account", "/nowhere"]) {
      const { headers } = await send({ target });
      const policy = headers.get("strict-transport-security");
      assertEquals(policy, "max-age=31536000", target);
    }
  });

  await t.step("a member logs in, and returns to https", async () => {
    const { login, callback, target } = await pendingLogin(
      site.app.origin,
      jar,
      { query: "returnToUrl=/account/orders", host: HOST },
    );
    assertKept(login);
    assertEquals(callback.origin, ORIGIN);
    const back = await send({ target });
    assertEquals(back.status, 302);
    assertEquals(back.headers.get("location"), `${ORIGIN}/account/orders`);
    assertKept(back);
  });

  await t.step("and opens the orders", async () => {
    const page = await send({ target: "/account/orders" });
    assertEquals(page.status, 200);
    assertEquals(shownUser(page), "Ann");
    assertStringIncludes(page.body, "1047");
  });

  await t.step("error pages have no hints for developers", async () => {
    const orders = { target: "/account/orders" };
    assertEquals((await send(orders)).headers.get("server-timing"), null);

    site.wix.controls.failNext(SEARCH_ORDERS, { status: 403 });
    const refused = await send(orders);
    assertEquals(refused.status, 403);
    assertEquals(refused.body.includes("For developers"), false);
  });

  await t.step("logging out ends the session here and at Wix", async () => {
    const response = await send({
      method: "POST",
      target: "/api/auth/logout",
      headers: [`Origin: ${ORIGIN}`],
      body: "",
    });
    assertEquals(response.status, 302);
    assertEquals(
      new URL(response.headers.get("location") ?? "").host,
      new URL(site.wix.origin).host,
    );
    assertKept(response);
    const { kind } = await identityOf(site.app.origin, jar);
    assertEquals(kind, "visitor");
  });
});

Deno.test("Wix rejects a login with a redirect URI that is not allowed (D6)", async () => {
  await using site = await startProductionSite(ORIGIN, []);
  const page = await site.visitor().open("/api/auth/login");
  assertEquals(page.url.origin, site.wix.origin);
  assertEquals(page.status, 400);
  assertStringIncludes(page.body, "redirect");
});

Deno.test("without permission to read settings the app prints an error and does not start (D12)", async () => {
  const error = await assertRejects(() =>
    startApp({ APP_ORIGIN: ORIGIN }, {
      changeArgs: (args) => args.filter((arg) => !arg.includes("-env")),
    }), Error);
  assertStringIncludes(
    error.message,
    "Cannot start: 1 setting is missing or wrong\n" +
      "  - WIX_CLIENT_ID may not be read: ",
  );
  assertEquals(/^ +at /m.test(error.message), false, error.message);
});

Deno.test("in development error pages have hints, and http is allowed", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  site.wix.controls.failNext(SEARCH_ORDERS, { status: 403 });
  const refused = await browser.open("/account/orders");
  assertEquals(refused.status, 403);
  assertMatch(refused.body, /For developers:.*auth\.elevate\(/);
  assertStringIncludes(refused.headers.get("server-timing") ?? "", " 403");
  assertEquals(refused.headers.get("strict-transport-security"), null);
});

type Send = (request: WireRequest) => Promise<WireResponse>;

/** Sends requests like a proxy that terminates https. */
function createSender({ app }: Site, jar: WireJar): Send {
  return (request) => sendWith(jar, app.origin, { host: HOST, ...request });
}

/** Asserts that every cookie is limited to https and this host. */
function assertKept({ headers }: WireResponse): void {
  const lines = headers.getSetCookie();
  assert(lines.length > 0, "no cookie is set");
  for (const line of lines) {
    assertMatch(line, /^__Host-/);
    const [, ...attributes] = line.split("; ");
    assert(attributes.includes("Secure"), line);
    assert(attributes.includes("HttpOnly"), line);
    assert(attributes.includes("Path=/"), line);
    assertEquals(/domain=/i.test(line), false, line);
  }
}
