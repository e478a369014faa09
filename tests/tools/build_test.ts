import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { build, buildIfChanged, isBuilt } from "@/tools/build.ts";
import type { Packages } from "@/tools/packages.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { nextPort } from "../helpers/ports.ts";
import { taskCommand } from "../helpers/tasks.ts";

const mode: Packages["mode"] = CONFIG_PATH.endsWith("deno.offline.json")
  ? "offline"
  : "jsr";

Deno.test("the app is built when a source changed, and only then", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  const { root, config } = project;
  const packages = { mode, config };
  const mark = `${root}_fresh/mark`;
  const server = `${root}_fresh/server.js`;

  await t.step("serve says that there is no build yet", async () => {
    const { code, stderr } = await taskCommand(
      "serve",
      {
        APP_ORIGIN: "http://localhost:8000",
        WIX_CLIENT_ID: "00000000-0000-4000-8000-000000000001",
        SESSION_SECRET: "a key of this test that is long enough",
        PORT: String(nextPort()),
      },
      { root, config },
    ).output();
    assertEquals(code, 1);
    assertStringIncludes(
      new TextDecoder().decode(stderr),
      "Cannot serve: nothing is built",
    );
  });

  await t.step("the first time", async () => {
    assert(await buildIfChanged(packages, root));
    assert(await exists(server));
  });

  await t.step("not again while nothing changed", async () => {
    // A build begins with an empty folder.
    await Deno.writeTextFile(mark, "");
    assert(await buildIfChanged(packages, root));
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
      assert(await isBuilt(packages, root));
    });
  }

  await t.step("which replaces the build before", async () => {
    await Deno.writeTextFile(`${root}main.ts`, "\n", { append: true });
    assert(await buildIfChanged(packages, root));
    assert(!await exists(mark));
    assert(await isBuilt(packages, root));
  });

  await t.step(
    "again, without a change, when that is what is asked",
    async () => {
      await Deno.writeTextFile(mark, "");
      assert(await build(packages, root));
      assert(!await exists(mark));
    },
  );

  await t.step("and a build that fails leaves nothing to serve", async () => {
    await Deno.writeTextFile(`${root}main.ts`, "this is no TypeScript");
    assertEquals(await buildIfChanged(packages, root), false);
    assert(!await exists(server));
    assertEquals(await isBuilt(packages, root), false);
  });
});

async function exists(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info !== undefined;
}
