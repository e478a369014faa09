import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { isOlder, oldDenoProblem, OLDEST_DENO } from "@/tools/deno_version.ts";
import { ROOT } from "@/tools/packages.ts";

const older: [version: string, than: string, older: boolean][] = [
  ["2.5.6", "2.6.0", true],
  ["2.6.0", "2.6.0", false],
  ["2.10.0", "2.9.0", false],
  ["2.9.0-rc.1", "2.9.0", false],
];
Deno.test("isOlder() compares versions numerically", () => {
  for (const [version, than, expected] of older) {
    assertEquals(isOlder(version, than), expected, version);
  }
});

Deno.test("oldDenoProblem() says in one line what to do", () => {
  const problem = oldDenoProblem("2.5.6", OLDEST_DENO) ?? "";
  for (const part of ["2.5.6", OLDEST_DENO, "deno upgrade"]) {
    assertStringIncludes(problem, part);
  }
  assert(!problem.includes("\n"));
  assertEquals(oldDenoProblem(OLDEST_DENO, OLDEST_DENO), undefined);
});

Deno.test("the tasks check the version before they import other modules", async () => {
  const imports = /^(?:import|export)\b.*? from (".*");$/gm;
  const read = (path: string) => Deno.readTextFile(`${ROOT}tools/${path}`);
  const entry = [...(await read("tasks.ts")).matchAll(imports)];
  assertEquals(entry.map(([, path]) => path), ['"./deno_version.ts"']);
  assertEquals([...(await read("deno_version.ts")).matchAll(imports)], []);
});
