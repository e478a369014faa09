import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { build, importServer, project } from "./fixture.ts";
import { ask } from "./helpers.ts";

/** Builds a project of these files; it is not there any more afterwards. */
async function outcome(files: Record<string, string>) {
  await using folder = await project(files);
  return await build(folder.path);
}

/** The status of `/`, or `"refused"` if there is no server to ask. */
async function statusOf(files: Record<string, string>) {
  await using folder = await project(files);
  if (!(await build(folder.path)).success) return "refused";
  const handler = await importServer(folder.path).catch(() => undefined);
  return handler ? (await ask(handler, "/")).status : "refused";
}

for (const builtin of ["node:fs", "fs"]) {
  Deno.test(`I9 an island that imports ${builtin} fails the build`, async () => {
    const { success, output } = await outcome({
      "islands/Bad.tsx": `import { readFileSync } from "${builtin}";
export default () => <p>{String(readFileSync)}</p>;
`,
    });
    assertEquals(success, false, output);
    assertStringIncludes(
      output,
      "Node built-in modules cannot be imported in the browser",
    );
  });
}

Deno.test("O8 main.ts without app fails the build", async () => {
  const { success, output } = await outcome({
    "main.ts":
      `import { App } from "fresh";\nexport const other = new App();\n`,
  });
  assertEquals(success, false, output);
});

Deno.test("O7 a plain project builds and responds", async () => {
  assertEquals(await statusOf({}), 200);
});

Deno.test("F20 a middleware file without an export is refused", async () => {
  const files = { "routes/_middleware.ts": "export const unrelated = 1;\n" };
  assertEquals(await statusOf(files), "refused");
});

Deno.test("F19 Q a middleware of methods is refused or skipped", async () => {
  const status = await statusOf({
    "routes/_middleware.ts": `export const handler = {
  GET: () => new Response("guarded", { status: 401 }),
};
`,
  });
  assert(status === "refused" || status === 200);
});

Deno.test("F13 Q an underscore file is refused or a route", async () => {
  const status = await statusOf({
    "routes/_helper.tsx": "export default () => <p>helper</p>;\n",
  });
  assert(status === "refused" || status === 200);
});
