/**
 * Mutation testing: applies the mutations of `tests/mutations.ts`, one at a
 * time, in a copy of the project, and counts those that make a test fail.
 *
 * @module
 */
import { type Mutation, MUTATIONS } from "../tests/mutations.ts";
import { build, isBuilt } from "./build.ts";
import { type Packages, ROOT } from "./packages.ts";
import { copyProject, type ProjectCopy } from "./project_copy.ts";

/** The share of mutations that tests must kill. */
const WANTED_SHARE = 0.97;

/** Windows supports only SIGINT. */
const ENDING_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Tests that need no build. */
const UNIT_TESTS = "packages/fresh-wix/tests";

/**
 * Runs mutations and prints whether each was killed or survived. Returns whether
 * enough were killed.
 *
 * @param paths Files and folders to mutate; all if empty.
 */
export async function mutate(
  packages: Packages,
  paths: readonly string[],
): Promise<boolean> {
  const chosen = MUTATIONS.filter(({ file }) =>
    paths.length === 0 || paths.some((path) => isWithin(file, path))
  );
  if (chosen.length === 0) {
    throw new Error("Cannot mutate: these files have no mutations");
  }
  await assertPossible(chosen);
  const unchanged = new Set(chosen.map(testsOf));
  const todo = [...chosen];
  const survivors: Mutation[] = [];
  let tried = 0;
  let interrupted = false;
  const end = () => {
    interrupted = true;
    todo.length = 0;
  };
  const work = async () => {
    await using copy = await copyProject(packages.config);
    for (const tests of takeAll(unchanged)) {
      if (!await testsPass(copy, packages, tests) && !interrupted) {
        todo.length = 0;
        throw new Error(`${tests} fails without a mutation`);
      }
      console.log(`passed   ${tests}, without a mutation`);
    }
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const startedAt = performance.now();
      const killedBy = await findKillingTest(copy, packages, next);
      // The test was interrupted too, so its result is invalid.
      if (interrupted) return;
      tried++;
      if (killedBy === undefined) survivors.push(next);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const outcome = killedBy === undefined ? "SURVIVED" : "killed  ";
      const where = killedBy ?? next.harmless ?? "no reason given";
      console.log(`${outcome} ${describe(next)} (${seconds} s, ${where})`);
    }
  };
  ENDING_SIGNALS.forEach((signal) => Deno.addSignalListener(signal, end));
  const workers = Math.max(1, navigator.hardwareConcurrency);
  // Wait for all workers, so that each removes its copy.
  const ends = await Promise.allSettled(Array.from({ length: workers }, work));
  ENDING_SIGNALS.forEach((signal) => Deno.removeSignalListener(signal, end));
  for (const result of ends) {
    if (result.status === "rejected") throw result.reason;
  }

  if (interrupted) {
    console.log(`Interrupted after ${tried} of ${chosen.length} mutations`);
    return false;
  }
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} mutations were killed`);
  for (const survivor of survivors) {
    console.log(`- ${describe(survivor)}`);
    console.log(`  ${survivor.harmless ?? "no reason given"}`);
  }
  return killed / chosen.length >= WANTED_SHARE &&
    survivors.every(({ harmless }) => harmless !== undefined);
}

/**
 * Checks that the text of every mutation occurs exactly once in its file.
 *
 * @throws {Error} that names the mutations that cannot be applied.
 */
export async function assertPossible(
  mutations: readonly Mutation[],
): Promise<void> {
  const problems: string[] = [];
  for (const { file, find } of mutations) {
    const times = (await Deno.readTextFile(ROOT + file)).split(find).length - 1;
    if (times !== 1) {
      problems.push(
        `${file} contains ${oneLine(find)} ${times} times, not once`,
      );
    }
  }
  if (problems.length > 0) {
    throw new Error(`Cannot mutate:\n${problems.join("\n")}`);
  }
}

function isWithin(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path.replace(/\/$/, "")}/`);
}

function testsOf({ tests = UNIT_TESTS }: Mutation): string {
  return tests;
}

/** Returns the tests to run: the closest first, all of them last. */
export async function testsInOrder(mutation: Mutation): Promise<string[]> {
  const all = testsOf(mutation);
  if (all !== UNIT_TESTS) return [all];
  const beside = mutation.file.replace("/src/", "/tests/")
    .replace(/\.tsx?$/, "_test.ts");
  const folder = beside.slice(0, beside.lastIndexOf("/"));
  const nearest = [];
  for (const path of [beside, folder]) {
    const info = await Deno.stat(ROOT + path).catch(() => undefined);
    if (info !== undefined) nearest.push(path);
  }
  return [...nearest, all];
}

/** Removes and yields values, so that workers share them. */
function* takeAll<T>(values: Set<T>): Generator<T> {
  for (const value of values) {
    values.delete(value);
    yield value;
  }
}

/** Applies a mutation and returns the first tests that fail. */
async function findKillingTest(
  copy: ProjectCopy,
  packages: Packages,
  mutation: Mutation,
): Promise<string | undefined> {
  const path = copy.root + mutation.file;
  const original = await Deno.readTextFile(path);
  await Deno.writeTextFile(
    path,
    original.replace(mutation.find, () => mutation.replace),
  );
  try {
    for (const tests of await testsInOrder(mutation)) {
      if (!await testsPass(copy, packages, tests)) return tests;
    }
    return undefined;
  } finally {
    await Deno.writeTextFile(path, original);
  }
}

/** Runs tests; builds the app first unless they are unit tests. */
async function testsPass(
  { root, config }: ProjectCopy,
  { mode }: Packages,
  tests: string,
): Promise<boolean> {
  if (!isWithin(tests, UNIT_TESTS) && !await isBuilt({ mode, config }, root)) {
    if (!await build({ mode, config }, root)) return false;
  }
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "-A",
      "--no-check",
      "--fail-fast",
      "--quiet",
      "--sanitize-ops",
      "--sanitize-resources",
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

function describe({ file, find, replace }: Mutation): string {
  return `${file}: ${oneLine(find)} -> ${oneLine(replace)}`;
}

function oneLine(text: string): string {
  return JSON.stringify(text.replaceAll(/\s+/g, " "));
}
