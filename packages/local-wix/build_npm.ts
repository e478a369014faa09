/**
 * Builds the package for npm into `npm/`, with everything it needs bundled:
 *
 *     deno task npm && npm pack ./npm
 *
 * @module
 */
import { build, stop } from "esbuild";

const root = (path: string) => new URL(path, import.meta.url);

const DOCS = [
  "README.md",
  "docs/frameworks.md",
  "docs/templates.md",
  "docs/assumptions.md",
];

/** How programs are bundled for Node. */
export const FOR_NODE = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  jsx: "automatic",
  jsxImportSource: "preact",
} as const;

/** Builds the package into `folder`. */
export async function buildNpm(folder: string): Promise<void> {
  await build({
    entryPoints: ["main.ts", "mod.ts"].map((name) =>
      root(`src/${name}`).pathname
    ),
    outdir: folder,
    ...FOR_NODE,
    splitting: true,
    minify: true,
    legalComments: "eof",
  });
  await stop();
  const { name, version, license } = JSON.parse(
    await Deno.readTextFile(root("deno.json")),
  );
  const manifest = {
    name,
    version,
    license,
    description: "An emulator of Wix's headless APIs and hosted pages",
    type: "module",
    engines: { node: ">=20" },
    bin: { "local-wix": "cli.js" },
    exports: {
      ".": "./mod.js",
      "./cli": "./cli.js",
      "./preload": "./preload.mjs",
      "./fetch": "./wrap_fetch.mjs",
    },
  };
  const write = (file: string, text: string) =>
    Deno.writeTextFile(`${folder}/${file}`, text);
  await write("package.json", JSON.stringify(manifest, null, 2));
  await write("cli.js", '#!/usr/bin/env node\nimport "./main.js";\n');
  for (const module of ["preload", "wrap_fetch"]) {
    for (const file of [`${module}.mjs`, `${module}.d.mts`]) {
      await Deno.copyFile(root(`src/${file}`), `${folder}/${file}`);
    }
  }
  await Deno.mkdir(`${folder}/docs`, { recursive: true });
  for (const file of DOCS) {
    await Deno.copyFile(root(file), `${folder}/${file}`);
  }
}

if (import.meta.main) {
  const folder = root("npm").pathname;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await buildNpm(folder);
}
