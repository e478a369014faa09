import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { isBuilt } from "@/tools/build.ts";
import type { Packages } from "@/tools/packages.ts";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";
import { CONFIG_PATH, localSettings, startApp } from "../helpers/app.ts";
import { attributes, parseDocument } from "../helpers/document.ts";
import { denoIn } from "../helpers/project_build.ts";

const mode: Packages["mode"] = CONFIG_PATH.endsWith("deno.offline.json")
  ? "offline"
  : "jsr";

Deno.test("builds the app only when sources changed", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  const { root, config } = project;
  const packages = { mode, config };
  /** In a separate process, to hide the output of builds. */
  const build = async (how: "build" | "buildIfChanged") => {
    const { success } = await denoIn(project, [
      ...["eval", "--no-config"],
      `import { ${how} } from "${root}tools/build.ts";
      const done = await ${how}(${JSON.stringify(packages)}, "${root}");
      Deno.exit(done ? 0 : 1);`,
    ]);
    return success;
  };
  const mark = `${root}_fresh/mark`;
  const server = `${root}_fresh/server.js`;

  let firstId = "";
  await t.step("the first time", async () => {
    assert(await build("buildIfChanged"));
    assert(await exists(server));
    firstId = await buildId(project);
    assertMatch(firstId, /^[0-9a-f]{16}$/);
  });

  await t.step("not again while nothing changed", async () => {
    // A build starts with an empty folder.
    await Deno.writeTextFile(mark, "");
    assert(await build("buildIfChanged"));
    assert(await exists(mark));
  });

  for (
    const source of [
      "assets/styles.css",
      "routes/index.tsx",
      "packages/fresh-wix/src/create_wix.ts",
    ]
  ) {
    await t.step(`after a change of ${source}`, async () => {
      const text = await Deno.readTextFile(root + source);
      await Deno.writeTextFile(root + source, `${text}\n`);
      assertEquals(await isBuilt(packages, root), false);
      await Deno.writeTextFile(root + source, text);
    });
  }

  const icon = `${root}static/favicon.svg`;
  const drawn = await Deno.readTextFile(icon);
  await t.step(
    "a changed source changes the build id, so that browsers fetch new files",
    async () => {
      await Deno.writeTextFile(icon, `${drawn}<!-- redrawn -->`);
      assert(await build("buildIfChanged"));
      assert(!await exists(mark), "the previous build still exists");
      assert(await isBuilt(packages, root));
      assertNotEquals(await buildId(project), firstId);
    },
  );

  await t.step(
    "equal sources have the same build id, so that browser caches stay valid",
    async () => {
      await Deno.writeTextFile(icon, drawn);
      assert(await build("build"));
      assertEquals(await buildId(project), firstId);
    },
  );

  await t.step(
    "a new folder triggers a build, a note or a screenshot does not",
    async () => {
      await Deno.mkdir(`${root}data`);
      await Deno.writeTextFile(`${root}data/prices.json`, "[]");
      assertEquals(await isBuilt(packages, root), false);
      await Deno.remove(`${root}data`, { recursive: true });
      await Deno.writeTextFile(`${root}notes.md`, "Buy milk");
      // Browser tests make them, beside tests of `start`.
      await Deno.mkdir(`${root}screenshots`, { recursive: true });
      await Deno.writeTextFile(`${root}screenshots/new.png`, "");
      assert(await isBuilt(packages, root));
    },
  );

  await t.step(
    "a public setting triggers a build, a secret one does not",
    async () => {
      const change = (name: string) => isBuilt(packages, root, { [name]: "1" });
      assertEquals(await change("FRESH_PUBLIC_TITLE"), false);
      assert(await change("SESSION_SECRET"));
    },
  );

  await t.step("a failed build leaves nothing to serve", async () => {
    await Deno.writeTextFile(`${root}main.ts`, "this is no TypeScript");
    assertEquals(await build("buildIfChanged"), false);
    assert(!await exists(server));
    assertEquals(await isBuilt(packages, root), false);
  });
});

/** The build id, part of the URLs of static files. */
async function buildId(project: ProjectCopy): Promise<string> {
  const settings = localSettings("http://localhost:4400");
  await using app = await startApp(settings, { project });
  const page = parseDocument(await (await fetch(app.origin)).text());
  const [icon = ""] = attributes(page, "link[rel=icon]", "href");
  return new URL(icon, app.origin).searchParams.get("__frsh_c") ?? "";
}

async function exists(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info !== undefined;
}
