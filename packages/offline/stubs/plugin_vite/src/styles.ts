import { existsSync } from "node:fs";
import {
  type DevEnvironment,
  isCSSRequest,
  type Plugin,
  type RunnableDevEnvironment,
} from "vite";

/**
 * Refuses styles that the real plugin links on no page: those that only
 * `_app`, `_layout` and the like import, and those that several routes share.
 */
export function stylesPlugin(): Plugin {
  // Of client.ts and the islands, whose build comes first.
  const linked = new Set<string>();
  return {
    name: "fresh-stub:styles",
    apply: "build",
    sharedDuringBuild: true,
    generateBundle(_, bundle) {
      const isClient = this.environment.config.consumer === "client";
      const styles = Object.values(bundle)
        .filter((file) => file.type === "chunk")
        .filter(({ isDynamicEntry }) => isClient || !isDynamicEntry)
        .flatMap(({ moduleIds }) => moduleIds.filter(isCSSRequest));
      for (const id of styles) {
        if (isClient) linked.add(id);
        if (linked.has(id)) continue;
        this.error(
          `${id} would be linked on no page by the real package: ` +
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
  const file = client.config.root + url;
  if (!existsSync(file)) return "";
  await client.transformRequest(url);
  const elements = stylesBelow(client, file).map(async (path) => {
    const { default: text } = await ssr.runner.import(`/${path}?inline`);
    return `<style vite-module-id="/${path}">${text}</style>`;
  });
  return (await Promise.all(elements)).join("");
}

/** In dev: the paths of the styles that the module in `file` imports. */
export function stylesBelow(
  { moduleGraph }: DevEnvironment,
  file: string,
): string[] {
  const top = moduleGraph.getModuleById(file);
  const below = new Set(top ? [top] : []);
  for (const { importedModules, url } of below) {
    // What a stylesheet imports is part of it.
    if (isCSSRequest(url)) continue;
    importedModules.forEach((module) => below.add(module));
  }
  return [...below].map(({ url }) => url.slice(1))
    .filter((url) => isCSSRequest(url));
}
