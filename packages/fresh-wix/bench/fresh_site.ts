/**
 * The starter, built with the measured pages added.
 *
 * @module
 */
import { dirname } from "node:path";
import { PAGES } from "./pages.ts";
import { run } from "./processes.ts";
import type { Site } from "./servers.ts";

/** Not needed to build, or made by it. */
const LEFT_OUT = new Set([".git", "_fresh", "node_modules", "tests", "docs"]);

const SOURCES = new URL("./pages/", import.meta.url);

/** A built project; `await using` removes it. */
export interface FreshSite extends Site, AsyncDisposable {
  /** The Fresh that it was built with, such as `the real Fresh 2.3.3`. */
  readonly fresh: string;
  /** False for the stubs. */
  readonly isReal: boolean;
}

/**
 * Copies a project, adds the measured pages and builds it.
 *
 * @throws {Error} when it does not build.
 */
export async function buildFreshSite(
  name: string,
  project: string,
): Promise<FreshSite> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "fresh-wix-bench-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await copy(project, folder);
  const packages = await Deno.realPath(`${project}/node_modules`)
    .catch(() => undefined);
  if (packages) await Deno.symlink(packages, `${folder}/node_modules`);
  await addPages(folder);
  const isReal = Deno.env.get("FRESH_WIX_PACKAGES") !== "offline";
  const flag = isReal ? "--jsr" : "--offline";
  await run([Deno.execPath(), "task", "build", flag], { cwd: folder });
  const built = stack.move();
  return {
    name,
    folder,
    isReal,
    fresh: isReal
      ? `the real Fresh ${await freshVersion(folder)}`
      : "stubs of Fresh",
    // As `deno task serve` does.
    command: (port) => [
      Deno.execPath(),
      "serve",
      ...[
        "--quiet",
        "--no-config",
        "--no-prompt",
      ],
      ...["--allow-env", "--allow-net=127.0.0.1", "--allow-read=_fresh"],
      ...["--host=127.0.0.1", `--port=${port}`],
      "_fresh/server.js",
    ],
    [Symbol.asyncDispose]: () => built.disposeAsync(),
  };
}

async function copy(from: string, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (LEFT_OUT.has(name)) continue;
    if (isDirectory) {
      await Deno.mkdir(`${to}/${name}`);
      await copy(`${from}/${name}`, `${to}/${name}`);
    } else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

async function addPages(folder: string): Promise<void> {
  const data = `${folder}/lib/bench_data.ts`;
  await Deno.copyFile(new URL("data.ts", SOURCES), data);
  for (const { name, path } of PAGES) {
    const source = new URL(`fresh/${name}.tsx`, SOURCES);
    const text = await Deno.readTextFile(source);
    const file = `${folder}/routes${path}.tsx`;
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(file, text.replace("../data.ts", data));
  }
}

/** The version that is linked, else the one in the lock file. */
async function freshVersion(folder: string): Promise<string> {
  const read = async (path: string) =>
    JSON.parse(await Deno.readTextFile(path).catch(() => "{}"));
  const { links = [] } = await read(`${folder}/deno.json`);
  for (const link of links) {
    const { name, version } = await read(`${link}/deno.json`);
    if (name === "@fresh/core") return version;
  }
  const { specifiers = {} } = await read(`${folder}/deno.lock`);
  const [, version = "of unknown version"] = Object.entries<string>(specifiers)
    .find(([specifier]) => specifier.startsWith("jsr:@fresh/core@")) ?? [];
  return version;
}
