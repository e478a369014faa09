import { assertEquals } from "@std/assert";
import { regions } from "@/tools/vite_excerpts.ts";

const SOURCE = `
export const handler = {
  // #region first
  async GET() {

    return 1;
  },
  // #endregion
};
// #region second
const x = "// #endregion in a text";
// #endregion
`;

Deno.test("regions() returns each region by name, unindented", () => {
  assertEquals([...regions(SOURCE)], [
    ["first", "async GET() {\n\n  return 1;\n},"],
    ["second", 'const x = "// #endregion in a text";'],
  ]);
});
