import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { CLIENT_ENTRY, SERVER_ENTRY } from "./files.ts";
import { listIslands, listRoutes } from "./files.ts";

const quote = (value: unknown) => JSON.stringify(value);

/** Provides the two entry modules. */
export function entriesPlugin(): Plugin {
  let root = "";
  let isDev = false;
  return {
    name: "fresh-stub:entries",
    configResolved(config) {
      root = config.root;
      isDev = config.command === "serve";
    },
    resolveId(id) {
      return id === SERVER_ENTRY || id === CLIENT_ENTRY ? `\0${id}` : undefined;
    },
    load(id) {
      if (id === `\0${CLIENT_ENTRY}`) return clientEntry(root, isDev);
      if (id === `\0${SERVER_ENTRY}`) return serverEntry(root);
    },
  };
}

/** A file of the stub of fresh, which lies next to this one. */
export function core(path: string): string {
  return fileURLToPath(new URL(`../../fresh_core/${path}`, import.meta.url));
}

function clientEntry(root: string, isDev: boolean): string {
  const own = join(root, "client.ts");
  return (isDev ? `import "/@vite/client";\n` : "") +
    (existsSync(own) ? `import ${quote(own)};\n` : "") +
    `export { boot } from ${quote(core("src/client.ts"))};\n`;
}

function serverEntry(root: string): string {
  const imports: string[] = [];
  const eager = (path: string) => {
    imports.push(`import * as m${imports.length} from ${quote(path)};\n`);
    return `m${imports.length - 1}`;
  };
  const islandModules = listIslands(root).map(({ file, absolute }) =>
    `{ file: ${quote(file)}, module: ${eager(absolute)} }`
  );
  const files = listRoutes(root).map(({ kind, absolute, ...fixed }) => {
    // Its pattern is known only by loading it.
    const isLazy = kind === "route" &&
      !readFileSync(absolute, "utf8").includes("routeOverride");
    const load = isLazy ? `() => import(${quote(absolute)})` : eager(absolute);
    return `{ ...${quote(fixed)}, ${kind}: ${load} }`;
  });
  return `import { app } from ${quote(join(root, "main.ts"))};
import { App } from ${quote(core("src/app.ts"))};
${imports.join("")}
export default (assets) => App.serve(app, assets, {
  islands: [${islandModules}],
  files: [${files}],
});
`;
}
