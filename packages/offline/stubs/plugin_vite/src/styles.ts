import { existsSync } from "node:fs";
import {
  type DevEnvironment,
  type EnvironmentModuleNode,
  isCSSRequest,
  type Plugin,
  type RunnableDevEnvironment,
} from "vite";
import { listIslands } from "./files.ts";

/**
 * Refuses styles that the real plugin links on no page: those that only
 * `_app`, `_layout` and the like import, and those that several routes share.
 */
export function stylesPlugin(): Plugin {
  return {
    name: "fresh-stub:styles",
    apply: "build",
    applyToEnvironment: ({ config }) => config.consumer === "server",
    generateBundle() {
      const islands = listIslands(this.environment.config.root)
        .map(({ absolute }) => absolute);
      const importersOf = (id: string) =>
        this.getModuleInfo(id)?.importers ?? [];
      for (const style of this.getModuleIds()) {
        if (!isCSSRequest(style)) continue;
        const above = new Set([style]);
        for (const id of above) importersOf(id).forEach((id) => above.add(id));
        const tops = [...above].filter((id) => importersOf(id).length === 0);
        if (tops.length === 1 && !this.getModuleInfo(tops[0]!)?.isEntry) {
          continue;
        }
        if (islands.some((id) => above.has(id))) continue;
        this.error(
          `${style} would be linked on no page by the real package: ` +
            "import it in client.ts, or in one route alone",
        );
      }
    },
  };
}

/** In dev: the styles that client.ts imports, as an inline element each. */
export async function clientStyles(
  client: DevEnvironment,
  ssr: RunnableDevEnvironment,
): Promise<string> {
  const url = "/client.ts";
  if (!existsSync(client.config.root + url)) return "";
  await client.transformRequest(url);
  const module = await client.moduleGraph.getModuleByUrl(url);
  const elements = stylesBelow(module).map(async (url) => {
    const { default: text } = await ssr.runner.import(`${url}?inline`);
    return `<style vite-module-id="${url}">${text}</style>`;
  });
  return (await Promise.all(elements)).join("");
}

/** In dev: the URLs of the styles that the module in `file` imports. */
export function routeStyles(ssr: DevEnvironment, file: string): string[] {
  return stylesBelow(ssr.moduleGraph.getModuleById(file));
}

function stylesBelow(top: EnvironmentModuleNode | undefined): string[] {
  const below = new Set(top ? [top] : []);
  for (const { importedModules, url } of below) {
    // What a stylesheet imports is part of it.
    if (isCSSRequest(url)) continue;
    importedModules.forEach((module) => below.add(module));
  }
  return [...below].map(({ url }) => url).filter(isCSSRequest);
}
