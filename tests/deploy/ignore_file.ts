/**
 * Which files an ignore file leaves out, for the plain patterns that those of
 * this project are made of.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";

/** Returns whether a path of the project is left out. */
export type IsIgnored = (path: string) => boolean;

/** Reads `.gitignore`: names, at any depth. */
export async function gitIgnore(): Promise<IsIgnored> {
  const lines = await readLines(".gitignore");
  return (path) =>
    path.split("/").some((name) => name === ".git" || decide(lines, name));
}

/** Reads `.dockerignore`: paths from the top, after two stars at any depth. */
export async function dockerIgnore(): Promise<IsIgnored> {
  const lines = await readLines(".dockerignore");
  const atTop = lines.filter((line) => !line.startsWith("**/"));
  const anywhere = lines.filter((line) => line.startsWith("**/"))
    .map((line) => line.slice(3));
  return (path) => {
    const names = path.split("/");
    const paths = names.map((_, index) => names.slice(0, index + 1).join("/"));
    const isKept = paths.some((path) => !decide(atTop, path)) ||
      atTop.some((line) => line.startsWith(`!${path}/`));
    return !isKept || names.some((name) => decide(anywhere, name));
  };
}

/** Copies what is not ignored; both folders with a slash at the end. */
export async function copyUnignored(
  from: string,
  to: string,
  isIgnored: IsIgnored,
  path = "",
): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from + path)) {
    const entry = path + name;
    if (isIgnored(entry)) continue;
    if (isDirectory) {
      await Deno.mkdir(to + entry, { recursive: true });
      await copyUnignored(from, to, isIgnored, `${entry}/`);
    } else {
      await Deno.copyFile(from + entry, to + entry);
    }
  }
}

async function readLines(file: string): Promise<string[]> {
  const text = await Deno.readTextFile(ROOT + file);
  return text.split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** The last line that matches decides. */
function decide(lines: readonly string[], name: string): boolean {
  const last = lines.findLast((line) =>
    globPattern(line.replace(/^!/, "").replace(/\/$/, "")).test(name)
  );
  return last !== undefined && !last.startsWith("!");
}

function globPattern(glob: string): RegExp {
  const parts = glob.split("*").map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join(".*")}$`);
}
