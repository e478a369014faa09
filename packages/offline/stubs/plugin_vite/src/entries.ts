import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { CLIENT_ENTRY, SERVER_ENTRY } from "./files.ts";
import { listIslands, listRoutes } from "./files.ts";

const quote = (value: unknown) => JSON.stringify(value);

/** Provides the two entry modules. */
export function entriesPlugin(): Plugin {
  return {
    name: "fresh-stub:entries",
    resolveId(id) {
      return id === SERVER_ENTRY || id === CLIENT_ENTRY ? `\0${id}` : undefined;
    },
    load(id) {
      const { command, root } = this.environment.config;
      if (id === `\0${CLIENT_ENTRY}`) return clientEntry(root, command);
      if (id === `\0${SERVER_ENTRY}`) return serverEntry(root);
    },
  };
}

/** A file of the stub of fresh, which lies next to this one. */
export function core(path: string): string {
  return fileURLToPath(new URL(`../../fresh_core/${path}`, import.meta.url));
}

function clientEntry(root: string, command: "build" | "serve"): string {
  return (command === "serve" ? `import "/@vite/client";\n` : "") +
    (existsSync(join(root, "client.ts")) ? `import "/client.ts";\n` : "") +
    `export { boot } from ${quote(core("src/client.ts"))};\n`;
}

function serverEntry(root: string): string {
  const imports: string[] = [];
  const eager = (file: string) => {
    imports.push(`import * as m${imports.length} from ${quote(`/${file}`)};\n`);
    return `m${imports.length - 1}`;
  };
  const islandModules = listIslands(root).map((file) =>
    `{ file: ${quote(file)}, module: ${eager(file)} }`
  );
  const files = listRoutes(root).map((route) => {
    const { file, kind } = route;
    // Its pattern is known only by loading it.
    const isLazy = kind === "route" &&
      !readFileSync(join(root, file), "utf8").includes("routeOverride");
    const load = isLazy ? `() => import(${quote(`/${file}`)})` : eager(file);
    return `{ ...${quote(route)}, module: ${load} }`;
  });
  return `import { app } from "/main.ts";
import { App } from ${quote(core("src/app.ts"))};
${imports.join("")}
export default (assets) => App.serve(app, assets, {
  islands: [${islandModules}],
  files: [${files}],
});
`;
}
