import { assertEquals, assertStringIncludes } from "@std/assert";
import { build } from "vite";
import { ROOT } from "@/tools/packages.ts";
import { CLIENT_CODE } from "@/tools/client_code.ts";
import { wix, type WixPluginOptions } from "../../src/vite/mod.ts";
import { serverCodeProblem } from "../../src/vite/server_code.ts";

const server = await readAll(`${ROOT}_fresh/server`);
const client = await readAll(`${ROOT}_fresh/client/assets`);

Deno.test("the server build runs without packages beside it", () => {
  const imported = [...server.matchAll(/^(?:import|export) .*from "([^"]+)"/gm)]
    .map(([, source = ""]) => source);
  assertEquals(imported.length > 0, true);
  assertEquals(
    imported.filter((source) => !/^(?:\.\/|node:)/.test(source)),
    [],
  );
});

Deno.test("the server build holds the SDK's clients once", () => {
  assertEquals(server.split("var wixContext = {}").length, 2);
});

Deno.test("no code of local Wix is in the build", () => {
  for (const mark of ["demo.example", "Local Wix does not answer"]) {
    assertEquals(server.includes(mark), false, mark);
    assertEquals(client.includes(mark), false, mark);
  }
});

Deno.test("one module of the client build has the SDK's client", async () => {
  const chunks = await chunksOfClient();
  const withClient = chunks.filter(({ code }) =>
    code.includes("X-Wix-Gateway")
  );
  assertEquals(withClient.length, 1);
});

Deno.test("an island with one SDK module adds less than 14 kB, compressed", async () => {
  const sizes = new Map<string, number>();
  for (const { file, code } of await chunksOfClient()) {
    const compressed = new Response(code).body?.pipeThrough(
      new CompressionStream("gzip"),
    );
    const { byteLength } = await new Response(compressed).arrayBuffer();
    const isSdk = code.includes("X-Wix-Gateway");
    sizes.set(
      isSdk ? "the SDK" : file.replace(/-[\w-]{8}\.js$/, ""),
      byteLength,
    );
  }
  const search = [...sizes].find(([name]) => name.endsWith("MemberSearch"));
  const total = (sizes.get("the SDK") ?? NaN) + (search?.[1] ?? 0);
  assertEquals(total < 14_000, true, `${total} bytes`);
});

Deno.test("islands without the SDK do not load it", async () => {
  const chunks = await chunksOfClient();
  const sdk = chunks.find(({ code }) => code.includes("X-Wix-Gateway"));
  const clock = chunks.find(({ file }) => /LocalTime-/.test(file));
  assertEquals(clock?.code.includes(sdk?.file ?? "none"), false);
});

/** Folder of the package, as Vite names its files. */
const OWN = new URL("../../", import.meta.url).pathname;

