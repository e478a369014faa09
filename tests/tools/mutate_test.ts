import { assertEquals, assertRejects } from "@std/assert";
import { assertPossible, testsInOrder } from "@/tools/mutate.ts";
import { MUTATIONS } from "../mutations.ts";

Deno.test("every mistake of tests/mutations.ts can still be made", async () => {
  await assertPossible(MUTATIONS);
});

Deno.test("assertPossible() names the mistakes that cannot", async () => {
  await assertRejects(
    () =>
      assertPossible([
        { file: "main.ts", find: "no such text", replace: "" },
        { file: "main.ts", find: "import", replace: "" },
      ]),
    Error,
    'Cannot mutate:\n"no such text" is 0 times in main.ts\n"import" is ',
  );
});

const orders: [file: string, tests: string | undefined, order: string[]][] = [
  ["packages/fresh-wix/src/session/seal.ts", undefined, [
    "packages/fresh-wix/tests/session/seal_test.ts",
    "packages/fresh-wix/tests/session",
    "packages/fresh-wix/tests",
  ]],
  ["packages/fresh-wix/src/session/claims.ts", undefined, [
    "packages/fresh-wix/tests/session",
    "packages/fresh-wix/tests",
  ]],
  ["main.ts", "tests/flows/login_test.ts", ["tests/flows/login_test.ts"]],
];
for (const [file, tests, order] of orders) {
  Deno.test(`for a mistake in ${file} these tests are run: ${order}`, async () => {
    const mutation = { file, find: "", replace: "", ...(tests && { tests }) };
    assertEquals(await testsInOrder(mutation), order);
  });
}
