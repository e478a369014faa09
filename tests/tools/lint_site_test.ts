/** Makes each mistake of AGENTS.md on purpose. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import plugin from "@/tools/lint_site.ts";
import { ROOT } from "@/tools/packages.ts";

/** By rule: a file, code with the mistake, and code without it. */
const MISTAKES = `
no-server-code-in-islands
islands/Buy.tsx | import { wix } from "@/lib/wix.ts"; wix; | import { SITE } from "@/lib/site.ts";
islands/Buy.tsx | const key = env.WIX_CLIENT_SECRET; | const key = "a";
no-catalog-v1
lib/list.ts | import { products } from "@wix/stores"; | import { productsV3 } from "@wix/stores";
lib/list.ts | import { inventory as stock } from "@wix/stores"; | import { inventory as stock } from "@wix/other";
no-first-variant
routes/buy.tsx | add(product.variants[0]) | add(product.variants[index])
lib/buy.ts | add(product.variantsInfo?.variants?.[0]?._id) | add(product.options[0])
lib/buy.ts | variants.at(0) | variants.at(-1)
lib/buy.ts | const [one] = info.variants | const [one] = info.variants.filter(isChosen)
no-session-in-cached-route
routes/a.tsx | h.set("cache-control", "public, max-age=60"); ctx.state.session | h.set("cache-control", "private"); ctx.state.session
routes/a.tsx | const { kind } = state.session; h.cache = "s-maxage=60" | h.cache = "s-maxage=60"
routes/a.tsx | const { session } = ctx.state; ctx.state.cacheTags = ["catalog"] | const { title } = ctx.state; ctx.state.cacheTags = ["catalog"]
routes/a.tsx | ctx.state.cacheTags = ["catalog"]; define.page(({ state: { session } }) => session) | ctx.state.cacheTags = ["catalog"]; define.page(({ state: { title } }) => title)
no-whole-elevated-response
routes/api/a.ts | Response.json(await auth.elevate(members.queryMembers)().find()) | Response.json({ count: await auth.elevate(items.query)(1).count() })
routes/a.tsx | const q = auth.elevate(members.queryMembers); const { items } = await q().find(); page({ items }) | const q = auth.elevate(members.queryMembers); const { items } = await q().find(); page(items.map(toName))
routes/a.tsx | const found = await auth.elevate(orders.getOrder)(id); page({ ...found }) | const found = await auth.elevate(orders.getOrder)(id); page({ number: found.number })`;

function rulesBroken(file: string, code: string): string[] {
  return Deno.lint.runPlugin(plugin, ROOT + file, code).map(({ id }) => id);
}

const rules = new Map(
  MISTAKES.split(/\n(?=no-)/).slice(1).map((block) => {
    const [rule = "", ...rows] = block.split("\n");
    return [rule, rows.map((row) => row.split(" | "))];
  }),
);
for (const [rule, rows] of rules) {
  Deno.test(`${rule} names the mistake, in the site's files only`, () => {
    for (const [file = "", wrong = "", right = ""] of rows) {
      assertEquals(rulesBroken(file, wrong), [`fresh-wix/${rule}`], wrong);
      assertEquals(rulesBroken(file, right), [], right);
      assertEquals(rulesBroken(`tests/${file}`, wrong), [], wrong);
    }
  });
}

Deno.test("AGENTS.md names every rule, and deno.json uses the plugin", async () => {
  const agents = await Deno.readTextFile(`${ROOT}AGENTS.md`);
  const { lint } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  assertEquals(lint.plugins, ["./tools/lint_site.ts"]);
  assertEquals([...rules.keys()].sort(), Object.keys(plugin.rules).sort());
  for (const rule of rules.keys()) assertStringIncludes(agents, rule);
});
