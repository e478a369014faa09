import { once } from "node:events";
import { connect } from "node:http2";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { startApp } from "@/tests/helpers/app.ts";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { hostWarning } from "@/tools/serve.ts";
import { list, tryEach } from "./helpers/attack.ts";
import { testsOfApp } from "./helpers/attacked_app.ts";
import { SECRETS } from "./helpers/sealed_cookies.ts";
import * as slow from "./helpers/slow_request.ts";

const test = testsOfApp();
const ORDER = "00000003-0000-4000-8000-000000000412";

const PRODUCTION = {
  APP_ORIGIN: "https://shop.example",
  SESSION_SECRET: SECRETS[0],
  WIX_CLIENT_ID: SITE.clientId,
};

test("H3: HTTP/1.1 without Host is a 400", async () => {
  await using production = await startApp(PRODUCTION);
  const { origin } = production;
  const hosts = [["Host: shop.example", 200], ["A: b", 400]] as const;
  await tryEach(hosts, async ([line, expected]) => {
    using request = await slow.send(origin, ["GET / HTTP/1.1", line, "", ""]);
    assertEquals((await request.response).status, expected);
  });
});

test("H3 N17: HTTP/2 with a user in the authority is a 400", async () => {
  await using production = await startApp(PRODUCTION);
  const { origin } = production;
  const { host } = new URL(origin);
  assertEquals(await http2Status(origin, "shop.example"), 200);
  const others = [host, `user@${host}`, "shop.example:443@evil.example"];
  await tryEach(others, async (authority) => {
    assertEquals(await http2Status(origin, authority), 400);
  });
}, { denoOnly: "other hosts serve HTTP/1.1 only" });

async function http2Status(origin: string, authority: string): Promise<number> {
  const client = connect(origin);
  const request = client.request({ ":path": "/", ":authority": authority });
  request.end();
  const [headers] = await once(request, "response")
    .finally(() => client.destroy());
  return headers[":status"];
}

test("N2: a copied cookie counts as a visitor's after a logout, and once Wix refused the tokens", async ({ identity, logOut, member, send, wix }) => {
  const jar = await member();
  const copy = new WireJar(jar);
  await logOut({ jar });
  assertEquals((await identity(new WireJar(copy))).kind, "visitor");
  const page = await send({ jar: copy, target: `/account/orders/${ORDER}` });
  assertEquals(page.status, 303);

  const revoked = new WireJar(await member());
  wix.controls.expireAccessTokens();
  wix.controls.revokeRefreshTokens();
  const first = new WireJar(revoked);
  assertEquals(
    (await send({ jar: first, target: "/test/members" })).status,
    401,
  );
  assertEquals((await identity(revoked)).kind, "visitor");
});

test("O1: a login without a member id opens the member's own orders only", async ({ member, send, wix }) => {
  const request = { target: `/account/orders/${ORDER}` };
  const down = { status: 500, times: "always" } as const;
  wix.controls.failNext("GET /members/v1/members/my", down);
  const [ann, ben] = [await member(), await member(BEN)];
  // Wix itself would refuse it: here it does not.
  const order = { id: ORDER, buyerInfo: { memberId: SITE.clientId } };
  const fault = { status: 200, body: { order } };
  wix.controls.failNext("GET /ecom/v1/orders/{id}", fault);
  const unknown = await send({ ...request, jar: ben, may: [503] });
  assertEquals(unknown.status, 503);
  wix.controls.clearFaults();
  wix.controls.failNext("GET /ecom/v1/orders/{id}", fault);
  assertEquals((await send({ ...request, jar: ben })).status, 404);
  assertEquals((await send({ ...request, jar: ann })).status, 200);
});

test("O2: developer hints need their setting, and a public server on localhost warns", async ({ wix }) => {
  await using local = await startApp({
    ...{ WIX_CLIENT_ID: SITE.clientId, WIX_API_ORIGIN: wix.origin },
    ...{ SESSION_SECRET: SECRETS[0], DEVELOPER_HINTS: "" },
  });
  const elevated = await fetch(`${local.origin}/api/test/elevated`);
  assertEquals(elevated.status, 403);
  assertEquals((await elevated.json()).hint, undefined);
  const page = await fetch(`${local.origin}/test/members`);
  await page.body?.cancel();
  assertEquals(page.headers.get("server-timing"), null);

  const home = "http://localhost:8000";
  for (const host of ["0.0.0.0", "::"]) assert(hostWarning(host, home));
  for (const host of ["127.0.0.1", "::1"]) assert(!hostWarning(host, home));
  assert(!hostWarning("0.0.0.0", "https://shop.example"));
});

test("N14: line breaks and bidi controls from Wix are not logged", async ({ app: { output }, send, wix }) => {
  const odd = "\u2028\u2029\u0085\u202e\u2066\u200f\u061c\u001b\r\n\u0000";
  const text = `begin${odd}200 GET /${odd}end`;
  const details = { applicationError: { code: text, description: text } };
  const before = output().length;
  const body = { message: text, details };
  const fault = { status: 400, body };
  wix.controls.failNext("POST /members/v1/members/query", fault);
  await send({ target: "/test/members", may: [500] });
  const lines = output().slice(before).split("\n");
  const logged = lines.find((line) => line.includes("begin")) ?? "";
  assertStringIncludes(logged, "begin 200 GET / end");
  assert(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(logged), logged);
});

test("S20: an id from a URL reaches no other endpoint of Wix", async ({ calls, member, send }) => {
  const jar = await member();
  const ids = list(`../.. ../../members/v1/members/my x/cancel x?y x#y x\\y x;y
    %2e%2e %2fx %00 ${ORDER}/cancel ${ORDER}?a=b ../orders/${ORDER} ${ORDER}#`);
  const once = [...ids, " ", "\u202e"].map(encodeURIComponent);
  const before = calls.length;
  await tryEach([...once, ...once.map(encodeURIComponent)], async (id) => {
    const { status } = await send({ jar, target: `/account/orders/${id}` });
    assert(status === 404 || status === 400, `status ${status}`);
  });
  assertEquals(calls.slice(before).map(({ path }) => path), []);
});
