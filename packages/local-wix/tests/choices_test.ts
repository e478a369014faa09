import { assert, assertEquals } from "@std/assert";
import { choicesIn, choicesPage, readChoices } from "@/tools/wix_choices.ts";

Deno.test("choicesIn() reads what a comment says to its end", () => {
  const source = [
    "/**",
    " * `GET /thing`",
    " *",
    " * UNDOCUMENTED: what a thing is.",
    " * Here it is blue.",
    " *",
    " * @see somewhere",
    " */",
    "  // UNDOCUMENTED: how long. Here",
    "  // a minute.",
    "  const a = 1; // UNDOCUMENTED is no mark here",
    "/** UNDOCUMENTED: one line. */",
    "/**",
    " * UNDOCUMENTED: the end of a comment.",
    " */",
    "export const b = 2;",
  ].join("\n");
  assertEquals(choicesIn("a.ts", source).map(({ text }) => text), [
    "what a thing is. Here it is blue.",
    "how long. Here a minute.",
    "one line.",
    "the end of a comment.",
  ]);
});

Deno.test("docs/local_wix_choices.md lists every choice of local Wix", async () => {
  const choices = await readChoices();
  const page = await Deno.readTextFile("docs/local_wix_choices.md");
  assert(choices.length > 20);
  assertEquals(
    page,
    choicesPage(choices),
    "run deno run --no-config -A tools/wix_choices.ts",
  );
});
