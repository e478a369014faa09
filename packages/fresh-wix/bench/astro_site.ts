/**
 * Wix's own Astro integration, as it is on npm, with the same pages.
 *
 * @module
 */
import { dirname } from "node:path";
import { PAGES } from "./pages.ts";
import { run } from "./processes.ts";
import { ROOT, SETTINGS, type Site } from "./servers.ts";

const SOURCES = new URL("./pages/", import.meta.url);

/** The integration and what it runs on. */
export const ASTRO_PACKAGES = {
  "@astrojs/node": "9.5.5",
  "@wix/astro": "2.74.0",
  astro: "5.18.2",
  react: "18.3.1",
  "react-dom": "18.3.1",
} as const;

/** Dependencies of these packages are as they were on this day. */
const INSTALLED_AS_OF = "2026-11-20";

const CONFIG = `
import node from "@astrojs/node";
import wix from "@wix/astro";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
  security: { allowedDomains: [{ protocol: "http", hostname: "127.0.0.1" }] },
  integrations: [wix()],
});
`;

const ENV = {
  ASTRO_TELEMETRY_DISABLED: "1",
  WIX_CLIENT_PUBLIC_KEY: "for webhooks, of which there are none",
};

/**
 * Builds the site, to be served by Node and by Deno. It stays in the folder for
 * temporary files, so that the next run need not install 400 MB.
 *
 * @throws {Error} when it cannot be installed or built.
 */
export async function buildAstroSites(): Promise<{ node: Site; deno: Site }> {
  const folder = `${Deno.env.get("TMPDIR") ?? "/tmp"}/fresh-wix-bench-astro`;
  await install(folder);
  await writeSources(folder);
  await run(["node", "node_modules/astro/astro.js", "build"], {
    cwd: folder,
    env: { ...SETTINGS, ...ENV },
  });
  const site = (name: string, ...command: string[]): Site => ({
    name,
    folder,
    env: ENV,
    command: () => [...command, "./preload.mjs", "dist/server/entry.mjs"],
  });
  return {
    node: site("Astro on Node", "node", "--import"),
    deno: site("Astro on Deno", Deno.execPath(), "run", "-A", "--preload"),
  };
}

/** Wix's SDK is the one of the starter. */
async function install(folder: string): Promise<void> {
  const { imports } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
  const sdk = Object.entries<string>(imports).flatMap(([name, specifier]) =>
    name.startsWith("@wix/") ? [[name, specifier.split("@").at(-1)]] : []
  );
  const dependencies = { ...Object.fromEntries(sdk), ...ASTRO_PACKAGES };
  const wanted = JSON.stringify({ type: "module", dependencies });
  const path = `${folder}/package.json`;
  const done = `${folder}/installed.json`;
  if (await Deno.readTextFile(done).catch(() => "") === wanted) return;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(path, wanted);
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund"];
  await run(["npm", "install", "--before", INSTALLED_AS_OF, ...quietly], {
    cwd: folder,
  });
  await Deno.writeTextFile(done, wanted);
}

async function writeSources(folder: string): Promise<void> {
  const files = [
    ["astro/preload.mjs", "preload.mjs"],
    ["astro/Layout.astro", "src/Layout.astro"],
    ["data.ts", "src/data.ts"],
    ...PAGES.map(({ name, path }) => [
      `astro/${name}.astro`,
      `src/pages${path}.astro`,
    ]),
  ];
  await Deno.writeTextFile(`${folder}/astro.config.mjs`, CONFIG);
  for (const [source = "", path] of files) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.copyFile(new URL(source, SOURCES), `${folder}/${path}`);
  }
}
