/**
 * A Vite plugin that puts lines of this app's source into the app: whatever
 * stands between `// #region <name>` and `// #endregion`. They are
 * taken when the app is built, so that what a page shows is what runs.
 *
 * @module
 */
import { globSync } from "node:fs";
import type { Plugin } from "vite";

/** Where the app's source is. */
const SOURCES = "{islands,lib,routes}/**/*.{ts,tsx}";

/** Returns the plugin: it defines `SOURCE_EXCERPTS`, by the region's name. */
export function excerpts(): Plugin {
  return {
    name: "source-excerpts",
    config() {
      const found = globSync(SOURCES).flatMap((file) =>
        [...regions(Deno.readTextFileSync(file))]
          .map(([name, text]) => [name, { file, text }])
      );
      return {
        define: {
          SOURCE_EXCERPTS: JSON.stringify(Object.fromEntries(found)),
        },
      };
    },
  };
}

/** Returns the regions of a source by name, without their indentation. */
export function regions(source: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /^ *\/\/ #region (\w+)\n(.*?)^ *\/\/ #endregion$/gms;
  for (const [, name = "", body = ""] of source.matchAll(pattern)) {
    const lines = body.trimEnd().split("\n");
    const indents = lines.filter(Boolean).map((line) => line.search(/\S/));
    const indent = Math.min(...indents);
    found.set(name, lines.map((line) => line.slice(indent)).join("\n"));
  }
  return found;
}
