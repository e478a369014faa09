/**
 * The reference app: a copy of this project with the same pages, and without
 * what this project puts around them. `bench/reference/` is laid over the
 * copy; the pages it shows stay those of `routes/`, which is called `pages/`
 * there so that the reference app has routes of its own.
 *
 * @module
 */
import { build } from "@/tools/build.ts";
import type { Packages } from "@/tools/packages.ts";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";

const OVERLAY = new URL("./reference/", import.meta.url).pathname;

/** Has the paths of the routes whose lines the home page shows. */
const EXCERPTS = "tools/vite_excerpts.ts";

/**
 * Returns a built copy; `await using` removes it.
 *
 * @throws {Error} when it does not build.
 */
export async function buildReference(
  { mode, config }: Packages,
): Promise<ProjectCopy> {
  const copy = await copyProject(config);
  try {
    await Deno.rename(`${copy.root}routes`, `${copy.root}pages`);
    await rename(`${copy.root}${EXCERPTS}`, '"routes/', '"pages/');
    await overlay(OVERLAY, copy.root);
    if (!await build({ mode, config: copy.config }, copy.root)) {
      throw new Error("Cannot compare: the reference app does not build");
    }
    return copy;
  } catch (error) {
    await copy[Symbol.asyncDispose]();
    throw error;
  }
}

async function overlay(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) {
      await overlay(`${from}${name}/`, `${to}${name}/`);
    } else {
      await Deno.copyFile(from + name, to + name);
      await rename(to + name, '"@/routes/', '"@/pages/');
    }
  }
}

async function rename(file: string, from: string, to: string): Promise<void> {
  const text = await Deno.readTextFile(file);
  await Deno.writeTextFile(file, text.replaceAll(from, to));
}

/**
 * Returns what two answers must have in common: all but the nonces and Wix's
 * request ids, which are new in every answer, the build's name in addresses, and
 * the names of files.
 */
export function comparable(html: string): string {
  return html.replaceAll(/ nonce="[^"]*"/g, "")
    .replaceAll(/\?__frsh_c=\w+/g, "")
    .replaceAll(/(request id: <code>)[^<]*/g, "$1")
    .replaceAll("pages/", "routes/");
}
