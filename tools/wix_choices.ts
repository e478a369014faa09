/**
 * Writes `docs/local_wix_choices.md`: what Wix leaves undocumented, and what
 * local Wix answers instead. The comments beside the code say it; this only
 * collects them.
 *
 *     deno run --no-config -A tools/wix_choices.ts
 *
 * @module
 */

const ROOT = new URL("../", import.meta.url);
const PAGE = new URL("docs/local_wix_choices.md", ROOT);
const MARK = "UNDOCUMENTED:";

const INTRODUCTION = `<!-- deno-fmt-ignore-file -->
# What local Wix had to choose

Wix documents its API, but not every answer of it. Where local Wix had to
choose, a comment beside the code begins with \`${MARK}\`; this page lists them
all. Tests of such an answer have a name that begins with \`[assumed]\`.

This page is made by \`deno run --no-config -A tools/wix_choices.ts\`.
`;

/** One choice: the file that makes it, and what its comment says. */
export interface Choice {
  readonly path: string;
  readonly text: string;
}

/** The choices in the comments of one source file. */
export function choicesIn(path: string, source: string): Choice[] {
  const lines = source.split("\n").map(commentText);
  const found: Choice[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line?.startsWith(MARK)) continue;
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((text) => !text || /^(?:@|UNDOC)/.test(text));
    const text = [line.slice(MARK.length), ...rest.slice(0, end)].join(" ");
    found.push({ path, text: text.trim() });
  }
  return found;
}

/** What a line says as part of a comment; null when it is none. */
function commentText(line: string): string | null {
  const open = line.trim().replace(/\*\/$/, "");
  const match = /^(?:\/\/|\/\*\*|\*|$)(.*)$/.exec(open);
  return match ? match[1]?.trim() ?? "" : null;
}

/** Every choice of local Wix, by path. */
export async function readChoices(): Promise<Choice[]> {
  const paths = await Array.fromAsync(sources("packages/local-wix/src"));
  const choices = paths.sort().map(async (path) =>
    choicesIn(path, await Deno.readTextFile(new URL(path, ROOT)))
  );
  return (await Promise.all(choices)).flat();
}

async function* sources(folder: string): AsyncIterable<string> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))
  ) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

/** The page about `choices`, as Markdown. */
export function choicesPage(choices: readonly Choice[]): string {
  const byPath = Map.groupBy(choices, ({ path }) => path);
  const sections = [...byPath].map(([path, items]) => {
    const list = items.map(({ text }) => `- ${capitalized(text)}`);
    return `## ${path}\n\n${list.join("\n")}\n`;
  });
  return [INTRODUCTION, ...sections].join("\n");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

if (import.meta.main) {
  await Deno.writeTextFile(PAGE, choicesPage(await readChoices()));
}