const ids: [id: string, root: string, refused: boolean][] = [
  ["/app/islands/Cart.tsx", "/app", false],
  ["/app/islands/Cart.tsx?v=1", "/app", false],
  ["/app/components/Badge.tsx", "/app/", false],
  ["/app/node_modules/preact/dist/preact.mjs", "/app", false],
  ["/cache/node_modules/@wix/members/build/index.mjs", "/app", false],
  ["\0virtual:fresh-client", "/app", false],
  ["C:\\app\\islands\\Cart.tsx", "C:/app", false],
  ["/app/lib/config.ts", "/app", true],
  ["/app/lib/config.ts", "/app/", true],
  ["/app/lib/config.ts?import", "/app", true],
  ["\0deno::0::/app/lib/config.ts", "/app", true],
  ["/app/islands/../lib/config.ts", "/app", true],
  ["/app/islands_of_mine/x.ts", "/app", true],
  ["/app/client.ts.bak", "/app", true],
  ["/app/.env", "/app", true],
  ["C:\\app\\lib\\config.ts", "C:/app", true],
  ["c:/app/lib/config.ts", "C:\\app", true],
  ["\0deno::0::C:\\app\\lib\\config.ts", "C:/app", true],
  ["@wix/essentials", "/app", true],
  ["npm:@wix/essentials@1.0.15", "/app", true],
  ["/app/node_modules/@wix/essentials/build/auth.js", "/app", true],
  ["C:\\x\\node_modules\\@wix\\essentials\\build\\auth.js", "C:/app", true],
  ["@wix/sdk/context", "/app", true],
  ["npm:@wix/sdk@1.21.16/context", "/app", true],
  ["@fresh-wix/core", "/app", true],
  ["@fresh-wix/core/testing", "/app", true],
  ["jsr:@fresh-wix/core@^0.1.0", "/app", true],
  ["jsr:@fresh-wix/core@^0.1.0/errors", "/app", false],
  ["@fresh-wix/core/errors", "/app", false],
  [`${OWN}src/mod.ts`, "/app", true],
  [`${OWN}src/session/seal.ts?v=1`, OWN, true],
  [`${OWN}src/errors.ts`, "/app", false],
  [`${OWN}src/browser/wix_context.ts`, OWN, false],
  ["@wix/sdk", "/app", false],
  ["@wix/sdk/client", "/app", false],
  ["/app/node_modules/@wix/sdk/build/context.js", "/app", false],
];
for (const [id, root, refused] of ids) {
  Deno.test(`${JSON.stringify(id)} is ${refused ? "server" : "client"} code`, () => {
    assertEquals(
      serverCodeProblem(id, { roots: [root], clientCode: CLIENT_CODE }) !==
        undefined,
      refused,
    );
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
  "packages/local-wix/src/seed/site.ts": "export const label = 'secret';",
  "routes/index.ts": "export const label = 'secret';",
  "tools/build.ts": "export const label = 'secret';",
  "main.ts": "export const label = 'secret';",
  "components/door.ts": "export { label } from '../lib/config.ts';",
  "islands/worker.ts":
    "import { label } from '../lib/config.ts'; postMessage(label);",
  ".env": "MY_SECRET=1",
};

const islands: [imports: string, refused?: string][] = [
  ["import { label } from './shared.ts'; console.log(label);"],
  ["import type { Props } from '../lib/deep/types.ts'; let p: Props;"],
  [
    "import { label } from '../lib/config.ts'; console.log(label);",
    "lib/config.ts is server code",
  ],
  [
    "import { label } from '../components/../lib/config.ts'; console.log(label);",
    "lib/config.ts is server code",
  ],
  [
    "import { label } from '../components/door.ts'; console.log(label);",
    "lib/config.ts is server code",
  ],
  [
    "console.log(await import('../packages/local-wix/src/seed/site.ts'));",
    "packages/local-wix/src/seed/site.ts is server code",
  ],
  [
    "import { label } from '../routes/index.ts'; console.log(label);",
    "routes/index.ts is server code",
  ],
  ["import '../tools/build.ts';", "tools/build.ts is server code"],
  ["import '../main.ts';", "main.ts is server code"],
  [
    "import { auth } from '@wix/essentials'; auth.elevate(() => {});",
    "@wix/essentials elevates calls",
  ],
  [
    "console.log(new URL('../lib/config.ts', import.meta.url).href);",
    "lib/config.ts is server code",
  ],
  [
    "console.log(new URL(\n`../.env`,\nimport.meta.url));",
    ".env is server code",
  ],
  ["console.log(new URL('../components/label.ts', import.meta.url));"],
  [
    "new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });",
    "lib/config.ts is server code",
  ],
  [
    "import { elevate } from '@wix/sdk/context'; elevate(() => {});",
    "@wix/sdk/context elevates calls",
  ],
  [
    "console.log(Deno.env.get('WIX_CLIENT_SECRET'));",
    "WIX_CLIENT_SECRET is a secret and an island names it",
  ],
  [
    "console.log(process.env.SESSION_SECRET);",
    "SESSION_SECRET is a secret and an island names it",
  ],
  [
    "import { key } from '../components/key.ts'; console.log(key);",
    "WIX_API_KEY is a secret and an island names it",
  ],
];
for (const [island, refused] of islands) {
  Deno.test({
    name: `an island with ${island} is ${
      refused === undefined ? "built" : "refused"
    } (S10)`,
    // The bundler's own process lives on, and so these tests come last.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const problem = await buildScratch(island);
      if (refused === undefined) assertEquals(problem, "");
      else assertStringIncludes(problem, refused);
    },
  });
}

Deno.test({
  name: "without a list of its own a project keeps the package out of islands",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const own = "import { label } from '../lib/config.ts'; console.log(label);";
    assertEquals(await buildScratch(own, {}), "");
    assertStringIncludes(
      await buildScratch(
        "import { createWix } from '@fresh-wix/core'; createWix();",
        {},
      ),
      "@fresh-wix/core is server code",
    );
  },
});

Deno.test({
  name: "a route that Fresh would serve without its guard is refused",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const build = (route: string) =>
      buildScratch("", {}, { "routes/_app.ts": "", [route]: "" });
    assertEquals(await build("routes/account/_app/map.ts"), "");
    for (const route of ["routes/webapp_app.ts", "routes/[id]/get_app.tsx"]) {
      assertStringIncludes(await build(route), `${route} would be public`);
    }
  },
});

/** Builds a project whose one island is `island`; returns what went wrong. */
async function buildScratch(
  island: string,
  options: WixPluginOptions = { clientCode: CLIENT_CODE },
  more: Record<string, string> = {},
): Promise<string> {
  const root = await Deno.makeTempDir({ prefix: "fresh-wix-" });
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
      build: {
        write: false,
        target: "esnext",
        rollupOptions: { input: `${root}/islands/Island.ts` },
      },
    });
    return "";
  } catch (error) {
    return String(error);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function chunksOfClient(): Promise<{ file: string; code: string }[]> {
  const folder = `${ROOT}_fresh/client/assets`;
  const chunks = [];
  for await (const { name: file } of Deno.readDir(folder)) {
    if (!file.endsWith(".js")) continue;
    const code = await Deno.readTextFile(`${folder}/${file}`);
    chunks.push({ file, code });
  }
  return chunks;
}

async function readAll(folder: string): Promise<string> {
  let text = "";
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    text += isDirectory ? await readAll(path) : await Deno.readTextFile(path);
  }
  return text;
}
