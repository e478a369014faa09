/**
 * Import rules, types included: the site imports `@fresh-wix/core`, packages only
 * themselves, tools and tests everything. There are no import cycles.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { filesBelow } from "./helpers/files.ts";

const SITE = /^(?:(?:routes|islands|components|lib)\/|(?:main|client)\.ts$)/;
const PACKAGE = /^packages\/([^/]+)\/src\//;
const SOURCE_FOLDERS = [
  "routes",
  "islands",
  "components",
  "lib",
  "packages",
  "tests",
  "tools",
];
const CODE = /\.tsx?$/;
const SKIPPED = /\/(?:node_modules|_fresh|stubs)\//;
const IMPORT =
  /^(?:import|export)\b[^;"']*?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

const exportsOf = new Map<string, string>();
for (const folder of ["packages/fresh-wix/", "packages/local-wix/"]) {
  const { name, exports } = JSON.parse(
    await Deno.readTextFile(`${ROOT}${folder}deno.json`),
  );
  for (const [path, file] of Object.entries<string>(exports)) {
    exportsOf.set(name + path.slice(1), folder + file.slice(2));
  }
}

/** The modules that the site may import. */
const ENGINE = [...exportsOf.values()]
  .filter((file) => file.startsWith("packages/fresh-wix/"));

/** Returns the path of an import in this project; `undefined` for others. */
function resolve(specifier: string, importer: string): string | undefined {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return specifier.startsWith(".")
    ? new URL(specifier, `file:///${importer}`).pathname.slice(1)
    : exportsOf.get(specifier);
}

const imports = new Map<string, Set<string>>();
const roots = ["main.ts", "client.ts", "vite.config.ts"];
for (const folder of SOURCE_FOLDERS) {
  for (const file of await filesBelow(ROOT + folder)) {
    const path = file.slice(ROOT.length);
    if (CODE.test(path) && !SKIPPED.test(path)) roots.push(path);
  }
}
for (const file of roots) {
  const code = await Deno.readTextFile(ROOT + file);
  const found = [...code.matchAll(IMPORT)]
    .map(([, name, dynamic]) => resolve(name ?? dynamic ?? "", file) ?? "")
    .filter((path) => CODE.test(path));
  imports.set(file, new Set(found));
}

function isAllowed(from: string, to: string): boolean {
  const [folder] = PACKAGE.exec(from) ?? [];
  if (folder !== undefined) return to.startsWith(folder);
  return !SITE.test(from) || SITE.test(to) || ENGINE.includes(to);
}

Deno.test("the site imports only the engine, packages only themselves", () => {
  const wrong = [...imports].flatMap(([from, files]) =>
    [...files].filter((to) => !isAllowed(from, to)).map((to) =>
      `${from} → ${to}`
    )
  );
  assertEquals(wrong, []);
});

Deno.test("there are no import cycles, types included", () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  assertEquals(circles, []);
});
