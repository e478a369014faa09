/**
 * Builds the app if sources changed since the last build.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Packages, ROOT, VITE, VITE_ENV } from "./packages.ts";
import { runDeno } from "./processes.ts";
import type { Settings } from "./settings.ts";

/** Folders that a build reads, except what {@link NOT_READ} matches. */
const FOLDERS = ["", "packages/fresh-wix/"];

/** Folders and files that a build does not read. Pages can import all others. */
const NOT_READ =
  /^(?:\..*|_fresh|_wix|attacks|bench|coverage|docs|examples|node_modules|packages|screenshots|tests|tools)$/;

/** Files outside of folders that a build reads. */
const CODE = /\.(?:tsx?|css)$/;

const MORE_INPUTS = [
  "deno.json",
  "packages/fresh-wix/deno.json",
  "tools/client_code.ts",
  "tools/vite_excerpts.ts",
];
const MODE_INPUTS: Record<Packages["mode"], readonly string[]> = {
  jsr: ["deno.lock"],
  offline: ["deno.offline.lock", "packages/offline/stubs"],
};

/** Fresh inlines the values of these variables into the build. */
const PUBLIC_VARIABLE = /^FRESH_PUBLIC_/;

const OUTPUT = "_fresh";
const KEY_FILE = `${OUTPUT}/.build-key`;
/** The build id is part of the URL of every static file. */
const BUILD_ID_LENGTH = 16;

/**
 * Builds into `_fresh/`. Returns whether the build succeeded.
 *
 * @param root Folder of the project, with a trailing slash.
 */
export async function build(
  packages: Packages,
  root: string = ROOT,
  settings: Settings = {},
): Promise<boolean> {
  const key = await buildKey(packages, root, settings);
  // After a failed build, an old server.js would be served as the new one.
  await Deno.remove(root + OUTPUT, { recursive: true }).catch(ignoreNotFound);
  const built = await runDeno([
    "run",
    "-A",
    "--config",
    packages.config,
    VITE,
    "build",
    "--logLevel",
    "warn",
  ], {
    cwd: root,
    env: {
      ...publicSettings(settings),
      ...VITE_ENV,
      // Deno Deploy's own, where it is set. Else unchanged sources keep their URLs,
      // and browser caches stay valid: Fresh would use the git commit, which an
      // edit does not change.
      DENO_DEPLOYMENT_ID: Deno.env.get("DENO_DEPLOYMENT_ID") ??
        key.slice(0, BUILD_ID_LENGTH),
    },
  });
  if (built) await Deno.writeTextFile(root + KEY_FILE, key);
  return built;
}

/**
 * Builds unless `_fresh/` is up to date. Returns whether it is up to date now.
 *
 * @param root Folder of the project, with a trailing slash.
 */
export async function buildIfChanged(
  packages: Packages,
  root: string = ROOT,
  settings: Settings = {},
): Promise<boolean> {
  if (await isBuilt(packages, root, settings)) {
    console.log(
      "The build is up to date",
    );
    return true;
  }
  console.log("Building the app");
  return await build(packages, root, settings);
}

/**
 * Returns whether `_fresh/` is up to date.
 *
 * @param root Folder of the project, with a trailing slash.
 */
export async function isBuilt(
  packages: Packages,
  root: string,
  settings: Settings = {},
): Promise<boolean> {
  const last = await Deno.readTextFile(root + KEY_FILE).catch(ignoreNotFound);
  return last === await buildKey(packages, root, settings);
}

async function buildKey(
  { mode }: Packages,
  root: string,
  settings: Settings,
): Promise<string> {
  const files: string[] = [];
  for (const input of [...MORE_INPUTS, ...MODE_INPUTS[mode]]) {
    await collectFiles(root, input, files);
  }
  for (const folder of FOLDERS) {
    for (const { name, isDirectory } of await entries(root + folder)) {
      if (NOT_READ.test(name) || !isDirectory && !CODE.test(name)) continue;
      await collectFiles(root, folder + name, files);
    }
  }
  const hashes = await Promise.all(
    files.sort().map(async (file) => {
      return `${file} ${sha256(await Deno.readFile(root + file))}`;
    }),
  );
  const text = [
    mode,
    Deno.version.deno,
    JSON.stringify(publicSettings(settings)),
    ...hashes,
  ].join("\n");
  return sha256(text);
}

async function collectFiles(
  root: string,
  path: string,
  files: string[],
): Promise<void> {
  const info = await Deno.stat(root + path).catch(ignoreNotFound);
  if (info?.isFile) files.push(path);
  if (!info?.isDirectory) return;
  for (const { name } of await entries(root + path)) {
    await collectFiles(root, `${path}/${name}`, files);
  }
}

async function entries(path: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(path));
  } catch (error) {
    return ignoreNotFound(error) ?? [];
  }
}

/** Sorted by name, so that the build key does not depend on their order. */
function publicSettings(settings: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => PUBLIC_VARIABLE.test(name))
      .sort(([a], [b]) => a < b ? -1 : 1),
  );
}

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
