/**
 * The task `new`: makes a project of one's own from this starter.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { UsageError } from "./command_line.ts";
import {
  copyFile,
  copyPackages,
  isPackageSource,
  sourceFiles,
} from "./copy_files.ts";
import { ROOT } from "./packages.ts";

/** Options of {@link newProject}. */
export interface NewProjectOptions {
  /** Folder that a relative path starts from. */
  readonly from: string;
  readonly name?: string | true;
  /** Leaves out the shop and the demonstrations. */
  readonly bare?: string | true;
}

/** Demonstrations and the shop, which bare projects don't get. */
const OPTIONAL = [
  "docs/shop.md",
  "routes/(demos)/",
  "routes/(shop)/",
  "routes/account/orders/",
  "routes/account/vip.tsx",
  "routes/api/cart.ts",
  "routes/api/orders.ts",
  "routes/api/webhooks/",
  "routes/cart.tsx",
  "routes/checkout.ts",
  "routes/how-it-works.tsx",
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
  ...["tests/site_test.ts", "tests/components/", "tests/lib/"],
  ...["tests/flows/account_test.ts", "tests/flows/orders_test.ts"],
  "tests/flows/shop",
  // Programs that tasks run; modules that they import are copied too.
  ...["tools/tasks.ts", "tools/gateway_calls.ts", "tools/lint_site.ts"],
  "tools/hosting/",
];

/** Screenshots of the starter's README. */
const SCREENSHOT = /^docs\/images\/.*\.webp$/;

/** Files that replace those of the starter. */
const REPLACED = { "README.md": "tools/new/README.md" };
const BARE_REPLACED = {
  ...REPLACED,
  "routes/index.tsx": "tools/new/index.tsx",
};

const STARTER_NAME = "Juniper & Sons";
const NAME_LENGTH = 60;
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'’&+!-]*$/u;

/** Sections and list items of the documentation about the shop. */
const ABOUT_SHOP =
  /^##+ The (?:shop|cache)\n[^]*?(?=^## )|^- \[[^\]]*\]\(shop\.md.*\n/gm;

