/**
 * Copies the project to temporary folders, to change and build it there.
 *
 * @module
 */
import { ROOT } from "./packages.ts";

/** A temporary copy; `await using` removes it. */
export interface ProjectCopy extends AsyncDisposable {
  /** Its folder, with a trailing slash. */
  readonly root: string;
  /** Path of its config. */
  readonly config: string;
}

/** Folders that are not copied. */
const LEFT_OUT = new Set([".git", ".local", "_fresh", "_wix", "node_modules"]);

/** Copies the project. The copy shares the installed packages. */
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
