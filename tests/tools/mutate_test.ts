import { assertRejects } from "@std/assert";
import { assertPossible } from "@/tools/mutate.ts";
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
