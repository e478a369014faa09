import {
  assert,
  assertEquals,
  assertExists,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type { LogEntry } from "@/packages/fresh-wix/src/observe/request_log.ts";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import { sendWith, WireJar, type WireResponse } from "../helpers/wire.ts";
import { localSettings, startApp, TEST_HOST } from "../helpers/app.ts";
import { shownReference } from "../helpers/document.ts";
import { ANN, Site, startProductionSite } from "../helpers/site.ts";

const QUERY_MEMBERS = "POST /members/v1/members/query";

const ARCHITECTURE = await Deno.readTextFile(`${ROOT}docs/architecture.md`);

/** A token of no member, to search the output for. */
const ID = "11111111-2222-4333-8444-555555555555";

Deno.test("in production each request logs one line of JSON that does not identify the user", async (t) => {
  const { app, failed } = await productionVisit();
  const output = app.output();
  const entries = output.trim().split("\n")
    .map((line): LogEntry => JSON.parse(line));

  await t.step("and nothing else is logged", () => {
    const lines = entries.map(({ status, method, route, identity, wixCalls }) =>
      `${status} ${method} ${route} ${identity} ${wixCalls}`
    );
    assertEquals(lines, [
      // The app token, products and categories.
      "200 GET / none 3",
      // Starts a session, then makes the call.
      "200 GET /test/members visitor 2",
      "303 GET /account/orders/[id] visitor 0",
      "404 GET null visitor 0",
      "403 POST /healthz none 0",
      // Of the static files only the missing one.
      "404 GET null none 0",
      "503 GET /test/members visitor 1",
      "200 GET / none 0",
    ]);
    const files = entries.flatMap(({ file }) => file ?? []);
    assertEquals(files, ["/assets/gone.js"]);
  });

  await t.step("without ids and queries", () => {
    assertEquals(output.includes(ID.slice(0, 8)), false);
    assertEquals(output.includes("campaign"), false);
  });

  await t.step("with the fields that docs/architecture.md shows", () => {
    const [, shown = ""] = ARCHITECTURE.split(/^```(?:json)?$/m);
    assertEquals(Object.keys(JSON.parse(shown)), Object.keys(entries[0] ?? {}));
  });

  await t.step(
    "with the error page's reference, the cause, and a rejected cookie",
    () => {
      const [failure, ...more] = entries.filter(({ error }) => error);
      assertEquals(more, []);
      assertMatch(failure?.ref ?? "", /^[0-9a-f]{8}$/);
      assertEquals(shownReference(failed), failure?.ref);
      assertMatch(failure?.error ?? "", /^Wix 500 /);
      const cookies = entries.map(({ cookie }) => cookie).slice(-2);
      assertEquals(cookies, [undefined, "refused"]);
    },
  );
});

// Traces are Deno's.
const onDeno = { ignore: TEST_HOST !== undefined };
Deno.test(
  "traces have spans of the session and of each call to Wix",
  onDeno,
  async () => {
    const wix = await startLocalWix({ port: 0, log: () => {} });
    const app = await startApp({
      ...localSettings(wix.origin),
      NO_COLOR: "1",
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "console",
    });
    {
      await using site = new Site(wix, app);
      const ann = await site.member(ANN);
      wix.controls.expireAccessTokens();
      await ann.request("/account");
      wix.controls.failNext(QUERY_MEMBERS, { status: 403 });
      await site.visitor().request("/test/members");
    }
    const spans = app.output().split(/^SPAN /m).slice(1);
    const named = (name: string) =>
      spans.filter((span) => span.startsWith(`${name} [`));
    const expected = ["session open", "session begin", "session refresh"];
    const calls = ["POST /oauth2/token", "GET /members/v1/members/my"];
    for (const name of [...expected, ...calls.map((call) => `Wix ${call}`)]) {
      assert(named(name).length > 0, name);
    }
    const [refused] = named(`Wix ${QUERY_MEMBERS}`);
    assertExists(refused);
    assertStringIncludes(refused, "status: Error");
    assertStringIncludes(refused, "http.response.status_code: 403");
  },
);

/** Returns the app after it has exited, and the page that failed. */
async function productionVisit() {
  const site = await startProductionSite("https://shop.example");
  await using _ = site;
  const jar = new WireJar();
  const send = (target: string, method = "GET"): Promise<WireResponse> =>
    sendWith(jar, site.app.origin, { host: "shop.example", method, target });

  await send("/?utm_source=campaign");
  await send("/test/members");
  await send(`/account/orders/${ID}`);
  await send(`/account/ordres/${ID}?of=campaign`);
  await send("/healthz", "POST");
  for (const path of ["/favicon.svg", "/healthz"]) {
    assertEquals((await send(path)).status, 200, path);
  }
  await send("/assets/gone.js");
  site.wix.controls.failNext(QUERY_MEMBERS, { status: 500 });
  const failed = await send("/test/members");
  jar.set("__Host-wix_visitor", "nonsense");
  await send("/");
  return { app: site.app, failed };
}
