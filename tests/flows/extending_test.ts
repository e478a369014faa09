/** Tests routes that developers add: the recipes of the documentation and others. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { existsSync } from "node:fs";
import type { GatewayCall } from "@fresh-wix/core";
import { guid } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { CHROMIUM_PATH, launchChromium } from "../helpers/chromium.ts";
import { attributes, texts } from "../helpers/document.ts";
import { filesBelow } from "../helpers/files.ts";
import { watchPage } from "../helpers/page_problems.ts";
import {
  buildCopy,
  denoIn,
  filesIn,
  writeFiles,
} from "../helpers/project_build.ts";
import { ANN, BEN, startSite } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

/** The member with the badge `wholesale`. */
const DMYTRO = "dmytro@demo.example";
/** A secret in .env and the environment during the build. */
const CANARY = "a secret that only the server may know";

const README = await Deno.readTextFile(`${ROOT}README.md`);
const DOCS = await Deno.readTextFile(`${ROOT}docs/extending.md`) +
  await Deno.readTextFile(`${ROOT}docs/islands.md`);
const SHOP = await Deno.readTextFile(`${ROOT}docs/shop.md`);
const RECIPES = filesIn(DOCS + SHOP);
const [LINK = ""] = /^ *\{ href: .*\},$/m.exec(DOCS) ?? [];
const TESTS = filesIn(await Deno.readTextFile(`${ROOT}docs/testing.md`));
const TROUBLESHOOTING = await Deno.readTextFile(
  `${ROOT}docs/troubleshooting.md`,
);
const [, SEED = ""] = /^```json\n([^]*?)^```/m.exec(TROUBLESHOOTING) ?? [];
/** A demonstration, as docs/extending.md says to remove it. */
const REMOVED = [
  "routes/(demos)/elevation.tsx",
  "routes/(demos)/api/site-properties.ts",
  "islands/FetchEndpoint.tsx",
  "lib/site_properties.ts",
];
/** Pages of the other demonstrations, as long as they are there. */
const DEMOS = ["/how-it-works", "/members", "/islands"]
  .filter((path) => existsSync(`${ROOT}routes/(demos)${path}.tsx`));

/** A cacheable route that uses the session or Wix, depending on `?use=`. */
const CACHED_ROUTE = `
import { members } from "@wix/members";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const use = ctx.url.searchParams.get("use");
    if (use === "call") await members.getCurrentMember();
    const body = use === "session" ? ctx.state.session.kind : "public";
    return new Response(body, {
      headers: { "Cache-Control": "public, max-age=60" },
    });
  },
});
`;

/** A stream that calls Wix for each chunk. */
const LATE_CHUNKS = `
import { members } from "@wix/members";
import { define } from "@/lib/define.ts";

export const handler = define.handlers({
  GET() {
    let ended = false;
    const body = new ReadableStream<string>({
      async pull(controller) {
        const { member } = await members.getCurrentMember();
        controller.enqueue(member?.profile?.nickname ?? "");
        if (ended) controller.close();
        ended = true;
      },
    }, { highWaterMark: 0 });
    return new Response(body.pipeThrough(new TextEncoderStream()));
  },
});
`;

