import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Fault } from "@/packages/local-wix/src/mod.ts";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { tryEach } from "./helpers/attack.ts";
import { startAttacked, testsOfApp } from "./helpers/attacked_app.ts";
import { VISITOR } from "../tests/helpers/sessions.ts";
import { cookiesOf } from "./helpers/sealed_cookies.ts";

const test = testsOfApp();
const QUERY = "POST /members/v1/members/query";
const PROPERTIES = "GET /site-properties/v4/properties";
/** Calls Wix as the current user. */
const PAGE = "/test/members";
const ELEVATED = "/api/test/elevated";
const MAY = { may: [502, 503] };
const BUSY: Fault = { status: 429, headers: { "retry-after": "60" } };

test("N8: a 429 only affects the session, new visitors or the app that got it", async () => {
  await using attacked = await startAttacked();
  const { calls, member, send, wix } = attacked;
  const old = new WireJar();
  await send({ jar: old, target: PAGE });
  await tryEach([QUERY, "refresh_token", "anonymous"], async (failing) => {
    const [ann, ben] = [await member(), await member(BEN)];
    const isNew = failing === "anonymous";
    const others = isNew ? [ann, ben, old] : [ben, old, new WireJar()];
    if (failing === "refresh_token") wix.controls.expireAccessTokens();
    wix.controls.failNext(failing, BUSY);
    const jar = isNew ? new WireJar() : ann;
    assertEquals((await send({ jar, target: PAGE, ...MAY })).status, 503);
    const before = calls.length;
    assertEquals((await send({ jar, target: PAGE, ...MAY })).status, 503);
    const repeated = calls.slice(before).map(({ path }) => path);
    const [, path = "/oauth2/token"] = failing.split(" ");
    assert(!repeated.includes(path), repeated.join());
    for (const jar of others) {
      assertEquals((await send({ jar, target: PAGE })).status, 200);
    }
    assertEquals((await send({ target: ELEVATED })).status, 200);
  });
});

test("N10: an incomplete shared response is neither cached nor served", async () => {
  await using attacked = await startAttacked();
  const { send, wix } = attacked;
  const fields = { properties: { language: "en" } };
  wix.controls.failNext(PROPERTIES, { kind: "fields", fields });
  assertEquals((await send({ target: ELEVATED, ...MAY })).status, 503);
  const { status, body } = await send({ target: ELEVATED });
  assertEquals(status, 200);
  assertEquals(typeof JSON.parse(body).businessName, "string");
});

test("D7 U23: settings that Wix refuses cost one token call and one log line, and a hint for developers", async ({ wix }) => {
  const value = "00000000-0000-4000-8000-00000000dead";
  const cases = [
    ["WIX_CLIENT_ID", PAGE, "true"],
    ["WIX_CLIENT_ID", PAGE, ""],
    ["WIX_CLIENT_SECRET", ELEVATED, "true"],
    ["WIX_CLIENT_SECRET", ELEVATED, ""],
  ] as const;
  await tryEach(cases, async ([name, target, hints]) => {
    const settings = { DEVELOPER_HINTS: hints, [name]: value };
    await using attacked = await startAttacked({ wix, settings });
    for (let page = 0; page < 5; page++) {
      const { status, body } = await attacked.send({ target, ...MAY });
      assertEquals([status, body.includes(name)], [503, hints === "true"]);
    }
    assertEquals(
      (await attacked.send({ target: "/api/session" })).status,
      200,
    );
    assertEquals(attacked.tokenCalls, 1);
    assertEquals(attacked.app.output().match(/_REFUSED/g)?.length, 1);
  });
});

test("D3: cookies of another key cause one warning, which names the setting", async (attacked) => {
  const secrets = ["the secret of another instance of the app"];
  const jar = await cookiesOf(VISITOR, { secrets });
  const headers = [`Cookie: ${jar.header()}`];
  for (let page = 0; page < 50; page++) {
    assertEquals(
      (await attacked.send({ target: "/api/session", headers })).status,
      200,
    );
  }
  const warnings = attacked.app.output().split("\n")
    .filter((line) => line.includes("SESSION_SECRET"));
  // A minute may have ended in between.
  assert([1, 2].includes(warnings.length), `${warnings.length}`);
  assertMatch(warnings[0] ?? "", /could not be decrypted/);
});
