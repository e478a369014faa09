import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type { GatewayCall } from "@fresh-wix/core";
import { ROOT } from "@/tools/packages.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { CHROMIUM_PATH, launchChromium } from "../helpers/chromium.ts";
import { texts } from "../helpers/document.ts";
import { watchPage } from "../helpers/page_problems.ts";
import {
  buildCopy,
  denoIn,
  filesIn,
  writeFiles,
} from "../helpers/project_build.ts";
import { ANN, BEN, startSite } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

/** The one with the badge `wholesale`. */
const DMYTRO = "dmytro@demo.example";

const GATEWAY_CALLS = "tools/gateway_calls.ts";
const TEXT = await Deno.readTextFile(`${ROOT}docs/extending.md`);
const ISLANDS = await Deno.readTextFile(`${ROOT}docs/islands.md`);
const RECIPES = filesIn(TEXT + ISLANDS);

Deno.test("the recipes of docs/extending.md and docs/islands.md work as they are written", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  const files = [...RECIPES.keys()];
  assertEquals(files.length, (TEXT + ISLANDS).match(/^```\w/gm)?.length);
  await writeFiles(project, RECIPES);

  await t.step("for the linter and the compiler", async () => {
    for (const task of ["lint", "check"]) {
      const { success, output } = await denoIn(
        project,
        [task, "--quiet", "--config", project.config, ...files],
      );
      assert(success, output);
    }
  });

  await t.step("for deno task gateway, which lists their calls", async () => {
    const task = ["run", "-A", "--config", project.config, GATEWAY_CALLS];
    const { success, output } = await denoIn(project, task);
    assert(success, output);
    const { CALLS } = await import(`${project.root}lib/gateway_calls.ts`);
    assertEquals(
      CALLS.filter(({ path }: GatewayCall) => path.startsWith("/stores")),
      [{
        method: "GET",
        path: "/stores/v3/products/query",
      }],
    );
  });

  const { success, output } = await buildCopy(project);
  assert(success, output);
  await using site = await startSite({ project });
  const visitor = site.visitor();
  const ann = await site.member(ANN);

  await t.step("a page, which costs no call and has its title", async () => {
    const grants = site.grants();
    const { body, document, headers } = await site.visitor().request("/about");
    assertStringIncludes(body, "We make pans that last.");
    assertMatch(document.title, /^About us/);
    assertEquals(headers.get("server-timing"), null);
    assertEquals(site.grants(), grants);
  });

  await t.step("another Wix module", async () => {
    const { document } = await visitor.request("/products");
    const products = texts(document, "main > ul > li");
    assert(products.includes("Enamel mug: $14.50"));
    assertEquals(products.length >= 10, true);
  });

  await t.step("an API route", async () => {
    const refused = await visitor.request("/api/notes");
    assertEquals(refused.status, 401);
    assertEquals(JSON.parse(refused.body).title, "Please log in");
    const { body } = await ann.request("/api/notes");
    assertEquals(
      JSON.parse(body).map(({ text }: { text: string }) => text).sort(),
      ["Ask about the walnut board", "Birthday present for Ben: the pan"],
    );
  });

  await t.step("a form, with its error, and what it writes", async () => {
    const form = await ann.open("/account/notes");
    const wrong = await ann.submit(form, '[name="text"]', { text: " " });
    assertEquals(wrong.status, 422);
    assertStringIncludes(wrong.body, "A note has 1 to 200 characters.");
    const right = await ann.submit(form, '[name="text"]', {
      text: "Buy <tin>",
    });
    assertEquals([right.status, right.url.pathname], [200, "/account/notes"]);
    assert(texts(right.document, "main li").includes("Buy <tin>"));
    const ben = await site.member(BEN);
    const { body } = await ben.open("/account/notes");
    assertEquals(body.includes("tin"), false);
  });

  await t.step({
    name: "an island, and one that calls the SDK",
    ignore: CHROMIUM_PATH === undefined,
    async fn() {
      await using browser = await launchChromium();
      const page = await browser.newPage();
      const problems = watchPage(page);
      await openAs(ANN, page, site, "/account/latest-note");
      await page.click("text=Show my latest note");
      await page.waitForSelector("output:has-text('Buy <tin>')");
      await page.goto(`${site.app.origin}/product-names`);
      await page.click("text=Show three products");
      await page.waitForSelector("output:has-text('Enamel mug')");
      assertEquals(problems, []);
    },
  });

  await t.step("an elevated endpoint, the same for everybody", async () => {
    for (const browser of [visitor, ann]) {
      const { body } = await browser.request("/api/note-count");
      assertEquals(JSON.parse(body), { count: 4 });
    }
  });

  await t.step("pages for some members only", async () => {
    const sentAway = await visitor.request("/wholesale");
    assertEquals(sentAway.status, 303);
    assertEquals((await ann.request("/wholesale")).status, 403);
    const { body } = await (await site.member(DMYTRO)).open("/wholesale");
    assertStringIncludes(body, "Pallets of pans.");
  });
});
