import { assert, assertEquals } from "@std/assert";
import { assumptionsPage } from "../docs/write_assumptions.ts";
import { callsModule } from "../docs/write_calls.ts";
import { USAGE } from "../src/cli_options.ts";
import { FAULT_KINDS } from "../src/faults/faults.ts";
import { readSeed, SITE } from "../src/mod.ts";
import { GRANTS } from "../src/oauth/protocol.ts";
import { ROUTES } from "../src/routes.ts";
import { SETTING_NAMES } from "../src/settings.ts";

const read = (path: string) =>
  Deno.readTextFile(new URL(`../${path}`, import.meta.url));
const README = await read("README.md");

/** The first cells of the tables' rows, as far as they are code. */
const CELLS = [...README.matchAll(/^\| `([^`]+)`/gm)].map(([, text]) => text);

function assertDocumented(names: readonly string[]): void {
  assert(names.length > 0);
  assertEquals(names.filter((name) => !CELLS.includes(name)), []);
}

Deno.test("README.md lists every option, setting, kind of fault and grant", () => {
  const options = USAGE.match(/^ {2}--.+?(?= {2,})/gm) ?? [];
  assertDocumented(options.map((text) => text.trim()));
  assertDocumented(SETTING_NAMES);
  assertDocumented(FAULT_KINDS);
  for (const grant of GRANTS) assert(README.includes(`\`${grant}\``), grant);
});

Deno.test("README.md lists exactly the existing controls", () => {
  const controls = ROUTES.map(({ name }): string => name)
    .filter((name) => name.includes(" /_local/"));
  const described = CELLS.filter((cell) => cell?.includes(" /_local/"));
  assertEquals(described.sort(), controls.sort());
});

Deno.test("README.md has the demo site's credentials and a valid seed file", () => {
  const { clientId, clientSecret, instanceId, siteId, apiKey } = SITE;
  for (const text of [clientId, clientSecret, instanceId, siteId, apiKey]) {
    assert(README.includes(`\`${text}\``), text);
  }
  const json = /```json\n([\s\S]*?)```/.exec(README)?.[1] ?? "";
  const { site, people } = readSeed(json);
  assertEquals(site.name, "Ada & Sons");
  assertEquals(people.map(({ orderCount }) => orderCount), [130, 0]);
});

Deno.test("docs/assumptions.md lists every assumption", async () => {
  const page = await assumptionsPage();
  assert(page.split("\n- ").length > 50);
  const written = await read("docs/assumptions.md");
  assertEquals(written, page, "deno task assumptions");
});

Deno.test("the list of SDK calls matches the packages", async () => {
  const written = await read("src/console/sdk_calls.ts");
  assertEquals(written, callsModule(), "deno task calls");
});
