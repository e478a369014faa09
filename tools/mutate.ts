/**
 * Makes the mistakes of `tests/mutations.ts`, one at a time, in a copy of the
 * project, and counts how many of them the tests notice.
 *
 * @module
 */
import { type Mutation, MUTATIONS } from "../tests/mutations.ts";
import { build } from "./build.ts";
import { type Packages, ROOT } from "./packages.ts";
import { copyProject, type ProjectCopy } from "./project_copy.ts";

/** At least this share of the mistakes has to be noticed. */
const WANTED_SHARE = 0.9;

/** Notice most mistakes, and need no build. */
const UNIT_TESTS = "tests/lib";

/**
 * Runs the mutations; returns whether enough of them were noticed.
 *
 * @param files Only mistakes in these files; all when there are none.
 */
export async function mutate(
  packages: Packages,
  files: readonly string[],
): Promise<boolean> {
  const chosen = MUTATIONS.filter(({ file }) =>
    files.length === 0 || files.includes(file)
  );
  if (chosen.length === 0) throw new Error("There are no such mutations");
  await assertPossible(chosen);
  const testPaths = new Set(chosen.map(testsOf));
  const todo = [...chosen];
  const survivors: Mutation[] = [];
  const workers = Math.max(1, navigator.hardwareConcurrency);
  await Promise.all(Array.from({ length: workers }, async () => {
    await using copy = await copyProject(packages.config);
    for (const tests of takeAll(testPaths)) {
      if (!await testsPass(copy, packages, tests)) {
        throw new Error(`${tests} fails unchanged`);
      }
    }
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      if (!await isNoticed(copy, packages, next)) survivors.push(next);
    }
  }));

  const noticed = chosen.length - survivors.length;
  console.log(`${noticed} of ${chosen.length} mistakes were noticed`);
  for (const { file, find, replace, harmless } of survivors) {
    console.log(`- ${file}: ${oneLine(find)} -> ${oneLine(replace)}`);
    console.log(`  ${harmless ?? "NOT EXPLAINED"}`);
  }
  return noticed / chosen.length >= WANTED_SHARE &&
    survivors.every(({ harmless }) => harmless !== undefined);
}

/**
 * Mutations are texts, and texts change.
 *
 * @throws {Error} that names every mutation that cannot be made any more.
 */
export async function assertPossible(
  mutations: readonly Mutation[],
): Promise<void> {
  const problems: string[] = [];
  for (const { file, find } of mutations) {
    const times = (await Deno.readTextFile(ROOT + file)).split(find).length - 1;
    if (times !== 1) {
      problems.push(`${oneLine(find)} is ${times} times in ${file}`);
    }
  }
  if (problems.length > 0) {
    throw new Error(`Cannot mutate:\n${problems.join("\n")}`);
  }
}

function testsOf({ tests = UNIT_TESTS }: Mutation): string {
  return tests;
}

/** Takes the values one by one, so that each worker gets others. */
function* takeAll<T>(values: Set<T>): Generator<T> {
  for (const value of values) {
    values.delete(value);
    yield value;
  }
}

async function isNoticed(
  copy: ProjectCopy,
  packages: Packages,
  mutation: Mutation,
): Promise<boolean> {
  const path = copy.root + mutation.file;
  const original = await Deno.readTextFile(path);
  await Deno.writeTextFile(
    path,
    original.replace(mutation.find, () => mutation.replace),
  );
  const passed = await testsPass(copy, packages, testsOf(mutation));
  await Deno.writeTextFile(path, original);
  return !passed;
}

/** All but the unit tests start the built app. */
async function testsPass(
  { root, config }: ProjectCopy,
  { mode }: Packages,
  tests: string,
): Promise<boolean> {
  if (tests !== UNIT_TESTS && !await build({ mode, config }, root)) {
    return false;
  }
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "-A",
      "--no-check",
      "--fail-fast",
      "--quiet",
      "--config",
      config,
      tests,
    ],
    cwd: root,
    env: { FRESH_WIX_PACKAGES: mode, FRESH_WIX_CONFIG: config },
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

function oneLine(text: string): string {
  return JSON.stringify(text.replaceAll(/\s+/g, " "));
}
