import { assert, assertEquals } from "@std/assert";
import { USAGE } from "../src/cli_options.ts";
import { FAULT_KINDS } from "../src/faults/fault.ts";
import { readSeed, SITE } from "../src/mod.ts";
import { GRANTS } from "../src/oauth/protocol.ts";
import { ROUTES } from "../src/routes.ts";
import { SETTING_NAMES } from "../src/settings.ts";
import { LIVE_VARIABLES } from "@/tools/live.ts";

const PAGE = await Deno.readTextFile(
  new URL("../../../docs/local-wix.md", import.meta.url),
);

/** The first cells of the tables' rows, as far as they are code. */
const CELLS = [...PAGE.matchAll(/^\| `([^`]+)`/gm)].map(([, text]) => text);

function assertDocumented(what: string, names: readonly string[]): void {
  assert(names.length > 0);
  const missing = names.filter((name) => !CELLS.includes(name));
  assertEquals(missing, [], `docs/local-wix.md lacks ${what}`);
}

Deno.test("docs/local-wix.md has every option", () => {
  const options = USAGE.match(/^ {2}--.+?(?= {2,})/gm) ?? [];
  assertDocumented("options", options.map((text) => text.trim()));
});

Deno.test("docs/local-wix.md has every control, and no other", () => {
  const isControl = (name: string) => / \/_local\//.test(name);
  const controls = ROUTES.map(({ name }) => name).filter(isControl);
  assertDocumented("controls", controls);
  const described = CELLS.filter((cell) => cell && isControl(cell));
  assertEquals(described.sort(), [...controls].sort());
});

Deno.test("docs/local-wix.md has every setting, fault kind, grant and live variable", () => {
  assertDocumented("settings", SETTING_NAMES);
  assertDocumented("kinds of faults", FAULT_KINDS);
  assertDocumented("live variables", LIVE_VARIABLES.map(({ name }) => name));
  for (const grant of GRANTS) assert(PAGE.includes(`\`${grant}\``), grant);
});

Deno.test("docs/local-wix.md has the demo site's credentials", () => {
  const { clientId, clientSecret, instanceId, siteId, apiKey } = SITE;
  for (const text of [clientId, clientSecret, instanceId, siteId, apiKey]) {
    assert(PAGE.includes(`\`${text}\``), text);
  }
});

Deno.test("the seed file in docs/local-wix.md is a right one", () => {
  const json = /```json\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? "";
  const { site, people } = readSeed(json);
  assertEquals(site.name, "Ada & Sons");
  assertEquals(people.map(({ orderCount }) => orderCount), [130, 0]);
});
