import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { filesBelow } from "@/tests/helpers/files.ts";
import { ANN } from "@/tests/helpers/site.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { ROOT } from "@/tools/packages.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { type AttackedApp, startAttacked } from "./helpers/attacked_app.ts";

const SESSION_SECRET = "canary-cookie-secret-0123456789abcdef";
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const canaries = new Map([
  ["cookie key", SESSION_SECRET],
  ["client secret", SITE.clientSecret],
  ["instance id", SITE.instanceId],
  ["email address", ANN],
  ["token, by its mark", "JWS."],
  ["sealed value, by its mark", "eyJhbGciOiJkaXIi"],
]);

function assertNoCanary(text: string, ...shown: string[]): void {
  const found = [...canaries].filter(([name, value]) =>
    !shown.includes(name) && text.includes(value)
  );
  assertEquals(found.map(([name]) => name), []);
}

test("G8 S1: files for browsers contain no secrets", async () => {
  const files = await filesBelow(`${ROOT}_fresh/client`);
  const judge = async (file: string) =>
    assertNoCanary(await Deno.readTextFile(file));
  await tryEach(files, judge);
});

test("G8 S2 S4 S5 S6 S8: pages, headers and logs contain no secrets, even with failures", async () => {
  const log = await outputOfStory({});
  assertNoCanary(log);
  assertEquals(GUID.exec(log)?.[0], undefined);
});

test(
  "G8 S4 S6: spans contain no secrets, and our own no ids",
  async () => {
    const exporter = { OTEL_EXPORTER_OTLP_PROTOCOL: "console" };
    const output = await outputOfStory({ OTEL_DENO: "true", ...exporter });
    assertMatch(output, /http\.request\.method/);
    // deno-lint-ignore no-control-regex -- colours
    const own = output.replace(/\x1b\[[\d;]*m/g, "").split(/^SPAN /m).slice(1)
      .filter((span) => span.includes("scope: fresh-wix"))
      // What follows a span may be a line of the log.
      .map((span) => span.split(/^LOG /m)[0]).join("\n");
    const expected = [
      "session open",
      "session begin",
      "session refresh",
      "Wix POST",
    ];
    expected.forEach((name) => assertStringIncludes(own, name));
    assertEquals(GUID.exec(own)?.[0], undefined);
    // Deno's own server spans hold the URL of every request, and a program can't
    // change that. A code in them was used, and needs the verifier (RFC 7636).
    const spans = output.replaceAll(/^.*url\.(full|query).*$/gm, "");
    // A span records the message of what a handler throws, and a route may need
    // the address that is in it.
    assertNoCanary(spans, "email address");
  },
  { denoOnly: "traces are Deno's" },
);

/** Returns what an app with these settings writes during the story. */
async function outputOfStory(more: Record<string, string>) {
  const all = { SESSION_SECRET, ...more };
  const attacked = await startAttacked({ recorded: false, settings: all });
  await tellStory(attacked).finally(() => attacked[Symbol.asyncDispose]());
  return attacked.app.output();
}

async function tellStory(attacked: AttackedApp): Promise<void> {
  const { controls } = attacked.wix;
  const jar = new WireJar();
  const may = [500, 502, 503];
  const open = async (target: string, ...shown: string[]) => {
    const { headers, body } = await attacked.send({ jar, target, may });
    headers.delete("set-cookie");
    assertNoCanary(`${[...headers].join("\n")}\n${body}`, ...shown);
    return body;
  };
  await open("/test/members");
  const { callback, target } = await attacked.pending(jar);
  for (const name of ["state", "code"]) {
    canaries.set(name, callback.searchParams.get(name) ?? "missing");
  }
  await open(target);
  const sealed = [...jar.values()].find(({ length }) => length > 200);
  canaries.set("sealed cookie", sealed ?? "missing");
  for (const path of ["/", "/cart", "/api/session"]) await open(path);
  const orders = await open("/account/orders");
  await open(/\/account\/orders\/[0-9a-f-]{36}/.exec(orders)?.[0] ?? "");
  // The one page that shows the member's own address.
  await open("/account", "email address");
  const error_description = SITE.clientSecret;
  const refused = { error: "invalid_client", error_description };
  controls.failNext("client_credentials", { status: 401, body: refused });
  const ends = ["test/elevated", "test/elevated", "orders"];
  for (const end of ends) await open(`/api/${end}`);
  const body = { message: `JWS.secret ${ANN}`, details: {} };
  const headers = { "retry-after": "0" };
  for (const status of [400, 401, 403, 429, 500]) {
    const fault = { status, body, headers };
    controls.failNext("POST /members/v1/members/query", fault);
    await open("/test/members");
  }
  controls.expireAccessTokens();
  const words = { error: "x", error_description: `JWS.x ${SESSION_SECRET}` };
  controls.failNext("refresh_token", { status: 400, body: words });
  await open("/account/orders");
  await open("/api/auth/callback?code=JWS.code&state=JWS.state");
  await open("/api/auth/callback?error=JWS.error&error_description=JWS.text");
  await open("/no-such-page?x=JWS.secret");
}
