/**
 * What the app is compared with: copies of this project with the same pages.
 *
 * @module
 */
import { build } from "@/tools/build.ts";
import type { Packages } from "@/tools/packages.ts";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";

const here = (folder: string) => new URL(folder, import.meta.url).pathname;

/** Has the paths of the routes whose lines the home page shows. */
const EXCERPTS = "tools/vite_excerpts.ts";

/**
 * Builds the reference app: without what this project puts around its pages.
 * They stay those of `routes/`, which is called `pages/` there, because the
 * reference app has routes of its own. `await using` removes it.
 *
 * @throws {Error} when it does not build.
 */
export async function buildReference(packages: Packages): Promise<ProjectCopy> {
  return await builtCopy(packages, async (root) => {
    await Deno.rename(`${root}routes`, `${root}pages`);
    await rename(`${root}${EXCERPTS}`, '"routes/', '"pages/');
    await overlay(here("./reference/"), root);
  });
}

/**
 * Builds this app with everything around its pages but the session step and
 * the Wix client's. `await using` removes it.
 *
 * @throws {Error} when it does not build.
 */
export async function buildStepless(packages: Packages): Promise<ProjectCopy> {
  return await builtCopy(
    packages,
    (root) => overlay(here("./stepless/"), root),
  );
}

async function builtCopy(
  { mode, config }: Packages,
  change: (root: string) => Promise<void>,
): Promise<ProjectCopy> {
  const copy = await copyProject(config);
  try {
    await change(copy.root);
    if (!await build({ mode, config: copy.config }, copy.root)) {
      throw new Error("Cannot compare: a copy of the app does not build");
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
