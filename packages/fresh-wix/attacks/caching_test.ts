import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar, type WireResponse } from "@/tests/helpers/wire.ts";
import { assertPrivate, list, test, tryEach } from "./helpers/attack.ts";
import { startAttacked } from "./helpers/attacked_app.ts";

/** Hits, redirects, refusals and errors. */
const PATHS = list(`
  / /members /elevation /islands /account /account/orders /healthz /no-such-page
  /account/orders?cursor=x /account/orders/00000000-0000-4000-8000-00000000dead
  /account/no-such-page /api/session /api/orders /api/site-properties /api/wix/x
  /api/wix/members/v1/members/query /api/auth/login /api/auth/callback
  /api/auth/login?prompt=nonsense /api/auth/callback?code=x&state=y
  /api/auth/logout /api/auth/logout-callback`);

test("G7 H14 H16 X24: a shared cache in front of every route never has a response for another user, and no page can be framed", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const jars = {
    Ann: await attacked.member(),
    Ben: await attacked.member(BEN),
    visitor: new WireJar(),
  };
  const cases = PATHS.flatMap((target) =>
    ["GET", "HEAD", "POST"].flatMap((method) =>
      Object.entries(jars).map(([who, jar]) =>
        [`${method} ${target} as ${who}`, { target, method, jar }] as const
      )
    )
  );
  const cache = new Map<string, WireResponse>();
  await tryEach(cases, async ([, { method, target, jar }]) => {
    const key = `${method} ${target}`;
    assert(!cache.has(key), "responded from the shared cache");
    const response = await attacked.send({ method, target, jar });
    if (mayStore(method, response)) cache.set(key, response);
    assertPrivate(response.headers);
    const { "content-security-policy": policy, "content-type": type } = Object
      .fromEntries(response.headers);
    const isPage = method !== "HEAD" && type?.startsWith("text/html");
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

/** RFC 9111 §3, as far as a shared cache in front of a site goes. */
function mayStore(method: string, { status, headers }: WireResponse): boolean {
  const control = headers.get("cache-control") ?? "";
  const isForbidden = /no-store|private/.test(control) ||
    headers.has("set-cookie");
  const isFresh = /public|s-maxage|max-age=[1-9]/.test(control) ||
    [...headers.keys()].some((name) => /^expires|cdn-cache-control/.test(name));
  const isHeuristic = [200, 203, 204, 301, 308, 404, 405, 410].includes(status);
  return method === "GET" && !isForbidden && (isFresh || isHeuristic);
}
