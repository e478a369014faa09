/**
 * Whose fault it is: what Wix says to one caller, or of one setting, is no
 * other user's trouble.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Fault } from "@/packages/local-wix/src/mod.ts";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { appOfFile, startAttacked } from "./helpers/attacked_app.ts";
import { cookiesOf } from "./helpers/sealed_cookies.ts";

const SECRET = "the secret that seals the cookies of this file";
const app = appOfFile({ settings: { SESSION_SECRET: SECRET } });
const QUERY = "POST /members/v1/members/query";
const PROPERTIES = "GET /site-properties/v4/properties";
/** Calls Wix as the current user. */
const PAGE = "/members";
const ELEVATED = "/api/site-properties";
const MAY = { may: [502, 503] };
const BUSY: Fault = { status: 429, headers: { "retry-after": "60" } };

test("N8: a 429 is for the session, the new visitors or the app that got it", async () => {
  await using attacked = await startAttacked();
  const { calls, member, send, wix } = attacked;
  const old = new WireJar();
  await send({ jar: old, target: PAGE });
  await tryEach(
    [[QUERY], ["refresh_token"], ["anonymous"]] as const,
    async ([target]) => {
      const [ann, ben] = [await member(), await member(BEN)];
      const isNew = target === "anonymous";
      const others = isNew ? [ann, ben, old] : [ben, old, new WireJar()];
      if (target === "refresh_token") wix.controls.expireAccessTokens();
      wix.controls.failNext(target, BUSY);
      const request = {
        jar: isNew ? new WireJar() : ann,
        target: PAGE,
        ...MAY,
      };
      assertEquals((await send(request)).status, 503);
      const before = calls.length;
      assertEquals((await send(request)).status, 503);
      const repeated = calls.slice(before).map(({ path }) => path);
      assert(!repeated.includes(wixPath(target)), repeated.join());
      for (const jar of others) {
        assertEquals((await send({ jar, target: PAGE })).status, 200);
      }
      assertEquals((await send({ target: ELEVATED })).status, 200);
    },
  );
});

function wixPath(target: string): string {
  return target.split(" ")[1] ?? "/oauth2/token";
}

test("N10: an incomplete response for everybody is neither kept nor served", async () => {
  await using attacked = await startAttacked();
  const { send, wix } = attacked;
  const fields = { properties: { language: "en" } };
  wix.controls.failNext(PROPERTIES, { kind: "fields", fields });
  assertEquals((await send({ target: ELEVATED, ...MAY })).status, 503);
  const { status, body } = await send({ target: ELEVATED });
  assertEquals(status, 200);
  assertEquals(typeof JSON.parse(body).businessName, "string");
});

test("D7 U23: settings that Wix refuses cost one token call and one log line, and a hint for developers", async () => {
  const { wix } = await app();
  const WRONG_ID = "00000000-0000-4000-8000-00000000dead";
  const cases = [
    ["WIX_CLIENT_ID", WRONG_ID, PAGE],
    ["WIX_CLIENT_SECRET", "not the secret that Wix knows", ELEVATED],
  ] as const;
  const runs = cases.flatMap((one) =>
    ["true", ""].map((hints) => [`${one[0]} ${hints}`, one, hints] as const)
  );
  await tryEach(runs, async ([, [name, value, target], hints]) => {
    await using attacked = await startAttacked({
      wix,
      settings: {
        SESSION_SECRET: SECRET,
        DEVELOPER_HINTS: hints,
        [name]: value,
      },
    });
    for (let page = 0; page < 5; page++) {
      const { status, body } = await attacked.send({ target, ...MAY });
      assertEquals([status, body.includes(name)], [503, hints === "true"]);
    }
    assertEquals((await attacked.send({ target: "/" })).status, 200);
    assertEquals(attacked.tokenCalls, 1);
    assertEquals(attacked.app.output().match(/_REFUSED/g)?.length, 1);
  });
});

test("U15: empty responses of Wix are a 503, and the session stays", async () => {
  const { wix } = await app();
  const faults: Fault[] = [{ kind: "empty" }, { status: 204 }];
  const phases = [
    ["anonymous", PAGE],
    ["refresh_token", PAGE],
    [QUERY, PAGE],
    ["client_credentials", ELEVATED],
    [PROPERTIES, ELEVATED],
  ] as const;
  const cases = phases.flatMap(([target, page]) =>
    faults.map((fault) =>
      [`${target} ${fault.kind ?? fault.status}`, target, page, fault] as const
    )
  );
  await tryEach(cases, async ([, target, page, fault]) => {
    await using attacked = await startAttacked({ wix });
    const { identity, member, send } = attacked;
    const jar = target === "anonymous" ? new WireJar() : await member();
    const before = await identity(jar);
    if (target === "refresh_token") wix.controls.expireAccessTokens();
    // A GET is tried twice.
    wix.controls.failNext(target, { ...fault, times: "always" });
    const { status } = await send({ jar, target: page, ...MAY });
    wix.controls.clearFaults();
    assertEquals(status, 503);
    assertEquals(await identity(jar), before);
    assertEquals((await send({ jar, target: page })).status, 200);
  });
});

test("D3: cookies of another key are warned about once, by the setting's name", async () => {
  const attacked = await app();
  const now = Math.floor(Date.now() / 1_000);
  const tokens = {
    accessToken: "a",
    refreshToken: "r",
    expiresAt: now + 9_999,
  };
  const session = { kind: "visitor", id: "a".repeat(16), startedAt: now };
  const jar = await cookiesOf({ ...session, kind: "visitor", tokens }, {
    secrets: [`another ${SECRET}`],
  });
  for (let page = 0; page < 50; page++) {
    const headers = [`Cookie: ${jar.header()}`];
    assertEquals((await attacked.send({ target: "/", headers })).status, 200);
  }
  const warnings = attacked.app.output().split("\n")
    .filter((line) => line.includes("SESSION_SECRET"));
  // A minute may have ended in between.
  assert([1, 2].includes(warnings.length), `${warnings.length}`);
  assertMatch(warnings[0] ?? "", /did not open/);
});
