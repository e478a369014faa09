import { assert, assertEquals } from "@std/assert";
import type { Fault } from "@/packages/local-wix/src/mod.ts";
import { BEN } from "@/tests/helpers/site.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { list, test, tryEach } from "./helpers/attack.ts";
import { startAttacked } from "./helpers/attacked_app.ts";

/** No response may take longer, whatever Wix does. */
const MAX_MS = 8_000;
const FOREVER = { hang: true, times: "always" } as const;

const FAULTS: readonly (readonly [name: string, fault: Fault])[] = [
  ["U2 reset before a byte", { kind: "reset" }],
  ["U4 reset in the body", { kind: "truncated" }],
  ["U6 no response", { hang: true }],
  ["U6 a trickle", { kind: "trickle", trickleMs: 30_000 }],
  ["U8 429", { status: 429, headers: { "retry-after": "0" } }],
  ["U12 a 503 page", { kind: "html", status: 503 }],
  ["U12 a 502 page", { kind: "html", status: 502 }],
  ["U12 a 500", { status: 500 }],
  ["U15 204", { status: 204 }],
  ["U14 truncated JSON", { kind: "badJson" }],
  ["U16 a page instead of JSON", { kind: "html" }],
  ["U15 an empty 200", { kind: "empty" }],
  ["U20 a gzip bomb", { kind: "gzipBomb" }],
  ["U20 an endless response", { kind: "huge" }],
  ["U21 a redirect", { kind: "redirect", location: "https://evil.example/" }],
];
/** Of the token endpoint alone. */
// deno-fmt-ignore -- a table
const TOKEN_FAULTS: typeof FAULTS = [
  ["U17 {}", { status: 200, body: {} }],
  ["U17 a number", { kind: "fields", fields: { access_token: 5 } }],
  ["U17 an empty token", { kind: "fields", fields: { access_token: "" } }],
  ["U18 no expires_in", { kind: "fields", omit: ["expires_in"] }],
  ...[0, -1, "abc", 1e12].map((expires_in) =>
    [`U18 expires_in ${expires_in}`, { kind: "fields", fields: { expires_in } }] as const),
  ["U28 another code", { status: 400, body: { error: "server_error" } }],
];

/** What fails at Wix, and the page that meets it; grants have token faults. */
const PHASES: [name: string, failing: string, page: string][] = [
  ["visitor mint", "anonymous", "/test/members"],
  ["code exchange", "authorization_code", "callback"],
  ["refresh", "refresh_token", "/account/orders"],
  ["SDK read", "POST /ecom/v1/orders/search", "/account/orders"],
  ["SDK read by GET", "GET /members/v1/members/my", "/account"],
  ["elevated call", "POST /badges/v4/badges/query", "/test/badge"],
  ["app's tokens", "client_credentials", "/test/badge"],
];

test("G4 U2–U28 U15: no Wix fault at any phase ends a session, and responses take at most 8 s", async () => {
  await tryEach(PHASES, async ([, failing, page]) => {
    await using attacked = await startAttacked({ recorded: false });
    const faults = / |client/.test(failing) ? [] : TOKEN_FAULTS;
    await tryEach([...FAULTS, ...faults], async ([, fault]) => {
      const { controls } = attacked.wix;
      const isVisitor = ["/test/members", "callback"].includes(page);
      const kind = isVisitor ? "visitor" : "member";
      const jar = kind === "member" ? await attacked.member() : new WireJar();
      const isLogin = page === "callback";
      const target = isLogin ? (await attacked.pending(jar)).target : page;
      if (/refresh|client/.test(failing)) controls.expireAccessTokens();
      const count = () => {
        const { grants, routes } = controls.counters;
        const counts: Record<string, number> = { ...grants, ...routes };
        return counts[failing] ?? 0;
      };
      controls.failNext(failing, { ...fault, times: "always" });
      const before = count();
      const startedAt = performance.now();
      const may = [502, 503, 504];
      const unechoed = ["<html>busy", "evil.example"];
      const { status } = await attacked.send({ jar, target, may, unechoed });
      const took = performance.now() - startedAt;
      controls.clearFaults();
      assert([400, ...may].includes(status), `status ${status}`);
      assert(took <= MAX_MS, `${took} ms`);
      const tries = count() - before;
      assert(tries === 1 || tries === 2, `${tries} tries`);
      assertEquals((await attacked.identity(jar)).kind, kind);
      // U26: when Wix is back the user need not log in again.
      const next = isLogin ? "/test/members" : page;
      assertEquals((await attacked.send({ jar, target: next })).status, 200);
    });
  }, { atOnce: PHASES.length });
});

test("G4 U1 U2: with Wix unreachable pages without Wix data work, and members stay", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const jar = await attacked.member();
  await attacked.wix.close();
  const working = ["/", "/api/session", "/healthz"];
  const others = list(
    "/account/orders /api/orders /api/test/elevated /api/auth/login",
  );
  await tryEach([...working, ...others], async (target) => {
    const { status } = await attacked.send({ jar, target, may: [503] });
    assertEquals(status, working.includes(target) ? 200 : 503);
  });
  assertEquals((await attacked.identity(jar)).kind, "member");
});

/** A logout, or a member whose token still works, waits no longer. */
async function assertImpatient(run: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  await run();
  assert(performance.now() - startedAt < 2_500, "too long");
}

test("G4 U6: a logout does not wait when Wix hangs", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const jar = await attacked.member();
  for (const path of ["/headless/v1", "/_api/redirects-api/v1"]) {
    attacked.wix.controls.failNext(`POST ${path}/redirect-session`, FOREVER);
  }
  await assertImpatient(() => attacked.logOut({ jar }));
  assertEquals((await attacked.identity(jar)).kind, "visitor");
});

test("G4 U6: members whose tokens still work do not wait for refreshes that hang", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const { controls } = attacked.wix;
  // In the margin of the refresh from the start.
  controls.accessTokenSeconds = 60;
  const [first, second] = [await attacked.member(), await attacked.member(BEN)];
  controls.failNext("refresh_token", FOREVER);
  const target = "/account/orders";
  await attacked.send({ jar: first, target });
  await assertImpatient(async () => {
    assertEquals((await attacked.send({ jar: second, target })).status, 200);
  });
});
