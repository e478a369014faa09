import { assertEquals } from "@std/assert";
import { VARIABLES } from "@/packages/fresh-wix/src/config/read_config.ts";
import { ROOT } from "@/tools/packages.ts";
import { ADDRESS_VARIABLES } from "@/tools/serve.ts";
import { filesBelow } from "./helpers/files.ts";

const readme = await Deno.readTextFile(`${ROOT}README.md`);
const denoJson = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
const envExample = await Deno.readTextFile(`${ROOT}.env.example`);

const ENGINE = "packages/fresh-wix/";
const engine = JSON.parse(await Deno.readTextFile(`${ROOT}${ENGINE}deno.json`));

/** The documentation besides the README, by path. */
const docs = new Map<string, string>();
const files = [
  "AGENTS.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "examples/existing-app/README.md",
];
for (const folder of ["docs/", ENGINE, `${ENGINE}docs/`]) {
  for await (const { name } of Deno.readDir(ROOT + folder)) {
    if (name.endsWith(".md")) files.push(folder + name);
  }
}
for (const file of files) docs.set(file, await Deno.readTextFile(ROOT + file));
const reference = docs.get("docs/reference.md") ?? "";

const LINK = /\]\(([^)#]*)(?:#([^)]+))?\)/g;

const matches = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();

Deno.test("the reference lists every task of a site, CONTRIBUTING.md the others", () => {
  // Variants such as `test:live` are documented elsewhere.
  const tasks = Object.entries<{ command: string }>(denoJson.tasks)
    .filter(([name]) => !name.includes(":"));
  const rows = /^\| `deno task (\w+)/gm;
  for (
    const [text, entry] of [
      [reference, "tools/tasks.ts"],
      [docs.get("CONTRIBUTING.md") ?? "", "tools/starter.ts"],
    ] as const
  ) {
    const expected = tasks.filter(([, { command }]) => command.includes(entry))
      .map(([name]) => name);
    assertEquals(matches(text, rows), expected.sort());
  }
});

Deno.test("the README has at most 120 lines", () => {
  assertEquals(readme.trimEnd().split("\n").length <= 120, true);
});

Deno.test("every file and folder that the README names exists", async () => {
  const paths = matches(
    readme,
    /`((?:routes|lib|components|islands|static|offline|tools|tests|docs)\/[\w./()[\]-]*|[\w-]+\.(?:ts|json)|LICENSE|\.env\.example)`/g,
  );
  assertEquals(paths.length > 8, true);
  for (const path of paths) await Deno.stat(ROOT + path);
});

Deno.test("the reference lists every route; those that docs/architecture.md names exist", async () => {
  const routes = (await filesBelow(`${ROOT}routes`)).map(routeOf);
  const demonstrations = /routes\/\((?:demos|fixtures)\)\/|\/vip\.tsx$/;
  const pages = (await filesBelow(`${ROOT}routes`))
    .filter((file) => !demonstrations.test(file)).map(routeOf)
    .filter((route) => !/\/_\w+$/.test(route));
  const listed = matches(reference, /^\| `(\/[^`]*)`/gm);
  const named = matches(docs.get("docs/architecture.md") ?? "", /`(\/[^`]*)`/g);
  assertEquals(named.length > 0, true);
  assertEquals(listed, [...new Set(pages)].sort());
  assertEquals(named.filter((name) => !routes.includes(name)), []);
});

Deno.test("every variable is listed in the reference and in .env.example", () => {
  const expected = [...VARIABLES, ...ADDRESS_VARIABLES]
    .filter((name) => !name.startsWith("DENO_")).sort();
  const settings = reference.split("## Settings")[1] ?? "";
  assertEquals(matches(settings, /`([A-Z][A-Z_]+)`/g), expected);
  const exampled = matches(envExample, /^#? ?([A-Z][A-Z_]+)=/gm);
  assertEquals(exampled, expected);
});

Deno.test(".env.example has no values (S12)", () => {
  const values = envExample.matchAll(/^[A-Z_]+=(.*)$/gm);
  assertEquals([...values].map(([, value]) => value).join(""), "");
});

Deno.test("every link of the documentation points to a file and heading", async () => {
  let links = 0;
  for (const [name, text] of [...docs, ["README.md", readme] as const]) {
    for (const [, target = "", anchor] of text.matchAll(LINK)) {
      if (target.startsWith("https:")) continue;
      const path = target === "" ? ROOT + name : decodeURI(
        new URL(target, `file://${ROOT}${name}`).pathname,
      );
      await Deno.stat(path);
      links++;
      if (anchor === undefined) continue;
      const headings = matches(await Deno.readTextFile(path), /^#+ (.+)$/gm);
      assertEquals(headings.map(anchorOf).includes(anchor), true, anchor);
    }
  }
  assertEquals(links > 20, true);
});

