import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { demoSeed, PEOPLE } from "@/packages/local-wix/src/mod.ts";
import type { Browser } from "../helpers/browser.ts";
import { attributes, find, text, texts } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, startSite } from "../helpers/site.ts";

test("GET /how-it-works shows the current user", async ({ site }) => {
  const visitor = site.visitor();
  const who = async (browser: Browser) =>
    text((await browser.open("/how-it-works")).document, ".session");
  assertMatch(await who(visitor), /Your session starts with the first call/);
  await visitor.open("/members");
  assertMatch(
    await who(visitor),
    /^You are a visitor\. Your session has started\./,
  );
  assertMatch(await who(await site.member(ANN)), /^You are logged in as Ann/);
});

const places: [path: string, current: string[], parents: string[]][] = [
  ["/members", [], ["/"]],
  ["/shop", ["Shop", "All"], ["/"]],
  ["/products/oak-bread-board", [], [
    ...["/", "/shop", "/shop/kitchen", "/shop/bread-and-baking"],
  ]],
  ["/account/orders", ["Orders", "Orders"], ["/", "/account"]],
  ["/account/delete", [], ["/", "/account"]],
];
test.member("marks the current page in the navigation, and links its parents", async ({ ann: browser, t }) => {
  for (const [path, current, parents] of places) {
    await t.step(path, async () => {
      const { document } = await browser.open(path);
      const links = 'nav:not(.breadcrumbs) a[aria-current="page"]';
      assertEquals(texts(document, links), current);
      assertEquals(attributes(document, ".breadcrumbs a", "href"), parents);
      find(document, '.breadcrumbs span[aria-current="page"]');
    });
  }
});

Deno.test("GET /members explains a refused call and an empty list", async () => {
  const people = PEOPLE.filter(({ privacy }) => privacy === "PRIVATE");
  await using site = await startSite({ seed: { ...demoSeed(), people } });
  const empty = await site.visitor().open("/members");
  assertStringIncludes(empty.body, "No public members yet");
  const { controls } = site.wix;
  controls.failNext("POST /members/v1/members/query", { status: 403 });
  const refused = await site.visitor().open("/members");
  assertEquals(refused.status, 200);
  assertStringIncludes(refused.body, "Wix refused this call (403)");
  assertEquals(refused.body.includes("No public members yet"), false);
});

test("the header's login returns to the page with its query, or to the home page", async ({ site }) => {
  const visitor = site.visitor();
  for (
    const [path, back] of [
      ["/islands?name=A", "/islands?name=A"],
      ["/api/auth/callback?code=secret", "/"],
    ] as const
  ) {
    const { document } = await visitor.open(path);
    const [href = ""] = attributes(document, ".identity a", "href");
    const { pathname, searchParams } = new URL(href, site.app.origin);
    assertEquals(pathname, "/api/auth/login");
    assertEquals(searchParams.get("returnToUrl"), back);
  }
});
