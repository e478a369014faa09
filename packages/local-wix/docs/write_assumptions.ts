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
const DENO_JSON = new URL("../deno.json", import.meta.url);
const MARK = "UNDOCUMENTED:";

/** What the assumptions of each folder rest on: packages, and documentation. */
// deno-fmt-ignore -- a table
const RESTS_ON: Readonly<Record<string, readonly string[]>> = {
  badges: ["@wix/members"],
  cart: ["@wix/ecom", '"Cart V2: Migration Guide"'],
  categories: ["@wix/categories"],
  checkout: ["@wix/ecom", "@wix/redirects"],
  custom_login: ["@wix/sdk"],
  data: ["@wix/data", "@wix/wix-data-items-sdk"],
  faults: ['"Rate Limits"'],
  http: ["@wix/sdk", '"About Errors"'],
  identity: ['"Rate Limits"'],
  languages: ["@wix/auto_sdk_multilingual_locales", "@wix/auto_sdk_multilingual_locale-settings"],
  members: ["@wix/members"],
  oauth: ["@wix/sdk", '"Retrieve Tokens"'],
  orders: ["@wix/ecom"],
  pages: ["@wix/sdk", "@wix/redirects", '"Headless Redirects: Sample Flows"'],
  query: ["@wix/stores", "@wix/data"],
  recommendations: ["@wix/ecom"],
  seo: ["@wix/auto_sdk_seo_seo-tags", "@wix/auto_sdk_seo_seo-sitemap-entries"],
  shop: ["@wix/stores", "@wix/ecom"],
  site: ["@wix/business-tools", '"Get Site Properties"'],
  stores: ["@wix/stores"],
};

/** When they were read, in the versions of `deno.json`: it changes with those. */
const READ = "2026-11";

const INTRODUCTION = `<!-- deno-fmt-ignore-file -->
# Assumptions

Wix documents its APIs, but not every response. Where local Wix had to choose, a
comment beside the code begins with \`${MARK}\`; this page lists them all. Tests of
such behavior have a name that begins with \`[assumed]\`. "Read" names the packages
and the pages of Wix's documentation that a file rests on, and when they were read.

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
  const { imports } = JSON.parse(await Deno.readTextFile(DENO_JSON));
  const paths = files.map(({ pathname }) => pathname).sort();
  const sections = await Promise.all(paths.map(async (path) => {
    const items = assumptionsIn(await Deno.readTextFile(path)).map((text) =>
      `- ${text.charAt(0).toUpperCase()}${text.slice(1)}`
    );
    const name = path.slice(SOURCES.pathname.length);
    if (items.length === 0) return [];
    const read = RESTS_ON[name.split("/")[0] ?? ""]?.map((source) =>
      source.startsWith("@") ? `\`${imports[source].slice(4)}\`` : source
    );
    if (!read) throw new Error(`RESTS_ON lacks the folder of ${name}`);
    const line = `Read: ${READ}, ${read.join(", ")}.`;
    return [`## ${name}\n\n${line}\n\n${items.join("\n")}\n`];
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
