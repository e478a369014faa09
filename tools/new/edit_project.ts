/**
 * Edits the files of a new project: its name, its tasks, and what a bare
 * project omits.
 *
 * @module
 */
import { withoutRegions } from "./project_files.ts";

const STARTER_NAME = "Juniper & Sons";

/** Parts of the documentation about the shop and the demonstrations. */
const NOT_IN_BARE = new RegExp(
  [
    /^##+ The (?:shop|cache)\n[^]*?(?=^## )/,
    /^- \[[^\]]*\]\((?:shop\.md|#removing-a-demonstration).*\n/,
    /^## Removing a demonstration\n[^]*?(?=^## |$(?![^]))/,
    /^The pages in `routes\/\(demos\)\/`[^]*?\n\n/,
  ].map(({ source }) => source).join("|"),
  "gm",
);

/** What {@link editProject} writes into files. */
export interface Values {
  readonly title: string;
  readonly holder: string;
  readonly isBare: boolean;
}

/** Edits `files` of the project in `root`, and formats them. */
export async function editProject(
  root: string,
  files: readonly string[],
  { title, holder, isBare }: Values,
): Promise<void> {
  const change = createChange(root);
  await change("deno.json", (text) => {
    const config = JSON.parse(text);
    config.tasks = Object.fromEntries(
      Object.entries<{ command: string }>(config.tasks)
        .filter(([, { command }]) => command.includes("tools/tasks.ts")),
    );
    return JSON.stringify(config, null, 2);
  });
  await change("README.md", (text) => text.replace(STARTER_NAME, () => title));
  await change("LICENSE", (text) => {
    const year = new Date().getFullYear();
    const line = `Copyright (c) ${year} ${holder}\n`;
    return text.replace(/^Copyright/m, (found) => line + found);
  });
  await change(
    "lib/site.ts",
    (text) =>
      text.replace(JSON.stringify(STARTER_NAME), () => JSON.stringify(title))
        .replace(
          /footer:\s*"[^]*?",\n\}/,
          () => 'footer: "Built with fresh-wix.",\n}',
        ),
  );
  // Without coverage of the packages' tests, and pages of the starter's tests.
  await change(
    ".github/workflows/ci.yml",
    (text) =>
      text.replace(/ +# Only tests that run[^]*?\n\n/, "\n")
        .replace(", tests, coverage", ", tests")
        .replace("8000/test/members", "8000/"),
  );
  if (isBare) await editBareProject(files, title, change);
  await format(root);
}

/** Removes everything about the shop and the demonstrations. */
async function editBareProject(
  files: readonly string[],
  title: string,
  change: Change,
): Promise<void> {
  const routes = new Set(files.map(routeOf));
  const isDead = (url = "") =>
    url.startsWith("/") && !routes.has(url.replace(/#.*/, ""));
  const withoutDead = (text: string, link: RegExp) =>
    text.split("\n").filter((line) => !isDead(link.exec(line)?.[1])).join("\n");
  await change("lib/site.ts", (text) =>
    withoutDead(text, /href: "([^"]*)"/)
      .replace(/tagline: ".*"/, 'tagline: "Welcome"')
      .replace(
        /description: [^]*?",\n/,
        () => `description: ${JSON.stringify(title)},\n`,
      ));
  await change(
    "docs/reference.md",
    (text) => withoutDead(text, /^\| `(\/[^`]*)`/),
  );
  const isThere = (path: string) =>
    path.startsWith("packages/") ||
    files.some((it) => it === path || it.startsWith(`${path}/`));
  for (const path of files) {
    if (/^docs\/.*\.md$/.test(path)) {
      await change(
        path,
        (text) =>
          withoutDeadLinks(text.replace(NOT_IN_BARE, ""), path, isThere),
      );
    }
  }
  // No island calls the SDK.
  await change(
    "lib/gateway_calls.ts",
    (text) => text.replace(/= \[\n[^]*\n\]/, () => "= []"),
  );
  for (const path of files) {
    if (
      /^(?:client\.ts$|(?:components|islands|lib|routes|tools)\/.*\.tsx?$)/
        .test(path)
    ) {
      await change(path, withoutRegions);
    }
  }
  await change(
    "vite.config.ts",
    (text) =>
      text.replace(/import \{ excerpts \}.*\n/, "").replace("excerpts(), ", ""),
  );
}

type Change = (path: string, by: (text: string) => string) => Promise<void>;

function createChange(root: string): Change {
  return async (path, by) =>
    await Deno.writeTextFile(
      root + path,
      by(await Deno.readTextFile(root + path)),
    );
}

/** Leaves the text of links to files that a project does not have. */
function withoutDeadLinks(
  text: string,
  page: string,
  isThere: (path: string) => boolean,
): string {
  return text.replace(
    /\[([^\]]+)\]\((?!https?:|#)([^)#]+)[^)]*\)/g,
    (link, label, target) => {
      const { pathname } = new URL(target, `file:///${page}`);
      return isThere(decodeURI(pathname).slice(1)) ? link : label;
    },
  );
}

function routeOf(path: string): string {
  return path.replace(/^routes(?=\/)/, "").replace(/\/\(\w+\)/, "")
    .replace(/\.tsx?$/, "").replace(/\/index$/, "") || "/";
}

/** Formats the project: removed lines change the widths of tables. */
async function format(root: string): Promise<void> {
  await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--config", `${root}deno.json`],
    cwd: root,
  }).output();
}
