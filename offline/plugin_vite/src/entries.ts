import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { builtAssets } from "./assets.ts";
import { listModules, listRoutes } from "./files.ts";

/** Id of the module that answers requests. */
export const SERVER_ENTRY = "virtual:fresh-server";
/** Id of the module that hydrates islands. */
export const CLIENT_ENTRY = "virtual:fresh-client";

/** What the pages of a build refer to. */
export interface Assets {
  /** URL of the client entry. */
  entry: string;
  /** URLs of stylesheets. */
  styles: string[];
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
      if (id === `\0${CLIENT_ENTRY}`) return clientEntry(root, isDev);
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

function devAssets(root: string): Assets {
  const url = (path: string) => path.slice(root.length).replaceAll("\\", "/");
  return {
    entry: `/@id/__x00__${CLIENT_ENTRY}`,
    styles: [],
    islands: new Map(listIslands(root).map((path) => [path, url(path)])),
    staticFiles: {},
  };
}

function clientEntry(root: string, isDev: boolean): string {
  const own = join(root, "client.ts");
  return [
    isDev ? `import "/@vite/client";` : "",
    existsSync(own) ? `import ${quote(own)};` : "",
    `export { boot } from ${quote(core("src/client.ts"))};`,
  ].join("\n");
}

function serverEntry(
  root: string,
  folder: string,
  { entry, styles, islands, staticFiles }: Assets,
  id: string,
): string {
  const imports: string[] = [];
  const eager = (path: string) => {
    const name = `m${imports.length}`;
    imports.push(`import * as ${name} from ${quote(path)};`);
    return name;
  };
  const islandList = [...islands].map(([path, url]) =>
    `{ url: ${quote(url)}, module: ${eager(path)} }`
  );
  const files = listRoutes(root).map(
    ({ kind, path, file, folder, pattern }) => {
      const module = kind === "route" ? `import(${quote(path)})` : eager(path);
      const fixed = quote({ kind, file, folder, path: pattern });
      return `{ ...${fixed}, load: () => ${module} }`;
    },
  );
  return `import { dirname } from "node:path";
import { app } from ${quote(join(root, "main.ts"))};
import { attachBuild } from ${quote(core("src/server.ts"))};
${imports.join("\n")}
export default attachBuild(app, {
  root: ${folder},
  id: ${quote(id)},
  client: ${quote({ entry, styles })},
  islands: [${islandList.join(",\n")}],
  files: [${files.join(",\n")}],
  staticFiles: ${quote(staticFiles)},
});
`;
}

/** A file of the stand-in of fresh, which lies next to this one. */
export function core(path: string): string {
  return fileURLToPath(new URL(`../../fresh_core/${path}`, import.meta.url));
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
