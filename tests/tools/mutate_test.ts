import { assertEquals, assertRejects } from "@std/assert";
import { assertPossible, testsInOrder } from "@/tools/mutate.ts";
import { MUTATIONS } from "../mutations.ts";

Deno.test("every mutation of tests/mutations.ts can be applied", async () => {
  await assertPossible(MUTATIONS);
});

Deno.test("assertPossible() names the mutations that cannot be applied", async () => {
  await assertRejects(
    () =>
      assertPossible([
        { file: "main.ts", find: "no such text", replace: "" },
        { file: "main.ts", find: "import", replace: "" },
      ]),
    Error,
    'Cannot mutate:\nmain.ts contains "no such text" 0 times, not once\nmain.ts contains "import" ',
  );
});

const orders: [file: string, tests: string | undefined, order: string[]][] = [
  ["packages/fresh-wix/src/session/seal.ts", undefined, [
    "packages/fresh-wix/tests/session/seal_test.ts",
    "packages/fresh-wix/tests/session",
    "packages/fresh-wix/tests",
  ]],
  ["main.ts", "tests/flows/login_test.ts", ["tests/flows/login_test.ts"]],
];
for (const [file, tests, order] of orders) {
  Deno.test(`a mutation of ${file} runs these tests: ${order}`, async () => {
    const mutation = { file, find: "", replace: "", ...(tests && { tests }) };
    assertEquals(await testsInOrder(mutation), order);
  });
}
