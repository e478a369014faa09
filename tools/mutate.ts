/**
 * Makes the mistakes of `tests/mutations.ts`, one at a time, in a copy of the
 * project, and counts how many of them the unit tests notice.
 *
 * @module
 */
import { type Mutation, MUTATIONS } from "../tests/mutations.ts";
import type { Packages } from "./packages.ts";
import { copyProject, type ProjectCopy } from "./project_copy.ts";

/** At least this share of the mistakes has to be noticed. */
const WANTED_SHARE = 0.9;

/** Runs every mutation; returns whether enough of them were noticed. */
export async function mutate(packages: Packages): Promise<boolean> {
  const workers = Math.max(1, navigator.hardwareConcurrency);
  const todo = [...MUTATIONS];
  const survivors: Mutation[] = [];
  await Promise.all(Array.from({ length: workers }, async () => {
    await using copy = await copyProject(packages.config);
    if (!await testsPass(copy)) throw new Error("The tests fail unchanged");
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      if (!await isNoticed(copy, next)) survivors.push(next);
    }
  }));

  const noticed = MUTATIONS.length - survivors.length;
  console.log(`${noticed} of ${MUTATIONS.length} mistakes were noticed`);
  for (const { file, find, replace, harmless } of survivors) {
    console.log(`- ${file}: ${oneLine(find)} -> ${oneLine(replace)}`);
    console.log(`  ${harmless ?? "NOT EXPLAINED"}`);
  }
  return noticed / MUTATIONS.length >= WANTED_SHARE &&
    survivors.every(({ harmless }) => harmless !== undefined);
}

async function isNoticed(
  copy: ProjectCopy,
  mutation: Mutation,
): Promise<boolean> {
  const path = copy.root + mutation.file;
  const original = await Deno.readTextFile(path);
  if (original.split(mutation.find).length !== 2) {
    throw new Error(`"${mutation.find}" is not once in ${mutation.file}`);
  }
  await Deno.writeTextFile(
    path,
    original.replace(mutation.find, () => mutation.replace),
  );
  const passed = await testsPass(copy);
  await Deno.writeTextFile(path, original);
  return !passed;
}

async function testsPass({ root, config }: ProjectCopy): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "-A",
      "--no-check",
      "--fail-fast",
      "--quiet",
      "--config",
      config,
      "tests/lib",
    ],
    cwd: root,
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

function oneLine(text: string): string {
  return JSON.stringify(text.replaceAll(/\s+/g, " "));
}
