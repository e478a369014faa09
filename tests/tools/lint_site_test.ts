/** Makes each mistake of AGENTS.md on purpose. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import plugin from "@/tools/lint_site.ts";
import { ROOT } from "@/tools/packages.ts";

const PREFIX = "fresh-wix/";

/** A mistake: the file it is in, its code, and code that does the same well. */
const mistakes: Record<string, [file: string, wrong: string, right: string][]> =
  {
    "no-server-code-in-islands": [
      ["islands/Buy.tsx", 'import { wix } from "@/lib/wix.ts"; wix;', "1;"],
      ["islands/Buy.tsx", "const key = env.WIX_CLIENT_SECRET;", "1;"],
    ],
    "no-catalog-v1": [
      [
        "lib/shop/list.ts",
        'import { products } from "@wix/stores";',
        'import { productsV3 } from "@wix/stores";',
      ],
      [
        "lib/shop/list.ts",
        'import { inventory as stock } from "@wix/stores";',
        'import { inventory as stock } from "@wix/other";',
      ],
    ],
    "no-first-variant": [
      ["routes/buy.tsx", "add(product.variants[0])", "add(variants[index])"],
      [
        "lib/buy.ts",
        "add(product.variantsInfo?.variants?.[0]?._id)",
        "add(product.options[0])",
      ],
      ["lib/buy.ts", "variants.at(0)", "variants.at(-1)"],
      [
        "lib/buy.ts",
        "const [one] = variantsInfo.variants",
        "const [one] = variants.filter(isChosen)",
      ],
    ],
    "no-session-in-cached-route": [
      [
        "routes/hello.tsx",
        'h.set("cache-control", "public, max-age=60"); ctx.state.session.kind',
        'h.set("cache-control", "private"); ctx.state.session.kind',
      ],
      [
        "routes/hello.tsx",
        'const { kind } = state.session; h["a"] = "s-maxage=60"',
        'h["a"] = "s-maxage=60"',
      ],
    ],
    "no-whole-elevated-response": [
      [
        "routes/api/all.ts",
        "Response.json(await auth.elevate(members.queryMembers)().find())",
        "Response.json({ count: await auth.elevate(items.query)(1).count() })",
      ],
      [
        "routes/all.tsx",
        "const query = auth.elevate(members.queryMembers);\n" +
        "const { items } = await query().find(); page({ items })",
        "const query = auth.elevate(members.queryMembers);\n" +
        "const { items } = await query().find(); page(items.map(toName))",
      ],
      [
        "routes/all.tsx",
        "const found = await auth.elevate(orders.getOrder)(id);\n" +
        "page({ ...found })",
        "const found = await auth.elevate(orders.getOrder)(id);\n" +
        "page({ number: found.number })",
      ],
    ],
  };

function rulesBroken(file: string, code: string): string[] {
  return Deno.lint.runPlugin(plugin, ROOT + file, code).map(({ id }) => id);
}

for (const [rule, rows] of Object.entries(mistakes)) {
  Deno.test(`${rule} names the mistake, in the site's files only`, () => {
    for (const [file, wrong, right] of rows) {
      assertEquals(rulesBroken(file, wrong), [PREFIX + rule], wrong);
      assertEquals(rulesBroken(file, right), [], right);
      assertEquals(rulesBroken(`tests/${file}`, wrong), [], wrong);
    }
  });
}

Deno.test("AGENTS.md names every rule, and deno.json uses the plugin", async () => {
  const agents = await Deno.readTextFile(`${ROOT}AGENTS.md`);
  const { lint } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  assertEquals(lint.plugins, ["./tools/lint_site.ts"]);
  const rules = Object.keys(plugin.rules);
  assertEquals(rules.toSorted(), Object.keys(mistakes).toSorted());
  for (const rule of rules) assertStringIncludes(agents, rule);
});
