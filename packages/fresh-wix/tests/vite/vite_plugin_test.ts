import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { build } from "vite";
import { wix, type WixPluginOptions } from "../../src/vite/mod.ts";
import { serverCodeProblem } from "../../src/vite/server_code.ts";

const CLIENT_CODE = ["assets/", "components/", "islands/", "client.ts"];

/** Folder of the package, as Vite names its files. */
const OWN = new URL("../../", import.meta.url).pathname;

const NPM = "/app/node_modules";
const clientIds = [
  ["/app/islands/Cart.tsx", "/app/islands/Cart.tsx?v=1"],
  ["/app/components/Badge.tsx", "C:\\site\\islands\\Cart.tsx"],
  [`${NPM}/preact/dist/preact.mjs`, `${NPM}/@wix/sdk/build/context.js`],
  ["/cache/node_modules/@wix/members/build/index.mjs", "@wix/sdk"],
  ["\0virtual:fresh-client", "@wix/sdk/client", "@fresh-wix/core/errors"],
  ["jsr:@fresh-wix/core@^0.1.0/errors", `${OWN}src/errors.ts`],
  [`${OWN}src/browser/wix_context.ts`],
].flat();
const serverIds = [
  ["/app/lib/config.ts", "/app/lib/config.ts?import", "/app/.env"],
  ["\0deno::0::/app/lib/config.ts", "/app/islands/../lib/config.ts"],
  ["/app/islands_of_mine/x.ts", "/app/client.ts.bak"],
  ["C:\\site\\lib\\config.ts", "c:/site/lib/config.ts"],
  ["\0deno::0::C:\\site\\lib\\config.ts", "@wix/essentials"],
  ["npm:@wix/essentials@1.0.15", `${NPM}/@wix/essentials/build/auth.js`],
  ["C:\\x\\node_modules\\@wix\\essentials\\build\\auth.js"],
  ["@wix/sdk/context", "npm:@wix/sdk@1.21.16/context", "@fresh-wix/core"],
  ["@fresh-wix/core/testing", "jsr:@fresh-wix/core@^0.1.0"],
  [`${OWN}src/mod.ts`, `${OWN}src/session/seal.ts?v=1`],
].flat();
for (const id of [...clientIds, ...serverIds]) {
  const isServerCode = serverIds.includes(id);
  Deno.test(`${JSON.stringify(id)} is ${isServerCode ? "server" : "client"} code`, () => {
    for (const roots of [["/app", "C:/site", OWN], ["/app/", "C:\\site"]]) {
      const problem = serverCodeProblem(id, { roots, clientCode: CLIENT_CODE });
      assertEquals(problem !== undefined, isServerCode);
    }
  });
}

/** The modules of a small project; each island imports one of the others. */
const SCRATCH: Record<string, string> = {
  "deno.json": "{}",
  "components/key.ts": "export const key = process.env.WIX_API_KEY;",
  "components/label.ts": "export const label = 'shown';",
  "islands/shared.ts": "export { label } from '../components/label.ts';",
  "lib/config.ts": "export const label = 'secret';",
  "lib/deep/types.ts": "export interface Props { label: string }",
  "main.ts": "export const label = 'secret';",
  "components/reexport.ts": "export { label } from '../lib/config.ts';",
  "islands/worker.ts":
    "import { label } from '../lib/config.ts'; postMessage(label);",
  ".env": "MY_SECRET=1",
};

const built = [
  "import { label } from './shared.ts'; console.log(label);",
  "import type { Props } from '../lib/deep/types.ts'; let p: Props;",
  "console.log(new URL('../components/label.ts', import.meta.url));",
];
const CONFIG = "lib/config.ts is server code";
const refused: Record<string, string> = {
  "import { label } from '../lib/config.ts'; console.log(label);": CONFIG,
  "export { label } from '../components/../lib/config.ts';": CONFIG,
  "import { label } from '../components/reexport.ts'; console.log(label);":
    CONFIG,
  "console.log(await import('../lib/config.ts'));": CONFIG,
  "import '../main.ts';": "main.ts is server code",
  "import { auth } from '@wix/essentials'; auth.elevate(() => {});":
    "@wix/essentials elevates calls",
  "console.log(new URL('../lib/config.ts', import.meta.url).href);": CONFIG,
  "console.log(new URL(\n`../.env`,\nimport.meta.url));": ".env is server code",
  "new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });":
    CONFIG,
  "import { elevate } from '@wix/sdk/context'; elevate(() => {});":
    "@wix/sdk/context elevates calls",
  "console.log(Deno.env.get('WIX_CLIENT_SECRET'));":
    "WIX_CLIENT_SECRET is a secret and an island names it",
  "import { key } from '../components/key.ts'; console.log(key);":
    "WIX_API_KEY is a secret and an island names it",
};

/** The bundler's own process lives on, and so these tests come last. */
const testBuild = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });

for (const island of built) {
  testBuild(`an island with ${island} is built (S10)`, async () => {
    assertEquals(await buildScratch(island), "");
  });
}
for (const [island, problem] of Object.entries(refused)) {
  testBuild(`an island with ${island} is refused (S10)`, async () => {
    assertStringIncludes(await buildScratch(island), problem);
  });
}

testBuild(
  "a refused import is reported in the module that has it",
  async () => {
    for (
      const [island = "", file] of [
        ["import '../lib/config.ts';", "islands/Island.ts"],
        ["import '../components/reexport.ts';", "components/reexport.ts"],
        ["import '@wix/essentials';", "islands/Island.ts"],
      ]
    ) {
      assertMatch(
        await buildScratch(island),
        new RegExp(`imported by .*/${file}`),
      );
    }
  },
);

testBuild(
  "without a list of its own no island has the package",
  async () => {
    const own = "import { label } from '../lib/config.ts'; console.log(label);";
    assertEquals(await buildScratch(own, {}), "");
    const core = "import { createWix } from '@fresh-wix/core'; createWix();";
    assertStringIncludes(await buildScratch(core, {}), "is server code");
  },
);

testBuild(
  "a route that no middleware would guard is refused",
  async () => {
    const buildWith = (route: string) =>
      buildScratch("", {}, { "routes/_app.ts": "", [route]: "" });
    assertEquals(await buildWith("routes/account/_app/map.ts"), "");
    for (const route of ["routes/webapp_app.ts", "routes/[id]/get_app.tsx"]) {
      assertStringIncludes(await buildWith(route), `${route} would be public`);
    }
  },
);

/** Builds a project whose one island is `island`; returns what went wrong. */
async function buildScratch(
  island: string,
  options: WixPluginOptions = { clientCode: CLIENT_CODE },
  more: Record<string, string> = {},
): Promise<string> {
  const root = await Deno.makeTempDir({ prefix: "fresh-wix-" });
  const input = `${root}/islands/Island.ts`;
  const files = { ...SCRATCH, "islands/Island.ts": island, ...more };
  for (const [path, text] of Object.entries(files)) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
    await Deno.writeTextFile(`${root}/${path}`, text);
  }
  try {
    await build({
      root,
      configFile: false,
      logLevel: "silent",
      plugins: wix(options),
      build: { write: false, target: "esnext", rollupOptions: { input } },
    });
    return "";
  } catch (error) {
    return String(error);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