const IMPORT =
  /^(?:import|export)\b[^;"']*?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

/**
 * Makes a project and prints what it did. Exits with code 2, and changes nothing,
 * when the folder or the name can't be used.
 */
export async function newProject(
  [folder, ...more]: readonly string[],
  { from, name, bare }: NewProjectOptions,
): Promise<void> {
  const isBare = bare === true;
  let root: string;
  let title: string;
  try {
    if (folder === undefined || more.length > 0) {
      throw new UsageError("name one folder, as in `deno task new ../shop`");
    }
    root = `${resolve(from, folder)}/`;
    await assertUsable(root);
    title = checkName(
      typeof name === "string" ? name : askName(nameFrom(root)),
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`Cannot make a project: ${error.message}`);
    Deno.exit(2);
  }

  const files = await projectFiles(isBare);
  await Deno.mkdir(root, { recursive: true });
  for (const [path, source] of files) {
    await Deno.mkdir(resolve(root, path, ".."), { recursive: true });
    await Deno.copyFile(ROOT + source, root + path);
  }
  await copyPackages(ROOT, root);
  await copyFile(ROOT, root, "packages/offline/README.md");
  const holder = await git(root, "config", "user.name") ?? title;
  await edit(root, [...files.keys()], { title, holder, isBare });
  await Deno.writeTextFile(`${root}.env`, `SESSION_SECRET=${newSecret()}\n`);
  await format(root);
  const isCommitted = await commit(root);

  console.log(`Made ${title} in ${root}

  ${files.size} files, and packages/ with the engine and local Wix
  .env     a new SESSION_SECRET; not in git
  git      ${isCommitted ? "one commit on main" : "not found: no repository"}

Next:

  cd ${folder}
  deno task start    # set up, build and run the site
  deno task ok       # check, build and test

README.md says what to change first.`);
}

async function assertUsable(root: string): Promise<void> {
  if (root.startsWith(ROOT) || ROOT.startsWith(root)) {
    throw new UsageError(`${root} is part of the starter: use another folder`);
  }
  const info = await Deno.stat(root.slice(0, -1)).catch(() => undefined);
  if (info === undefined) return;
  if (!info.isDirectory) throw new UsageError(`${root.slice(0, -1)} is a file`);
  for await (const { name } of Deno.readDir(root)) {
    throw new UsageError(
      `${root} is not empty: it has ${JSON.stringify(name)}`,
    );
  }
}

function askName(suggested: string): string {
  if (!Deno.stdin.isTerminal()) return suggested;
  return prompt(`Name of the site (Enter for ${suggested}):`) || suggested;
}

/** Returns a name for a folder: `My shop` for `my-shop`. */
function nameFrom(root: string): string {
  const words = basename(root).replaceAll(/[-_.]+/g, " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function checkName(name: string): string {
  if (NAME.test(name) && name.length <= NAME_LENGTH) return name;
  throw new UsageError(
    `${JSON.stringify(name)} is not a name: use 1 to ${NAME_LENGTH} letters, ` +
      'digits, spaces and . , \' & + ! -, as in --name "Pots & Pans"',
  );
}

/** Returns the project's files besides `packages/`, with their sources here. */
async function projectFiles(isBare: boolean): Promise<Map<string, string>> {
  const sources = new Set(await sourceFiles(ROOT));
  const replaced = isBare ? BARE_REPLACED : REPLACED;
  const matches = (path: string, list: readonly string[]) =>
    list.some((it) => path === it || path.startsWith(it));
  const files = new Map<string, string>(Object.entries(replaced));
  for (const path of sources) {
    if (!matches(path, COPIED) || SCREENSHOT.test(path)) continue;
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

/** What {@link edit} writes into files. */
interface Values {
  readonly title: string;
  readonly holder: string;
  readonly isBare: boolean;
}

async function edit(
  root: string,
  files: readonly string[],
  { title, holder, isBare }: Values,
): Promise<void> {
  const change = async (path: string, by: (text: string) => string) =>
    await Deno.writeTextFile(
      root + path,
      by(await Deno.readTextFile(root + path)),
    );

  await change("deno.json", (text) => {
    const config = JSON.parse(text);
    config.tasks = Object.fromEntries(
      Object.entries<{ command: string }>(config.tasks)
        .filter(([, { command }]) => command.includes("tools/tasks.ts")),
    );
    return JSON.stringify(config, null, 2);
  });
  await change("README.md", (text) => text.replace(STARTER_NAME, () => title));
  await change("LICENSE", (text) => {
    const year = new Date().getFullYear();
    const line = `Copyright (c) ${year} ${holder}\n`;
    return text.replace(/^Copyright/m, (found) => line + found);
  });
  await change(
    "lib/site.ts",
    (text) =>
      text.replace(JSON.stringify(STARTER_NAME), () => JSON.stringify(title))
        .replace(
          /footer:\s*"[^]*?",\n\}/,
          () => 'footer: "Built with fresh-wix.",\n}',
        ),
  );
  // The starter's workflow also measures the packages' tests.
  await change(
    ".github/workflows/ci.yml",
    (text) =>
      text.replace(/ +# Only tests that run[^]*?\n\n/, "\n")
        .replace("8000/members", "8000/"),
  );
  if (!isBare) return;

  const routes = new Set(files.map(routeOf));
  const isDead = (url = "") =>
    url.startsWith("/") && !routes.has(url.replace(/#.*/, ""));
  const withoutDead = (text: string, link: RegExp) =>
    text.split("\n").filter((line) => !isDead(link.exec(line)?.[1])).join("\n");
  await change("lib/site.ts", (text) => withoutDead(text, /href: "([^"]*)"/));
  await change(
    "docs/reference.md",
    (text) => withoutDead(text, /^\| `(\/[^`]*)`/),
  );
  const isThere = (path: string) =>
    path.startsWith("packages/") ||
    files.some((it) => it === path || it.startsWith(`${path}/`));
  for (const path of files) {
    if (/^docs\/.*\.md$/.test(path)) {
      await change(
        path,
        (text) => withoutDeadLinks(text.replace(ABOUT_SHOP, ""), path, isThere),
      );
    }
  }
  // No island calls the SDK.
  await change(
    "lib/gateway_calls.ts",
    (text) => text.replace(/= \[\n[^]*\n\]/, () => "= []"),
  );
  for (const path of files) {
    if (/^(?:components|islands|lib|routes)\/.*\.tsx?$/.test(path)) {
      await change(path, withoutRegions);
    }
  }
  await change(
    "vite.config.ts",
    (text) =>
      text.replace(/import \{ excerpts \}.*\n/, "").replace("excerpts(), ", ""),
  );
}

/** Leaves the text of links to files that a project does not have. */
function withoutDeadLinks(
  text: string,
  page: string,
  isThere: (path: string) => boolean,
): string {
  return text.replace(
    /\[([^\]]+)\]\((?!https?:|#)([^)#]+)[^)]*\)/g,
    (link, label, target) => {
      const { pathname } = new URL(target, `file:///${page}`);
      return isThere(decodeURI(pathname).slice(1)) ? link : label;
    },
  );
}

/**
 * Removes the regions `shop` and `demos` of a source, and the marks of others,
 * which the pages about the starter show.
 */
function withoutRegions(code: string): string {
  const mark = (name: string) => `^ *(?://|\\{/\\*) #${name}.*\\n`;
  const optional = new RegExp(
    `${mark("region (?:shop|demos)\\b")}[^]*?${mark("endregion")}`,
    "gm",
  );
  return code.replace(optional, "")
    .replace(new RegExp(mark("(?:end)?region"), "gm"), "");
}

function routeOf(path: string): string {
  return path.replace(/^routes(?=\/)/, "").replace(/\/\(\w+\)/, "")
    .replace(/\.tsx?$/, "").replace(/\/index$/, "") || "/";
}

/** Returns a secret of 48 random bytes. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(48));
  return btoa(String.fromCharCode(...bytes));
}

/** Removed lines change the widths of tables. */
async function format(root: string): Promise<void> {
  await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--config", `${root}deno.json`],
    cwd: root,
  }).output();
}

async function commit(root: string): Promise<boolean> {
  if (await git(root, "init", "-q", "-b", "main") === undefined) return false;
  // A machine without an identity, such as a container, has one for this commit.
  const identity = await git(root, "config", "user.email") === undefined
    ? ["-c", "user.name=fresh-wix", "-c", "user.email=fresh-wix@localhost"]
    : [];
  await git(root, "add", "--all");
  const message = "chore: start from fresh-wix";
  const made = await git(root, ...identity, "commit", "-q", "-m", message);
  return made !== undefined;
}

/** Runs git; returns its output, `undefined` when it fails or is missing. */
async function git(
  root: string,
  ...args: readonly string[]
): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args: [...args],
      cwd: root,
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch {
    return undefined;
  }
}
