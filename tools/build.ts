/**
 * Building the app, when something changed since the last build.
 *
 * @module
 */
import { type Packages, ROOT, VITE } from "./packages.ts";
import { runDeno } from "./processes.ts";

/** Everything that a build depends on. */
const INPUTS = [
  "assets",
  "components",
  "islands",
  "lib",
  "routes",
  "static",
  "client.ts",
  "deno.json",
  "main.ts",
  "packages/fresh-wix/src",
  "vite.config.ts",
  "tools/server_code.ts",
  "tools/vite_excerpts.ts",
  "tools/vite_wix_packages.ts",
];
const MODE_INPUTS: Record<Packages["mode"], readonly string[]> = {
  jsr: ["deno.lock"],
  offline: ["deno.offline.lock", "packages/offline/stubs"],
};

const OUTPUT = "_fresh";
const KEY_FILE = `${OUTPUT}/.build-key`;

/**
 * Builds into `_fresh/`. Returns whether that succeeded.
 *
 * @param root Folder of the project, with a slash at the end.
 */
export async function build(
  packages: Packages,
  root = ROOT,
): Promise<boolean> {
  const key = await buildKey(packages, root);
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
  ], { cwd: root, env: { FRESH_NO_UPDATE_CHECK: "1" } });
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
  root = ROOT,
): Promise<boolean> {
  if (await isBuilt(packages, root)) {
    console.log("Up to date: the sources did not change since the last build");
    return true;
  }
  console.log("Building the app");
  return await build(packages, root);
}

/**
 * Returns whether `_fresh/` is what a build would make of the sources.
 *
 * @param root Folder of the project, with a slash at the end.
 */
export async function isBuilt(
  packages: Packages,
  root: string,
): Promise<boolean> {
  const last = await Deno.readTextFile(root + KEY_FILE).catch(ignoreNotFound);
  return last === await buildKey(packages, root);
}

async function buildKey({ mode }: Packages, root: string): Promise<string> {
  const files: string[] = [];
  for (const input of [...INPUTS, ...MODE_INPUTS[mode]]) {
    await collectFiles(root, input, files);
  }
  const hashes = await Promise.all(
    files.sort().map(async (file) => {
      const bytes = await Deno.readFile(root + file);
      return `${file} ${await sha256(bytes)}`;
    }),
  );
  const text = [mode, Deno.version.deno, ...hashes].join("\n");
  return await sha256(new TextEncoder().encode(text));
}

async function collectFiles(
  root: string,
  path: string,
  files: string[],
): Promise<void> {
  const info = await Deno.stat(root + path).catch(ignoreNotFound);
  if (info?.isFile) files.push(path);
  if (!info?.isDirectory) return;
  for await (const entry of Deno.readDir(root + path)) {
    await collectFiles(root, `${path}/${entry.name}`, files);
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
