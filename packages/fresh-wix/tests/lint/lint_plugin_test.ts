import { assertEquals } from "@std/assert";
import { createLintPlugin } from "../../src/lint/mod.ts";

const PACKAGE = new URL("../../", import.meta.url);
const CLIENT_CODE = ["components/", "islands/"];
const plugin = createLintPlugin({ root: PACKAGE, clientCode: CLIENT_CODE });

function lint(source: string, path = "islands/Island.tsx"): string[] {
  const file = PACKAGE.pathname + path;
  return Deno.lint.runPlugin(plugin, file, source)
    .map(({ message }) => message.split(" ")[0] ?? "");
}

const refused: [source: string, what: string][] = [
  ['import { x } from "../src/config/read_config.ts";', "@fresh-wix/core's"],
  ['import "@/src/create_wix.ts";', "@fresh-wix/core's"],
  ['const { x } = await import("@/src/mod.ts");', "@fresh-wix/core's"],
  ['import { x, type Config } from "@/src/mod.ts";', "@fresh-wix/core's"],
  ['export { x } from "@/src/mod.ts";', "@fresh-wix/core's"],
  ['export * from "../src/mod.ts";', "@fresh-wix/core's"],
  ['import { readForm } from "@fresh-wix/core";', "@fresh-wix/core"],
  ['import { x } from "@fresh-wix/core/testing";', "@fresh-wix/core/testing"],
  ['import { elevate } from "@wix/sdk/context";', "@wix/sdk/context"],
  ['import { auth } from "@wix/essentials";', "@wix/essentials"],
  ['const secret = Deno.env.get("WIX_CLIENT_SECRET");', "WIX_CLIENT_SECRET"],
  ["const secret = process.env.SESSION_SECRET;", "SESSION_SECRET"],
];
for (const [source, what] of refused) {
  Deno.test(`in an island the linter refuses ${source} (S10)`, () => {
    assertEquals(lint(source), [what]);
    assertEquals(lint(source, "routes/index.tsx"), [], "in a route");
  });
}

Deno.test("a project lists its own server code", () => {
  const root = new URL("file:///app/");
  const own = createLintPlugin({ root, clientCode: CLIENT_CODE });
  const problems = (source: string) =>
    Deno.lint.runPlugin(own, "/app/islands/Island.tsx", source).length;
  assertEquals(problems('import { config } from "../lib/config.ts";'), 1);
  assertEquals(problems('import { Badge } from "@/components/Badge.tsx";'), 0);
});

const fine = [
  'import { members } from "@wix/members";',
  'import { toWixError } from "@fresh-wix/core/errors";',
  'import { toWixError } from "@/src/errors.ts";',
  'import type { Session } from "@fresh-wix/core";',
  'import type { OrderPage } from "@/src/mod.ts";',
  'import { type OrderPage } from "@/src/mod.ts";',
  'export type { OrderPage } from "@/src/mod.ts";',
  'export type * from "@/src/mod.ts";',
  'export const label = "Orders";',
];
for (const source of fine) {
  Deno.test(`in an island the linter accepts ${source}`, () => {
    assertEquals(lint(source), []);
  });
}
