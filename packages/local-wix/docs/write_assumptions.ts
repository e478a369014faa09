/**
 * Writes `assumptions.md`: what Wix leaves undocumented, and what local Wix does
 * instead. The comments beside the code say it; this only collects them.
 *
 *     deno task assumptions
 *
 * @module
 */

const SOURCES = new URL("../src/", import.meta.url);
const PAGE = new URL("assumptions.md", import.meta.url);
const MARK = "UNDOCUMENTED:";

const INTRODUCTION = `<!-- deno-fmt-ignore-file -->
# Assumptions

Wix documents its APIs, but not every response. Where local Wix had to choose, a
comment beside the code begins with \`${MARK}\`; this page lists them all. Tests of
such behavior have a name that begins with \`[assumed]\`.

\`deno task assumptions\` writes this page.
`;

/** What the comments of one source file assume. */
export function assumptionsIn(source: string): string[] {
  const lines = source.split("\n").map(commentText);
  return lines.flatMap((line, index) => {
    if (!line?.startsWith(MARK)) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((text) => !text || /^(?:@|UNDOC)/.test(text));
    const text = [line.slice(MARK.length), ...rest.slice(0, end)].join(" ");
    return [text.trim()];
  });
}

/** What a line says as part of a comment; null when it is none. */
function commentText(line: string): string | null {
  const open = line.trim().replace(/\*\/$/, "");
  const match = /^(?:\/\/|\/\*\*|\*|$)(.*)$/.exec(open);
  return match ? match[1]?.trim() ?? "" : null;
}

/** The page, as Markdown. */
export async function assumptionsPage(): Promise<string> {
  const files = await Array.fromAsync(sources(SOURCES));
  const paths = files.map(({ pathname }) => pathname).sort();
  const sections = await Promise.all(paths.map(async (path) => {
    const items = assumptionsIn(await Deno.readTextFile(path)).map((text) =>
      `- ${text.charAt(0).toUpperCase()}${text.slice(1)}`
    );
    const name = path.slice(SOURCES.pathname.length);
    return items.length > 0 ? [`## ${name}\n\n${items.join("\n")}\n`] : [];
  }));
  return [INTRODUCTION, ...sections.flat()].join("\n");
}

async function* sources(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else if (/\.tsx?$/.test(name)) yield new URL(name, folder);
  }
}

if (import.meta.main) {
  await Deno.writeTextFile(PAGE, await assumptionsPage());
}
