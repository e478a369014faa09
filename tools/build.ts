/**
 * Building the app, when something changed since the last build.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Packages, ROOT, VITE, VITE_ENV } from "./packages.ts";
import { runDeno } from "./processes.ts";
import type { Settings } from "./settings.ts";

/** Folders whose files a build may read, unless {@link NOT_READ} names them. */
const FOLDERS = ["", "packages/fresh-wix/"];

/**
 * What no build reads. All the rest may be imported by a page, in whichever
 * folder an author puts it.
 */
const NOT_READ =
  /^(?:\..*|_fresh|attacks|bench|coverage|docs|examples|node_modules|packages|tests|tools)$/;

/** Of the files beside those folders: code, not notes and states. */
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

/** Fresh writes the values of these variables into the build. */
const PUBLIC_VARIABLE = /^FRESH_PUBLIC_/;

const OUTPUT = "_fresh";
const KEY_FILE = `${OUTPUT}/.build-key`;
/** It is in the address of every static file; this much is unique. */
const BUILD_ID_LENGTH = 16;

/**
 * Builds into `_fresh/`. Returns whether that succeeded.
 *
 * @param root Folder of the project, with a slash at the end.
 */
export async function build(
  packages: Packages,
  root: string = ROOT,
  settings: Settings = {},
): Promise<boolean> {
  const key = await buildKey(packages, root, settings);
  // An old server.js left by a failed build would be served as the new one.
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
      // What browsers keep stays valid while the sources are the same. Fresh
      // would take the commit, which an edit does not change.
      DENO_DEPLOYMENT_ID: key.slice(0, BUILD_ID_LENGTH),
    },
  });
  if (built) await Deno.writeTextFile(root + KEY_FILE, key);
  return built;
}

/**
 * Builds unless `_fresh/` is up to date. Returns whether it is then.
 *
 * @param root Folder of the project, with a slash at the end.
 */
export async function buildIfChanged(
  packages: Packages,
  root: string = ROOT,
  settings: Settings = {},
): Promise<boolean> {
  if (await isBuilt(packages, root, settings)) {
    console.log(
      "Up to date: the sources have not changed since the last build",
    );
    return true;
  }
  console.log("Building the app");
  return await build(packages, root, settings);
}

/**
 * Returns whether `_fresh/` is what a build would make of the sources.
 *
 * @param root Folder of the project, with a slash at the end.
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

/** In order of their names, so that equal ones have an equal key. */
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
