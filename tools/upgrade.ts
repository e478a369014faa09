/**
 * The task `upgrade`: replaces `packages/` with those of a newer checkout.
 *
 * @module
 */
import { resolve } from "node:path";
import { isOlder } from "./deno_version.ts";
import { copyPackages } from "./copy_files.ts";
import { ROOT } from "./packages.ts";

/** Packages with a version, and a changelog that says what a site must change. */
const VERSIONED = ["fresh-wix", "local-wix"];
const CONFIG = "packages/fresh-wix/deno.json";

/**
 * Replaces `packages/` and prints what has changed since the versions here. Exits
 * with code 2, and changes nothing, when the checkout can't be used.
 *
 * @param from Folder that a relative path starts from.
 */
export async function upgrade(
  [path, ...more]: readonly string[],
  from: string,
): Promise<void> {
  const problem = path === undefined || more.length > 0
    ? "name one folder, as in `deno task upgrade ../fresh-wix`"
    : await checkoutProblem(`${resolve(from, path)}/`);
  if (path === undefined || problem !== undefined) {
    console.error(`Cannot upgrade: ${problem}`);
    Deno.exit(2);
  }
  const checkout = `${resolve(from, path)}/`;
  const changes: string[] = [];
  for (const name of VERSIONED) {
    const [old, next] = [
      await versionIn(ROOT, name),
      await versionIn(checkout, name),
    ];
    const file = `${checkout}packages/${name}/CHANGELOG.md`;
    const sections = sectionsSince(await Deno.readTextFile(file), old);
    changes.push(`${name} ${old} → ${next}`, ...sections);
  }
  await replacePackages(checkout);
  console.log(`Replaced packages/\n\n${changes.join("\n\n")}\n`);
  console.log("Make the changes described above. Checking the site now");
}

/** Replaces `packages/` after copying the new ones completely. */
async function replacePackages(checkout: string): Promise<void> {
  // In the project's folder, because a rename needs the same disk.
  const beside = await Deno.makeTempDir({ dir: ROOT, prefix: ".upgrade-" });
  const remove = () => Deno.remove(beside, { recursive: true });
  try {
    await copyPackages(checkout, `${beside}/`);
  } catch (error) {
    await remove();
    throw error;
  }
  await Deno.rename(`${ROOT}packages`, `${beside}/old`);
  await Deno.rename(`${beside}/packages`, `${ROOT}packages`);
  await remove();
}

/** Returns the sections of a changelog that are newer than `version`. */
export function sectionsSince(changelog: string, version: string): string[] {
  return changelog.split(/^(?=## )/m).slice(1)
    .filter((section) => {
      const [, found] = /^## \[?(\d+\.\d+\.\d+)/.exec(section) ?? [];
      return found !== undefined && isOlder(version, found);
    })
    .map((section) => section.trim());
}

async function checkoutProblem(root: string): Promise<string | undefined> {
  const found = await Deno.stat(root + CONFIG).catch(() => undefined);
  if (found === undefined) return `${root} has no ${CONFIG}`;
  if (root === ROOT) return "this is the project itself";
  for (const name of VERSIONED) {
    const [here, there] = [
      await versionIn(ROOT, name),
      await versionIn(root, name),
    ];
    if (isOlder(there, here)) {
      return `its ${name} ${there} is older than the installed ${here}`;
    }
  }
  // Changes that are not in git would be lost.
  const { success, stdout } = await new Deno.Command("git", {
    args: ["status", "--porcelain", "--", "packages"],
    cwd: ROOT,
    stderr: "null",
  }).output().catch(() => ({ success: false, stdout: new Uint8Array() }));
  return success && stdout.length > 0
    ? "packages/ has changes that are not committed"
    : undefined;
}

async function versionIn(root: string, name: string): Promise<string> {
  const text = await Deno.readTextFile(`${root}packages/${name}/deno.json`);
  return JSON.parse(text).version;
}
