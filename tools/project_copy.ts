/**
 * Copies of the project in temporary folders, to change and build.
 *
 * @module
 */
import { ROOT } from "./packages.ts";

/** A copy in a temporary folder; `await using` removes it. */
export interface ProjectCopy extends AsyncDisposable {
  /** Its folder, with a slash at the end. */
  readonly root: string;
  /** Its config, for every `deno` command. */
  readonly config: string;
}

/** What is not copied: what git does not keep, and git itself. */
const LEFT_OUT = new Set([".git", "_fresh", "node_modules"]);

/** Returns a copy of the project that shares its installed packages. */
export async function copyProject(config: string): Promise<ProjectCopy> {
  const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-" })}/`;
  const remove = () => Deno.remove(root, { recursive: true });
  try {
    await copyFolder(ROOT, root);
    await Deno.symlink(`${ROOT}node_modules`, `${root}node_modules`);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    root,
    config: root + config.slice(config.lastIndexOf("/") + 1),
    [Symbol.asyncDispose]: remove,
  };
}

async function copyFolder(from: string, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (LEFT_OUT.has(name)) continue;
    if (isDirectory) {
      await Deno.mkdir(to + name);
      await copyFolder(`${from}${name}/`, `${to}${name}/`);
    } else {
      await Deno.copyFile(from + name, to + name);
    }
  }
}