Deno.test("every task and setting that the documentation names exists", () => {
  const known = matches(envExample, /^#? ?([A-Z][A-Z_]+)=/gm);
  for (const [name, text] of [...docs, ["README.md", readme] as const]) {
    const tasks = matches(text, /deno task (\w+)/g);
    const variables = matches(
      text,
      /\b((?:WIX_(?:API|CLIENT|SITE)|APP|SESSION)_[A-Z_]+)/g,
    );
    assertEquals(tasks.filter((task) => !(task in denoJson.tasks)), [], name);
    assertEquals(variables.filter((name) => !known.includes(name)), [], name);
  }
});

Deno.test("the engine's README lists its settings and exports, and its changelog the version", async () => {
  const text = docs.get(`${ENGINE}README.md`) ?? "";
  const [settings = ""] = text.split("## Settings")[1]?.split("\n## ") ?? [];
  const variables = matches(settings, /`([A-Z]+_[A-Z_]+)`/g);
  assertEquals(variables, [...VARIABLES].sort());
  const exported = matches(text, /^\| \[`(\.[\w/]*)`\]/gm);
  assertEquals(exported, Object.keys(engine.exports).sort());
  const core = await import("@fresh-wix/core");
  const missing = Object.keys(core).filter((name) => !text.includes(name));
  assertEquals(missing, []);
  const changes = docs.get(`${ENGINE}CHANGELOG.md`) ?? "";
  assertEquals(changes.includes(`## [${engine.version}]`), true);
});

Deno.test("the files to delete with a demonstration, if it is there, and with the shop exist", async () => {
  const [, section = ""] = (docs.get("docs/extending.md") ?? "")
    .split("## Removing a demonstration");
  const rows = [...section.matchAll(/^\| `\/.*/gm)].map(([row]) =>
    [...row.matchAll(/`(\w+\/[^`]+)`/g)].map(([, path = ""]) => path)
  );
  const routes = (await filesBelow(`${ROOT}routes`))
    .map((file) => file.slice(ROOT.length));
  const unlisted = routes.filter((file) => file.includes("/(demos)/"))
    .filter((file) => !rows.flat().includes(file));
  assertEquals(unlisted, []);
  const [, command = ""] = /git rm -r ([^`]*)/
    .exec(docs.get("docs/shop.md") ?? "") ?? [];
  const shop = command.split(/[\s\\]+/).filter((path) => /^[^*]+$/.test(path));
  assertEquals([rows.length > 0, shop.length > 10], [true, true]);
  const present = rows.filter(([route = ""]) => routes.includes(route));
  for (const path of [...present.flat(), ...shop]) await Deno.stat(ROOT + path);
});

function routeOf(file: string): string {
  return file.slice(`${ROOT}routes`.length).replace(/\/\(\w+\)/, "")
    .replace(/\.tsx?$/, "").replace(/\/index$/, "") || "/";
}

/** Returns the anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\w\s-]/g, "").replace(/\s/g, "-");
}
