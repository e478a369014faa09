import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SITE } from "@/lib/site.ts";
import { loadSeed } from "@/packages/local-wix/src/mod.ts";
import { attributes, find, text, texts } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { hideProduct } from "../helpers/shop.ts";
import { ANN, startSite } from "../helpers/site.ts";

const SEARCH = "GET /stores/v3/products/search";
const BY_SLUG = "GET /stores/v3/products/slug/{slug}";

const lists: [path: string, products: string[]][] = [
  ["/shop/textiles?sort=name", ["Linen apron", "Tea towels, set of 3"]],
  ["/shop?q=bread&sort=name", ["Bread book (PDF)", "Oak bread board"]],
  ["/shop?min=51&max=89&sort=cheapest", ["Oak bread board", "Cast-iron pan"]],
  ["/shop?min=51&sort=dearest", ["Cast-iron pan", "Oak bread board"]],
  // The bread board is in a category below the kitchen.
  ["/shop/kitchen?q=oak", ["Oak bread board"]],
  ["/shop/gifts?q=basket", ["Willow basket"]],
  ["/shop/gifts?q=basket&stock=in", []],
];
test("lists products by category, words, price and stock, in the requested order", async ({ site, t }) => {
  for (const [path, products] of lists) {
    await t.step(path, async () => {
      const { status, document } = await site.visitor().open(path);
      assertEquals([status, texts(document, ".products h2")], [200, products]);
      const kept = new URL(path, site.app.origin).searchParams.get("q") ?? "";
      const field = find(document, "[name=q]");
      assertEquals(field.getAttribute("value") ?? "", kept);
      if (products.length > 0) return;
      assertMatch(text(document, "main"), /No products match these filters/);
    });
  }
});

test("a page links the next one in the same order; a rejected cursor shows the first page", async ({ site }) => {
  const fields = {
    pagingMetadata: { count: 1, cursors: { next: "c2", prev: "c0" } },
  };
  site.wix.controls.failNext(SEARCH, { kind: "fields", fields });
  const visitor = site.visitor();
  const page = await visitor.open("/shop/kitchen?sort=name&min=6");
  const links = attributes(page.document, "[aria-label=Pages] a", "href");
  const query = "/shop/kitchen?min=6&sort=name&cursor=";
  assertEquals(links, [`${query}c0`, `${query}c2`]);
  const rejected = await visitor.open(`${query}nonsense`);
  assertEquals(rejected.status, 200);
  const field = find(rejected.document, "[name=min]");
  assertEquals(field.getAttribute("value"), "6", "the filter is kept");
});

const invalid = ["min=x", "sort=best", `q=${"x".repeat(101)}`, "stock=out"];
const unknown = [
  ...["/shop/none", "/shop/all-products", "/products/none"],
  ...["/products/oil-lamp", "/products/a%2F..%2Fb", "/products/a%3Fb"],
  ...["/products/..%2f..%2fecom%2fv1%2forders", "/products/%00"],
];
test("ignores invalid filters, and shows an empty state without results", async ({ site }) => {
  const visitor = site.visitor();
  for (const query of invalid) {
    const { document } = await visitor.open(`/shop?${query}`);
    assertEquals(texts(document, ".products h2").length, 12, query);
    find(document, '[name=min][value=""]');
  }
  for (const path of unknown) {
    const { status } = await visitor.open(path);
    assertEquals([path, [400, 404].includes(status)], [path, true]);
  }
});

test("says that Wix is not responding, and still serves the home page", async ({ site }) => {
  const { controls } = site.wix;
  const visitor = site.visitor();
  controls.failNext(SEARCH, { status: 500, times: 2 });
  assertEquals((await visitor.open("/shop?q=down")).status, 503);
  controls.failNext(BY_SLUG, { status: 500, times: 2 });
  assertEquals((await visitor.open("/products/paring-knife")).status, 503);
  assertEquals((await visitor.open("/products/paring-knife")).status, 200);
  controls.failNext(SEARCH, { status: 500, times: 2 });
  const home = await visitor.open("/");
  assertEquals([home.status, text(home.document, "h1")], [
    200,
    SITE.tagline,
  ]);
});

test("the URL has the choices, and the page shows their price and sold-out options", async ({ site }) => {
  const visitor = site.visitor();
  const open = async (path: string) => (await visitor.open(path)).document;
  const any = await open("/products/oak-bread-board");
  assertEquals(text(any, ".product-price"), "From $52.00");
  assertEquals(attributes(any, ".choice", "href"), [
    "?Wood=Oak",
    "?Wood=Walnut",
  ]);
  const walnut = await open("/products/oak-bread-board?Wood=Walnut&Size=9");
  assertEquals(text(walnut, ".product-price"), "$65.00");
  assertEquals(texts(walnut, ".choice[aria-current=true]"), ["Walnut"]);
  const apron = await open("/products/linen-apron?Color=Slate");
  assertEquals(attributes(apron, ".choice", "href")[1], "?Color=Slate&Size=L");
  const basket = await open("/products/willow-basket?Handle=Leather");
  assertEquals(texts(basket, ".choice small"), ["sold out", "sold out"]);
  assertEquals(text(basket, ".product-form form .badge"), "Sold out");
  const towels = await open("/products/tea-towels-set-of-3?Color=Indigo");
  assertEquals(text(towels, ".product-price"), "$24.00 before: $30.00");
  const mug = await open("/products/enamel-mug");
  assertEquals(mug.querySelectorAll(".gallery img").length, 2);
  assertMatch(text(mug, "details"), /^Care ?Dishwasher-safe/);
});

