/**
 * A Vite plugin that makes source code between `// #region <name>` and
 * `// #endregion` available to pages. It is read at build time, so that pages show
 * the code that runs.
 *
 * @module
 */
import { globSync } from "node:fs";
import type { Plugin } from "vite";

/** Glob of the source files. */
const SOURCES = "{islands,lib,routes}/**/*.{ts,tsx}";

/** Returns the plugin, which defines `SOURCE_EXCERPTS` by region name. */
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

/** Returns the regions of a source by name, unindented. */
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
