/**
 * Which npm packages a running app has loaded.
 *
 * @module
 */
import type { Inspector } from "./inspector.ts";

/** A package, and what is loaded of it. */
export interface LoadedPackage {
  readonly name: string;
  readonly files: number;
  /** Length of their sources, in thousands of characters. */
  readonly kilobytes: number;
}

/** The last `node_modules/` of a path, and the package's name after it. */
const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Returns the packages that are loaded right now, the largest first. */
export async function loadedPackages(
  inspector: Inspector,
): Promise<LoadedPackage[]> {
  inspector.events.length = 0;
  // It answers with an event for each file that was loaded before.
  await inspector.send("Debugger.enable");
  const found = new Map<string, { files: number; characters: number }>();
  for (const { method, params } of inspector.events) {
    if (method !== "Debugger.scriptParsed") continue;
    const name = PACKAGE.exec(String(params.url))?.[1];
    if (name === undefined) continue;
    const { files, characters } = found.get(name) ??
      { files: 0, characters: 0 };
    found.set(name, {
      files: files + 1,
      characters: characters + Number(params.length),
    });
  }
  await inspector.send("Debugger.disable");
  return [...found].map(([name, { files, characters }]) => ({
    name,
    files,
    kilobytes: characters / 1000,
  })).sort((a, b) => b.kilobytes - a.kilobytes);
}
