/**
 * What a running app has loaded of the packages that esbuild put into it.
 *
 * @module
 */
import type { Inspector } from "./inspector.ts";

/** A package, and what is loaded of it. */
export interface LoadedPackage {
  readonly name: string;
  readonly modules: number;
  /** Length of their sources, in thousands of characters. */
  readonly kilobytes: number;
}

/** Before each module that esbuild puts into a file stands its path. */
const MODULE = /^\/\/ (\S+\.[cm]?js)$/m;

/** The last `node_modules/` of a path, and the package's name after it. */
const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Returns the packages that are loaded right now, the largest first. */
export async function loadedPackages(
  inspector: Inspector,
): Promise<LoadedPackage[]> {
  const found = new Map<string, LoadedPackage>();
  for (const source of await loadedSources(inspector)) {
    const [, ...parts] = source.split(MODULE);
    for (let index = 0; index < parts.length; index += 2) {
      const name = PACKAGE.exec(parts[index] ?? "")?.[1];
      if (name === undefined) continue;
      const { modules = 0, kilobytes = 0 } = found.get(name) ?? {};
      found.set(name, {
        name,
        modules: modules + 1,
        kilobytes: kilobytes + (parts[index + 1]?.length ?? 0) / 1000,
      });
    }
  }
  return [...found.values()].sort((a, b) => b.kilobytes - a.kilobytes);
}

/** Returns the loaded files of the build. */
async function loadedSources(inspector: Inspector): Promise<string[]> {
  inspector.events.length = 0;
  // It answers with an event for each file that was loaded before.
  await inspector.send("Debugger.enable");
  const sources: string[] = [];
  for (const { method, params: { url, scriptId } } of [...inspector.events]) {
    if (method !== "Debugger.scriptParsed") continue;
    if (!String(url).includes("/_fresh/server/")) continue;
    const { scriptSource } = await inspector.send("Debugger.getScriptSource", {
      scriptId,
    }) as { scriptSource: string };
    sources.push(scriptSource);
  }
  await inspector.send("Debugger.disable");
  return sources;
}
