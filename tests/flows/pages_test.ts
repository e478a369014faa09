import { assertEquals } from "@std/assert";
import { attributes, find, texts } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";

const places: [path: string, current: string[], parents: string[]][] = [
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

test("the header's login returns to the page with its query, or to the home page", async ({ site }) => {
  const visitor = site.visitor();
  for (
    const [path, back] of [
      ["/shop?q=bread", "/shop?q=bread"],
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
