/**
 * The task `new`: makes a new project from this starter.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { basename, resolve } from "node:path";
import { UsageError } from "./command_line.ts";
import { copyFile, copyPackages } from "./copy_files.ts";
import { editProject } from "./new/edit_project.ts";
import { gitUserName, makeFirstCommit } from "./new/first_commit.ts";
import { projectFiles } from "./new/project_files.ts";
import { ROOT } from "./packages.ts";

/** Options of {@link newProject}. */
export interface NewProjectOptions {
  /** Folder that a relative path starts from. */
  readonly from: string;
  readonly name?: string | true;
  /** Leaves out the shop and the demonstrations. */
  readonly bare?: string | true;
}

const NAME_LENGTH = 60;
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'’&+!-]*$/u;

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
    await copyFile(ROOT + source, root + path);
  }
  await copyPackages(ROOT, root);
  const holder = await gitUserName(root) ?? title;
  await editProject(root, [...files.keys()], { title, holder, isBare });
  const secret = randomBytes(48).toString("base64");
  await Deno.writeTextFile(`${root}.env`, `SESSION_SECRET=${secret}\n`);
  const commit = await makeFirstCommit(root);

  console.log(`Made ${title} in ${root}

  ${files.size} files, and packages/ with the engine and local Wix
  .env     a new SESSION_SECRET; not in git
  git      ${commit}

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
    `${
      JSON.stringify(name)
    } is not a valid name: use 1 to ${NAME_LENGTH} letters, ` +
      'digits, spaces and . , \' & + ! -, as in --name "Pots & Pans"',
  );
}
