/**
 * Finds and copies the files of a project.
 *
 * @module
 */
import { dirname } from "node:path";

/** Folders and files that are not sources, at any depth. */
const NOT_SOURCES =
  /^(?:\.git|\.local|_fresh|_wix|node_modules|screenshots|coverage|deno\.offline\.json|\.env(?!\.example).*)$/;

/** Files of packages that projects don't need: tests and benchmarks. */
const PACKAGE_TOOLS = /^(?:tests|attacks|bench|npm|.*\.ts)$/;

/**
 * Returns the paths of all source files of a project, sorted.
 *
 * @param root Its folder, with a trailing slash.
 */
export async function sourceFiles(root: string, below = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root + below)) {
    if (NOT_SOURCES.test(name)) continue;
    files.push(
      ...isDirectory
        ? await sourceFiles(root, `${below}${name}/`)
        : [below + name],
    );
  }
  return files.sort();
}

/** Returns whether projects get a file of `packages/`. */
export function isPackageSource(path: string): boolean {
  const [folder, name, part = "", ...rest] = path.split("/");
  if (folder !== "packages" || name === undefined) return false;
  return part === "docs"
    ? !rest.some((it) => it.endsWith(".ts"))
    : !PACKAGE_TOOLS.test(part);
}

/**
 * Copies the packages that projects use. Their `tasks` are left out, because
 * these run what is not copied.
 *
 * @param from Folder of a checkout, with a trailing slash.
 * @param to Folder of a project, with a trailing slash.
 */
export async function copyPackages(from: string, to: string): Promise<void> {
  for (const path of (await sourceFiles(from)).filter(isPackageSource)) {
    await copyFile(from + path, to + path);
    if (!/^packages\/[^/]+\/deno\.json$/.test(path)) continue;
    const { tasks: _, ...config } = JSON.parse(
      await Deno.readTextFile(from + path),
    );
    await Deno.writeTextFile(
      to + path,
      JSON.stringify(config, null, 2) + "\n",
    );
  }
}

/** Copies one file, and makes its folder. */
export async function copyFile(from: string, to: string): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true });
  await Deno.copyFile(from, to);
}
