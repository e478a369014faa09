import { assertEquals } from "@std/assert";
import plugin from "@/tools/lint_islands.ts";
import { ROOT } from "@/tools/packages.ts";

function lint(source: string, path = "islands/Island.tsx"): string[] {
  return Deno.lint.runPlugin(plugin, ROOT + path, source)
    .map(({ message }) => message.split(":")[0] ?? "");
}

const refused: [source: string, message: string][] = [
  [
    'import { config } from "@/packages/fresh-wix/src/config/read_config.ts";',
    "@fresh-wix/core's src/config/read_config.ts is server code and an island imports it",
  ],
  [
    'import { config } from "../lib/config.ts";',
    "lib/config.ts is server code and an island imports it",
  ],
  [
    'const { config } = await import("@/packages/fresh-wix/src/config/read_config.ts");',
    "@fresh-wix/core's src/config/read_config.ts is server code and an island imports it",
  ],
  [
    'import "@/packages/fresh-wix/src/create_wix.ts";',
    "@fresh-wix/core's src/create_wix.ts is server code and an island imports it",
  ],
  [
    'import { config, type Config } from "@/packages/fresh-wix/src/config/read_config.ts";',
    "@fresh-wix/core's src/config/read_config.ts is server code and an island imports it",
  ],
  [
    'export { config } from "@/packages/fresh-wix/src/config/read_config.ts";',
    "@fresh-wix/core's src/config/read_config.ts is server code and an island imports it",
  ],
  [
    'export * from "../lib/config.ts";',
    "lib/config.ts is server code and an island imports it",
  ],
  [
    'import { readForm } from "@fresh-wix/core";',
    "@fresh-wix/core is server code and an island imports it",
  ],
  [
    'import { memberCookie } from "@fresh-wix/core/testing";',
    "@fresh-wix/core/testing is server code and an island imports it",
  ],
  [
    'import { elevate } from "@wix/sdk/context";',
    "@wix/sdk/context elevates calls, which only the server may, and an island imports it",
  ],
  [
    'import { auth } from "@wix/essentials";',
    "@wix/essentials elevates calls, which only the server may, and an island imports it",
  ],
  [
    'const secret = Deno.env.get("WIX_CLIENT_SECRET");',
    "WIX_CLIENT_SECRET is a secret and an island names it",
  ],
  [
    "const secret = process.env.SESSION_SECRET;",
    "SESSION_SECRET is a secret and an island names it",
  ],
];
for (const [source, message] of refused) {
  Deno.test(`in an island the linter refuses ${source} (S10)`, () => {
    assertEquals(lint(source), [message]);
  });
  Deno.test(`in a route it has nothing against ${source}`, () => {
    assertEquals(lint(source, "routes/index.tsx"), []);
  });
}

const fine = [
  'import { members } from "@wix/members";',
  'import { Badge } from "@/components/Badge.tsx";',
  'import { toWixError } from "@fresh-wix/core/errors";',
  'import { toWixError } from "@/packages/fresh-wix/src/errors.ts";',
  'import type { Session } from "@fresh-wix/core";',
  'import type { OrderPage } from "@/lib/orders/orders.ts";',
  'import { type OrderPage } from "@/lib/orders/orders.ts";',
  'export type { OrderPage } from "@/lib/orders/orders.ts";',
  'export type * from "@/lib/orders/orders.ts";',
  'export const label = "Orders";',
  'import { media } from "@wix/sdk";',
];
for (const source of fine) {
  Deno.test(`in an island the linter has nothing against ${source}`, () => {
    assertEquals(lint(source), []);
  });
}
