import { assert, assertEquals } from "@std/assert";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar, type WireResponse } from "@/tests/helpers/wire.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { startAttacked } from "./helpers/attacked_app.ts";

/** Hits, redirects, refusals and errors. */
const PATHS = [
  ..."/ /members /elevation /islands /account /account/orders /healthz".split(
    " ",
  ),
  ..."/account/orders?cursor=x /no-such-page /account/no-such-page".split(" "),
  "/account/orders/00000000-0000-4000-8000-00000000dead",
  ..."/api/session /api/orders /api/site-properties /api/wix/x".split(" "),
  "/api/wix/members/v1/members/query",
  ...["", "?prompt=nonsense"].map((query) => `/api/auth/login${query}`),
  ...["", "?code=x&state=y"].map((query) => `/api/auth/callback${query}`),
  ..."/api/auth/logout /api/auth/logout-callback".split(" "),
];

test("G7 H14 H16: a shared cache in front of every route never has a response for another user", async () => {
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
    assertEquals(response.headers.get("cache-control"), "private, no-store");
  });

  const jar = await attacked.member();
  await attacked.wix.close();
  await tryEach(
    PATHS.map((target) => [`${target} while Wix is down`, target] as const),
    async ([, target]) => {
      const { headers } = await attacked.send({ target, jar, may: [503] });
      assertEquals(headers.get("cache-control"), "private, no-store");
    },
  );
  assertEquals((await attacked.identity(jar)).kind, "member");
});

/** RFC 9111 §3, as far as a shared cache in front of a site goes. */
function mayStore(method: string, { status, headers }: WireResponse): boolean {
  const control = headers.get("cache-control") ?? "";
  const isForbidden = /no-store|private/.test(control) ||
    headers.has("set-cookie");
  const isFresh = /public|s-maxage|max-age=[1-9]/.test(control) ||
    ["expires", "cdn-cache-control", "deno-cdn-cache-control"].some((name) =>
      headers.has(name)
    );
  const isHeuristic = [200, 203, 204, 301, 308, 404, 405, 410].includes(status);
  return method === "GET" && !isForbidden && (isFresh || isHeuristic);
}