Deno.test("new routes and the documented recipes work without other changes", async (t) => {
  await using project = await copyProject(CONFIG_PATH);
  const { config, root } = project;
  const recipes = [...RECIPES.keys()];
  // All blocks, but for the line of lib/site.ts.
  assertEquals(recipes.length + 1, (DOCS + SHOP).match(/^```ts/gm)?.length);
  const hello = filesIn(README).get("routes/hello.tsx") ?? "";
  await writeFiles(project, [...RECIPES, ...TESTS, ["seed.json", SEED]]);
  const edits = SHOP.matchAll(/^```diff\n \/\/ (\S+)\n([^]*?)^```/gm);
  for (const [, path = "", diff = ""] of edits) {
    const added = diff.replace(/^./gm, "");
    const context = diff.replace(/^\+.*\n/gm, "").replace(/^./gm, "");
    const source = await Deno.readTextFile(root + path);
    assertStringIncludes(source, context, path);
    await writeFiles(project, [[path, source.replace(context, added)]]);
    recipes.push(path);
  }

  await t.step("the recipes pass linter and type check", async () => {
    for (const task of ["lint", "check"]) {
      const files = [...recipes, ...TESTS.keys()];
      const command = [task, "--quiet", "--config", config, ...files];
      const { success, output } = await denoIn(project, command);
      assert(success, output);
    }
  });

  await t.step("deno task gateway lists their calls", async () => {
    const task = ["run", "-A", "--config", config, "tools/gateway_calls.ts"];
    const { success, output } = await denoIn(project, task);
    assert(success, output);
    const { CALLS } = await import(`${root}lib/gateway_calls.ts`);
    const path = "/stores/v3/products/query";
    const listed = CALLS.filter((call: GatewayCall) => call.path === path);
    assertEquals(listed, [{ method: "GET", path }]);
  });

  await writeFiles(project, [
    ["routes/hello.tsx", hello],
    ["routes/cached.ts", CACHED_ROUTE],
    ["routes/late.ts", LATE_CHUNKS],
  ]);
  const links = await Deno.readTextFile(`${root}lib/site.ts`);
  await writeFiles(project, [[
    "lib/site.ts",
    links.replace(/NAVIGATION.*\n/, (start) => `${start}${LINK}\n`),
  ]]);
  for (const path of REMOVED) await Deno.remove(root + path).catch(() => {});
  await Deno.writeTextFile(`${root}.env`, `SESSION_SECRET=${CANARY}`);
  const secrets = { WIX_CLIENT_SECRET: CANARY, SESSION_SECRET: CANARY };
  const { success, output } = await buildCopy(project, secrets);
  assert(success, output);
  await using site = await startSite({ project });
  const visitor = site.visitor();
  const [ann, ben] = [await site.member(ANN), await site.member(BEN)];

  await t.step("the build contains no settings (S12)", async () => {
    const files = await filesBelow(`${root}_fresh`);
    assert(files.length > 10, files.join("\n"));
    for (const file of files) {
      const text = await Deno.readTextFile(file);
      assertEquals(text.includes(CANARY), false, file);
    }
  });

  await t.step("the README's page, for a visitor and a member", async () => {
    for (const browser of [visitor, ann]) {
      const { document } = await browser.open("/hello");
      const names = texts(document, "main > ul > li");
      assertEquals([names[0], names.length], ["Ann", 3]);
    }
  });

  await t.step(
    "a route is cacheable unless it uses the session (D9)",
    async () => {
      const { body, headers } = await ann.request("/cached");
      assertEquals(body, "public");
      assertEquals(headers.get("cache-control"), "public, max-age=60");
      for (const use of ["session", "call"]) {
        const { headers } = await ann.request(`/cached?use=${use}`);
        assertEquals(headers.get("cache-control"), "private, no-store", use);
      }
      // Without cookies there is no session to read, but one may begin.
      const read = await site.visitor().request("/cached?use=session");
      assertEquals(read.headers.get("cache-control"), "public, max-age=60");
      assertMatch(read.headers.get("vary") ?? "", /\bCookie\b/);
      const begun = await site.visitor().request("/cached?use=call");
      assertEquals(begun.headers.get("cache-control"), "private, no-store");
    },
  );

  await t.step("a stream calls Wix as the current user (I10)", async () => {
    const bodies = await Promise.all(
      [ann, ben, ann, ben].map(async (browser) =>
        (await browser.request("/late")).body
      ),
    );
    assertEquals(bodies, ["AnnAnn", "BenBen", "AnnAnn", "BenBen"]);
  });

  await t.step("a page with a title, without calls to Wix", async () => {
    const grants = site.grants();
    const { body, document, headers } = await site.visitor().request("/about");
    assertStringIncludes(body, "We make pans that last.");
    assertMatch(document.title, /^About us/);
    assertEquals(headers.get("server-timing"), null);
    assertEquals(site.grants(), grants);
  });

  await t.step("a link in the header", async () => {
    const { document } = await visitor.open("/about");
    assertEquals(texts(document, "nav li")[0], "About us");
  });

  await t.step("a removed demonstration leaves no link", async () => {
    assertEquals((await visitor.request("/elevation")).status, 404);
    for (const path of DEMOS) {
      const { document } = await visitor.open(path);
      const links = attributes(document, "a", "href");
      assertEquals(links.includes("/elevation"), false, path);
    }
  });

  await t.step("the documented tests", async () => {
    const tests = [...TESTS.keys()];
    assertEquals(tests, ["tests/about_test.ts", "tests/reviews_test.ts"]);
    const { success, output } = await denoIn(
      project,
      ["test", "-A", "--no-check", "--config", config, ...tests],
      { FRESH_WIX_CONFIG: config },
    );
    assert(success, output);
    assertStringIncludes(output, "3 passed");
  });

  await t.step("pictures", async () => {
    const { document } = await visitor.open("/faces");
    const [image = ""] = attributes(document, ".avatar img", "src");
    const response = await fetch(image);
    await response.body?.cancel();
    assertMatch(response.headers.get("content-type") ?? "", /^image\//);
  });

  await t.step(
    "a second catalogue page, a field on the product page",
    async () => {
      const { document } = await visitor.open("/small-gifts");
      assertEquals(texts(document, ".products h2")[0], "Preserving jar");
      const { body } = await visitor.open("/products/enamel-mug");
      assertStringIncludes(body, "Made by Juniper &amp; Sons");
    },
  );

  await t.step("another Wix module", async () => {
    const { document } = await visitor.request("/products");
    const products = texts(document, "main > ul > li");
    assert(products.includes("Enamel mug: $14.50"));
    assertEquals(products.length >= 10, true);
  });

  await t.step("data that is the same for every user", async () => {
    await visitor.open("/pans");
    const before = site.wix.controls.counters.routes;
    const { document } = await site.visitor().open("/pans");
    assertEquals(texts(document, "main li").includes("Enamel mug"), true);
    assert(attributes(document, "main li img", "src").length > 5);
    assertEquals(site.wix.controls.counters.routes, before);
  });

  await t.step("an API route", async () => {
    const refused = await visitor.request("/api/notes");
    assertEquals(refused.status, 401);
    assertEquals(JSON.parse(refused.body).title, "Please log in");
    const { body } = await ann.request("/api/notes");
    assertStringIncludes(body, "Birthday present for Ben: the pan");
  });

  await t.step("a form", async () => {
    const form = await ann.open("/account/notes");
    const send = (text: string) => ann.submit(form, '[name="text"]', { text });
    const wrong = await send("x".repeat(201));
    assertEquals(wrong.status, 422);
    assertStringIncludes(wrong.body, "A note has 1 to 200 characters.");
    const [kept] = attributes(wrong.document, '[name="text"]', "value");
    assertEquals(kept, "x".repeat(201));
    const right = await send("Buy <tin>");
    assertEquals([right.status, right.url.pathname], [200, "/account/notes"]);
    assert(texts(right.document, "main li").includes("Buy <tin>"));
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
      await page.getByText("Show my latest note").click();
      await page.waitForSelector("output:has-text('Buy <tin>')");
      await page.goto(`${site.app.origin}/product-names`);
      await page.getByText("Show three products").click();
      await page.waitForSelector("output:has-text('Enamel mug')");
      assertEquals(problems, []);
    },
  });

  await t.step("an elevated endpoint, for all users", async () => {
    for (const browser of [visitor, ann]) {
      const { body } = await browser.request("/api/note-count");
      assertEquals(JSON.parse(body), { count: 4 });
    }
  });

  await t.step("a route for Wix events", async () => {
    const { controls } = site.wix;
    controls.webhookUrls = [`${site.app.origin}/api/webhooks/orders`];
    controls.sendEvent("wix.ecom.v1.order_created", guid("order", 1047));
    while (!site.app.output().includes("Pack order 1047")) {
      await visitor.request("/healthz");
    }
  });

  await t.step("pages for members with a badge", async () => {
    assertEquals((await visitor.request("/wholesale")).status, 303);
    assertEquals((await ann.request("/wholesale")).status, 403);
    const { body } = await (await site.member(DMYTRO)).open("/wholesale");
    assertStringIncludes(body, "Pallets of pans.");
  });
});