test("describes products, lists and the home page to search engines", async ({ site }) => {
  const { origin } = site.app;
  const visitor = site.visitor();
  const head = async (path: string) => {
    const { document } = await visitor.open(path);
    const content = (selector: string) =>
      attributes(document, `meta[${selector}]`, "content")[0];
    const data = [...document.querySelectorAll("script[type*=json]")]
      .map(({ textContent }) => JSON.parse(textContent ?? ""));
    const [canonical] = attributes(document, "link[rel=canonical]", "href");
    return { content, data, canonical };
  };
  const mug = await head("/products/enamel-mug?Color=Moss&utm_source=x");
  assertEquals(mug.canonical, `${origin}/products/enamel-mug`);
  // As the shop's owner has set it.
  const description = "An enamel mug in three colors, 350 ml.";
  assertEquals(mug.content("name=description"), description);
  assertMatch(mug.content('property="og:image"') ?? "", /w_1200,h_1200/);
  const [product, crumbs] = mug.data;
  assertEquals(product.offers.price, "14.50");
  assertEquals(product.offers.availability, "https://schema.org/InStock");
  assertEquals(crumbs.itemListElement.length, 3);
  const board = await head("/products/oak-bread-board");
  assertMatch(board.content("name=description") ?? "", /^One plank/);
  assertEquals(board.data[0].offers.lowPrice, "52.00");
  const list = await head("/shop/textiles?sort=name");
  assertEquals(list.content("name=robots"), "noindex, follow");
  assertEquals(list.canonical, `${origin}/shop/textiles`);
  assertEquals(
    (await head("/shop/textiles")).content("name=robots"),
    undefined,
  );
  assertEquals((await head("/")).data[0]["@type"], "Organization");
});

const german = { hreflang: "de", href: "https://shop.example/de/crate" };
const linkTags = [
  { type: "link", props: { rel: "alternate", ...german } },
  { type: "link", props: { ...german, rel: "stylesheet" } },
  { type: "link", props: { ...german, rel: "alternate", href: "data:x" } },
  { type: "link", props: { ...german, rel: "alternate" }, disabled: true },
];
test("links a product only in the languages that Wix has for it", async ({ site }) => {
  const product = { id: "x", name: "Crate", seoData: { tags: linkTags } };
  const fault = { status: 200, body: { product } };
  site.wix.controls.failNext(BY_SLUG, fault);
  const links = async (path: string) => {
    const { document } = await site.visitor().open(path);
    return [...document.querySelectorAll("link[rel=alternate]")].map((link) =>
      ["hreflang", "href"].map((name) => link.getAttribute(name))
    );
  };
  assertEquals(await links("/products/crate"), [["de", german.href]]);
  assertEquals(await links("/products/enamel-mug"), []);
});

test("GET /sitemap.xml and /robots.txt are cached, and start no session", async ({ site }) => {
  const { origin } = site.app;
  const member = await site.member(ANN);
  const sitemap = await member.request("/sitemap.xml");
  const urls = texts(sitemap.document, "loc");
  assertEquals(urls.slice(0, 3), [
    ...[`${origin}/`, `${origin}/shop`, `${origin}/shop/kitchen`],
  ]);
  assertEquals(urls.includes(`${origin}/products/enamel-mug`), true);
  assertEquals(urls.some((url) => url.includes("oil-lamp")), false);
  const robots = await member.request("/robots.txt");
  assertStringIncludes(robots.body, `Sitemap: ${origin}/sitemap.xml`);
  for (const { headers } of [sitemap, robots]) {
    assertMatch(headers.get("cache-control") ?? "", /^public, max-age=\d+$/);
    assertEquals(headers.getSetCookie(), []);
  }
});

test("a product that the owner hides is not in the shop", async ({ site }) => {
  await hideProduct(site, "preserving-jar");
  const { status } = await site.visitor().open("/products/preserving-jar");
  assertEquals(status, 404);
});

test("the catalogue still works when Wix has forgotten the process's visitor", async () => {
  await using site = await startSite();
  const { controls } = site.wix;
  const browser = site.visitor();
  assertEquals((await browser.open("/products/enamel-mug")).status, 200);
  controls.expireAccessTokens();
  controls.failNext("refresh_token", { status: 404, times: "always" });
  assertEquals((await browser.open("/products/paring-knife")).status, 200);
});

test("1,000 products can be paged through to the end and back, each once, in pages below 21 kB", async () => {
  await using site = await startSite({ seed: await loadSeed("large") });
  const visitor = site.visitor();
  const follow = async (rel: string, path: string) => {
    const hrefs: string[] = [];
    let last = path;
    for (let pages = 0; path && pages < 50; pages++) {
      const { body, document } = await visitor.open(last = path);
      assertEquals(body.length < 21_000, true, `${path}: ${body.length}`);
      hrefs.push(...attributes(document, ".products a", "href"));
      [path = ""] = attributes(document, `a[rel=${rel}]`, "href");
    }
    return { hrefs, last };
  };
  const { hrefs, last } = await follow("next", "/shop");
  assertEquals([hrefs.length, new Set(hrefs).size], [1000, 1000]);
  const back = await follow("prev", last);
  assertEquals(new Set(back.hrefs), new Set(hrefs));
  assertEquals(back.hrefs.length, 1000);
  const { document } = await visitor.request("/sitemap.xml");
  const products = texts(document, "loc").filter((url) => /products/.test(url));
  assertEquals(products.length, 1000);
});
