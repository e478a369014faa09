import { assertEquals, assertStringIncludes } from "@std/assert";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { assertPrivate, list, test, tryEach } from "./helpers/attack.ts";
import { startAttacked } from "./helpers/attacked_app.ts";

/** Hits, redirects, refusals and errors. */
const PATHS = list(`
  / /test/members /cart /test/island /account /account/orders /healthz /no-such-page
  /account/orders?cursor=x /account/orders/00000000-0000-4000-8000-00000000dead
  /account/no-such-page /api/session /api/orders /api/test/elevated /api/wix/x
  /api/wix/members/v1/members/query /api/auth/login /api/auth/callback
  /api/auth/login?prompt=nonsense /api/auth/callback?code=x&state=y
  /api/auth/logout /api/auth/logout-callback`);

test("G7 H14 H16 X24: no shared cache may keep a response of any route, and no page can be framed", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const members = [await attacked.member(), await attacked.member(BEN)];
  const cases = [...members, new WireJar()].flatMap((jar) =>
    ["GET", "HEAD", "POST"].flatMap((method) =>
      PATHS.map((target) =>
        [`${method} ${target}`, method, target, jar] as const
      )
    )
  );
  await tryEach(cases, async ([, method, target, jar]) => {
    const { headers } = await attacked.send({ method, target, jar });
    assertPrivate(headers);
    const isPage = headers.get("content-type")?.startsWith("text/html");
    const policy = headers.get("content-security-policy");
    if (isPage) assertStringIncludes(policy ?? "", "frame-ancestors 'none'");
  });

  const jar = await attacked.member();
  await attacked.wix.close();
  await tryEach(PATHS, async (target) => {
    const { headers } = await attacked.send({ target, jar, may: [503] });
    assertPrivate(headers);
  });
  assertEquals((await attacked.identity(jar)).kind, "member");
});
