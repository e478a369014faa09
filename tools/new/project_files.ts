/**
 * Chooses the files of a new project.
 *
 * @module
 */
import { isPackageSource, sourceFiles } from "../copy_files.ts";
import { ROOT } from "../packages.ts";

/** Demonstrations and the shop, which bare projects don't get. */
const OPTIONAL = [
  "assets/shop.css",
  "docs/shop.md",
  "routes/(demos)/",
  "routes/account/orders/",
  "routes/account/vip.tsx",
  "routes/api/cart.ts",
  "routes/api/orders.ts",
  "routes/api/webhooks/",
  "routes/cart.tsx",
  "routes/checkout.ts",
  "routes/products/",
  "routes/shop/",
  "routes/sitemap.xml.ts",
  "routes/thank-you.tsx",
  "tests/components/",
  "tests/flows/orders_test.ts",
  "tests/flows/shop",
  "tests/lib/orders/",
  "tests/lib/shop/",
  "tools/vite_excerpts.ts",
];

/** Files that projects get if they are there; a path with a slash is a folder. */
const COPIED = [
  ...[".dockerignore", ".env.example", ".gitignore", ".github/", ".vscode/"],
  ...["AGENTS.md", "Dockerfile", "LICENSE", "compose.yaml"],
  ...["deno.json", "deno.lock", "deno.offline.lock"],
  ...["main.ts", "client.ts", "vite.config.ts"],
  ...["assets/", "docs/", "routes/", "static/"],
  ...["tests/site_test.ts", "tests/browser/site_test.ts"],
  ...["tests/components/", "tests/lib/"],
  ...["tests/flows/account_test.ts", "tests/flows/orders_test.ts"],
  "tests/flows/shop",
  // Programs that tasks run; modules that they import are copied too.
  ...["tools/tasks.ts", "tools/gateway_calls.ts", "tools/lint_site.ts"],
  "tools/hosting/",
];

/** Screenshots of the starter's README, and pages of its tests. */
const STARTER_ONLY = /^docs\/images\/.*\.webp$|^routes\/\(fixtures\)\//;

/** Files that replace those of the starter. */
const REPLACED = { "README.md": "tools/new/README.md" };
const BARE_REPLACED = {
  ...REPLACED,
  "routes/index.tsx": "tools/new/index.tsx",
};

const IMPORT =
  /^(?:import|export)\b[^;"']*?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

/** Returns the project's files besides `packages/`, with their sources here. */
export async function projectFiles(
  isBare: boolean,
): Promise<Map<string, string>> {
  const sources = new Set(await sourceFiles(ROOT));
  const replaced = isBare ? BARE_REPLACED : REPLACED;
  const matches = (path: string, list: readonly string[]) =>
    list.some((it) => path === it || path.startsWith(it));
  const files = new Map<string, string>(Object.entries(replaced));
  for (const path of sources) {
    if (!matches(path, COPIED) || STARTER_ONLY.test(path)) continue;
    if (isBare && matches(path, OPTIONAL)) continue;
    files.set(path, files.get(path) ?? path);
  }
  // Grows while it is read: modules import modules.
  for (const [path, source] of files) {
    if (!/\.tsx?$/.test(path)) continue;
    for (const to of await importsOf(path, source, isBare)) {
      const isLeftOut = !sources.has(to) || isPackageSource(to) ||
        isBare && matches(to, OPTIONAL);
      if (!isLeftOut && !files.has(to)) files.set(to, to);
    }
  }
  return new Map([...files].sort(([a], [b]) => a < b ? -1 : 1));
}

async function importsOf(
  path: string,
  source: string,
  isBare: boolean,
): Promise<string[]> {
  const code = await Deno.readTextFile(ROOT + source);
  return [...(isBare ? withoutRegions(code) : code).matchAll(IMPORT)].map(
    ([, name = "", dynamic = name]) =>
      dynamic.startsWith("@/")
        ? dynamic.slice(2)
        : new URL(dynamic, `file:///${path}`).pathname.slice(1),
  );
}

/**
 * Removes the regions `shop` of a source, and the marks of others,
 * which the pages about the starter show.
 */
export function withoutRegions(code: string): string {
  const mark = (name: string) => `^ *(?://|\\{/\\*) #${name}.*\\n`;
  const optional = new RegExp(
    `${mark("region shop\\b")}[^]*?${mark("endregion")}`,
    "gm",
  );
  return code.replace(optional, "")
    .replace(new RegExp(mark("(?:end)?region"), "gm"), "");
}
