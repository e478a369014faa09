import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { type Assets, builtAssets, devAssets } from "./assets.ts";
import { CLIENT_ENTRY, SERVER_ENTRY } from "./files.ts";
import { listIslands, listRoutes } from "./files.ts";

const quote = (value: unknown) => JSON.stringify(value);

/** Provides the two entry modules. */
export function entriesPlugin(buildId: string): Plugin {
  let root = "";
  let isDev = false;
  return {
    name: "fresh-offline:entries",
    configResolved(config) {
      root = config.root;
      isDev = config.command === "serve";
    },
    resolveId(id) {
      return id === SERVER_ENTRY || id === CLIENT_ENTRY ? `\0${id}` : undefined;
    },
    load(id) {
      if (id === `\0${CLIENT_ENTRY}`) return clientEntry(isDev);
      if (id !== `\0${SERVER_ENTRY}`) return;
      return isDev
        ? serverEntry(root, quote(root), devAssets(root), buildId)
        : serverEntry(root, BUILT_ROOT, builtAssets(root), buildId);
    },
  };
}

const BUILT_ROOT = `import.meta.dirname.replace(/.server$/, "")`;

/** A file of the stand-in of fresh, which lies next to this one. */
export function core(path: string): string {
  return fileURLToPath(new URL(`../../fresh_core/${path}`, import.meta.url));
}

function clientEntry(isDev: boolean): string {
  return (isDev ? `import "/@vite/client";\n` : "") +
    `export { boot } from ${quote(core("src/client.ts"))};\n`;
}

function serverEntry(
  root: string,
  folder: string,
  { urlOf, ...assets }: Assets,
  id: string,
): string {
  const imports: string[] = [];
  const eager = (path: string) => {
    imports.push(`import * as m${imports.length} from ${quote(path)};\n`);
    return `m${imports.length - 1}`;
  };
  const islandModules = listIslands(root).map((path) =>
    `{ url: ${quote(urlOf(path))}, module: ${eager(path)} }`
  );
  const files = listRoutes(root).map(({ kind, absolute, ...fixed }) => {
    const isRoute = kind === "route";
    const load = isRoute ? `() => import(${quote(absolute)})` : eager(absolute);
    return `{ ...${quote(fixed)}, ${kind}: ${load} }`;
  });
  return `import { app } from ${quote(join(root, "main.ts"))};
import { App } from ${quote(core("src/app.ts"))};
${imports.join("")}
export default App.serve(app, {
  ...${quote({ id, ...assets })},
  root: ${folder},
  islands: [${islandModules}],
  files: [${files}],
});
`;
}
