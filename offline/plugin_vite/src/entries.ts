import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { builtAssets } from "./assets.ts";
import { listModules, listRoutes } from "./files.ts";

/** Id of the module that answers requests. */
export const SERVER_ENTRY = "virtual:fresh-server";
/** Id of the module that hydrates islands. */
export const CLIENT_ENTRY = "virtual:fresh-client";

const quote = (value: unknown) => JSON.stringify(value);

/** What the pages of a build refer to. */
export interface Assets {
  /** URL of the client entry. */
  entry: string;
  /** URL of an island module, by absolute path. */
  islands: Map<string, string>;
  /** Served files, by URL path. */
  staticFiles: Record<string, { path: string; type: string; hash: string }>;
}

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
      const assets = isDev ? devAssets(root) : builtAssets(root);
      const folder = isDev ? quote(root) : "dirname(import.meta.dirname)";
      return serverEntry(root, folder, assets, buildId);
    },
  };
}

/** The island modules of a project. */
export function listIslands(root: string): string[] {
  return listModules(join(root, "islands"));
}

/** A file of the stand-in of fresh, which lies next to this one. */
export function core(path: string): string {
  return fileURLToPath(new URL(`../../fresh_core/${path}`, import.meta.url));
}

function devAssets(root: string): Assets {
  const url = (path: string) => `/${relative(root, path)}`;
  const islands = new Map(listIslands(root).map((path) => [path, url(path)]));
  return { entry: `/@id/__x00__${CLIENT_ENTRY}`, islands, staticFiles: {} };
}

function clientEntry(isDev: boolean): string {
  return (isDev ? `import "/@vite/client";\n` : "") +
    `export { boot } from ${quote(core("src/client.ts"))};\n`;
}

function serverEntry(
  root: string,
  folder: string,
  { islands, ...assets }: Assets,
  id: string,
): string {
  const imports: string[] = [];
  const eager = (path: string) => {
    imports.push(`import * as m${imports.length} from ${quote(path)};\n`);
    return `m${imports.length - 1}`;
  };
  const islandModules = [...islands].map(([path, url]) =>
    `{ url: ${quote(url)}, module: ${eager(path)} }`
  );
  const files = listRoutes(root).map(({ kind, absolute, ...fixed }) => {
    const isRoute = kind === "route";
    const load = isRoute ? `() => import(${quote(absolute)})` : eager(absolute);
    return `{ ...${quote(fixed)}, ${kind}: ${load} }`;
  });
  return `import { dirname } from "node:path";
import { app } from ${quote(join(root, "main.ts"))};
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
