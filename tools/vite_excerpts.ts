/**
 * A Vite plugin that puts lines of this app's source into the app: whatever
 * stands between `// #region <name>` and `// #endregion`. They are
 * taken when the app is built, so that what a page shows is what runs.
 *
 * @module
 */
import type { Plugin } from "vite";

/** Files that have regions. */
const FILES = [
  "islands/MemberSearch.tsx",
  "lib/account/save_settings.ts",
  "lib/orders/orders.ts",
  "lib/site_properties.ts",
  "routes/account/_middleware.ts",
  "routes/account/vip.tsx",
  "routes/elevation.tsx",
  "routes/members.tsx",
];

/** Returns the plugin: it defines `SOURCE_EXCERPTS`, by the region's name. */
export function excerpts(): Plugin {
  return {
    name: "source-excerpts",
    config: () => ({
      define: {
        SOURCE_EXCERPTS: JSON.stringify(
          Object.fromEntries(FILES.flatMap((file) => {
            const source = Deno.readTextFileSync(`${Deno.cwd()}/${file}`);
            return [...regions(source)].map((
              [name, text],
            ) => [name, { file, text }]);
          })),
        ),
      },
    }),
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
