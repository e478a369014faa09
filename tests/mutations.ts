/**
 * Mutations of security-relevant modules. `deno task mutate` applies each one in a
 * copy and checks that a test fails; with paths, only mutations of those files.
 *
 * `mutations.txt` lists them below a file and the tests to run: one per line, with
 * text that occurs once in the file, its replacement, and for harmless mutations
 * the reason why no test can fail.
 *
 * @module
 */

/** A mutation: `find` occurs once in `file` and is replaced by `replace`. */
export interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The tests that must fail. Default: the engine's. */
  readonly tests?: string;
  /** The reason why no test can fail, for a harmless mutation. */
  readonly harmless?: string;
}

/** Parses `mutations.txt`. */
export function readMutations(list: string): Mutation[] {
  const sections = list.split(/^# /m).slice(1);
  return sections.flatMap((section) => {
    const [head = "", ...lines] = section.trimEnd().split("\n");
    const [file = "", tests] = head.split(" | ");
    return lines.map((line): Mutation => {
      const [find = "", replace = "", harmless] = line.replaceAll("⏎", "\n")
        .split(/ ?▷ ?/);
      return {
        file,
        find,
        replace,
        ...(tests !== undefined && { tests }),
        ...(harmless !== undefined && { harmless }),
      };
    });
  });
}

/** All mutations. */
export const MUTATIONS: readonly Mutation[] = readMutations(
  await Deno.readTextFile(new URL("mutations.txt", import.meta.url)),
);
