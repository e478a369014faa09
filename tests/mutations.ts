/**
 * Deliberate mistakes in the modules that security rests on. Each is made
 * alone, in a copy; the tests have to notice it. `deno task mutate` runs them,
 * with files behind it only those that are made there.
 *
 * They are listed in `mutations.txt`: below a file, and the tests that have to
 * notice, a line for each, with the text that stands once in the file, what it
 * becomes, and why no test can notice, when none can.
 *
 * @module
 */

/** One mistake: `find` stands once in `file` and becomes `replace`. */
export interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The tests that have to notice it. Default those of the engine. */
  readonly tests?: string;
  /** Why no test can notice it, when none can. */
  readonly harmless?: string;
}

/** Reads a list of mistakes. */
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

/** Every mistake that is tried. */
export const MUTATIONS: readonly Mutation[] = readMutations(
  await Deno.readTextFile(new URL("mutations.txt", import.meta.url)),
);
