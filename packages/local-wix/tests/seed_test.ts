import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as locales from "@wix/auto_sdk_multilingual_locales";
import * as sitemap from "@wix/auto_sdk_seo_seo-sitemap-entries";
import * as seoTags from "@wix/auto_sdk_seo_seo-tags";
import { categories } from "@wix/categories";
import { items } from "@wix/data";
import { currentCart, orders } from "@wix/ecom";
import { productsV3 } from "@wix/stores";
import {
  demoSeed,
  loadSeed,
  type LocalWix,
  peopleUpTo,
  readSeed,
  type Seed,
  startLocalWix,
} from "../src/mod.ts";
import { STORES_APP_ID } from "../src/stores/catalog.ts";
import { seedMembers } from "../src/seed/members.ts";
import { seedOrders } from "../src/seed/orders.ts";
import { at, authRequest, get, pageUrl, post, textAt } from "./helpers/http.ts";
import { assertWixError, Site } from "./helpers/site.ts";

const GUID = "12345678-1234-4123-8123-123456789abc";
const ORDERS = seedOrders(peopleUpTo(12));
Deno.test("the seed is the same each time, and a larger site starts with it", () => {
  assertEquals(seedOrders(peopleUpTo(12)), ORDERS);
  const members = seedMembers(peopleUpTo(60));
  assertEquals(members.slice(0, 12), seedMembers(peopleUpTo(12)));
});

Deno.test("every total is the sum of its parts", () => {
  for (const order of ORDERS) {
    const digits = order.currency === "JPY" ? 0 : 3;
    const minor = ({ amount }: { amount: string }) =>
      Math.round(Number(amount) * 10 ** digits);
    const { subtotal, discount, tax, shipping, total } = order.priceSummary;
    const sum = minor(subtotal) - minor(discount) + minor(tax) +
      minor(shipping);
    assertEquals(minor(total), sum, order.number);
    const lines = order.lineItems.map((item) => minor(item.totalPriceAfterTax));
    const items = lines.reduce((a, b) => a + b, 0) + minor(shipping);
    assertEquals(minor(total), items, order.number);
    const { balance, paid } = order.balanceSummary;
    assertEquals(minor(balance) + minor(paid), minor(total), order.number);
  }
});

Deno.test("readSeed() fills in missing parts of a file", () => {
  assertEquals(readSeed("{}"), demoSeed());
  const { people } = readSeed('{"members": [{"email": "Zoe@shop.example"}]}');
  assertEquals(people, [{
    email: "Zoe@shop.example",
    slug: "zoe",
    firstName: "Zoe",
    lastName: "",
    nickname: "Zoe",
    note: "0 orders",
    privacy: "PUBLIC",
    orderCount: 0,
  }]);
});

/** Seed files, and what is wrong with them. */
const WRONG = `[] → the seed is not an object
{"member": []} → member is not a known field
{"site": {"clientId": "x"}} → site.clientId is not a GUID
{"site": {"name": ""}} → site.name is an empty string
{"members": 61} → members is not a whole number from 1 to 60
{"members": "12"} → members is neither a number nor a list
{"members": [{}]} → members[0].email is missing
{"members": [{"email": "a b@c"}]} → members[0].email is not an email
{"members": [{"email": "a@b", "orders": 501}]} → members[0].orders is not a whole number
{"members": [{"email": "a@b", "private": "yes"}]} → members[0].private is not a boolean
{"members": [{"email": "a@b", "slug": "a/b"}]} → members[0].slug is limited to letters
{"members": [{"email": "a@b", "firstName": 1}]} → members[0].firstName is not a string
{"members": [{"email": "a@b", "age": 1}]} → members[0].age is not a known field
{"members": [{"email": "a@b"}, {"email": "A@b", "slug": "b"}]} → members[1].email is taken
{"members": [{"email": "a@b"}, {"email": "a@c"}]} → members[1].slug is taken: "a"
{"members": [{"email": "a@b", "orders": [{"products": []}]}]} → orders[0].products is an empty
{"members": [{"email": "a@b", "orders": [{"products": [{"product": "x"}]}]}]} → members[0].orders[0].products[0].product names no visible product: "x"
{"products": []} → members needs a visible product
{"products": [{"name": "A"}]} → products[0].price is missing
{"products": 5001} → products is not a whole number from 0 to 5000
{"products": [{"name": "A", "price": 1}, {"name": "A", "price": 2}]} → products[1].slug is taken: "a"
{"products": [{"name": "A", "price": 1, "options": [{"name": "B", "choices": [1]}]}]} → products[0].options[0].choices[0] is neither a string nor
{"products": [{"name": "A", "price": 1, "translations": {"es": {}}}]} → products[0].translations names no language: "es"
{"categories": [{"name": "C", "products": ["mug"]}]} → categories[0].products[0] names no product: "mug"
{"categories": [{"name": "C", "parent": "c"}]} → categories[0].parent names no other category: "c"
{"coupons": [{"code": "C", "percent": 0}]} → coupons[0].percent is not a whole number
{"collections": [{"id": "A", "references": {"a": "B"}}]} → collections[0].references.a names no collection: "B"
{"collections": [{"id": "A", "references": {"a": ["A"]}, "items": [{"a": ["x"]}]}]} → collections[0].items[0].a names no item of A: "x"
{"collections": [{"id": "A", "items": [{"_owner": "x"}]}]} → collections[0].items[0]._owner names no member: "x"
{"collections": [{"id": "A", "items": [{"_id": "1"}, {"_id": "1"}]}]} → collections[0].items[1].id is taken: "1"
{"languages": []} → languages is an empty list
{"seo": {"pages": [{"path": "x"}]}} → seo.pages[0].path is not a path
{"webhooks": ["x"]} → webhooks[0] is not a URL
{ → it is not JSON`;

Deno.test("readSeed() names the invalid field", () => {
  for (const line of WRONG.split("\n")) {
    const [json = "", reason] = line.split(" → ");
    assertThrows(() => readSeed(json), TypeError, reason);
  }
});

Deno.test("a seed brings its own site, members and orders", async () => {
  const seed = readSeed(JSON.stringify({
    site: { clientId: GUID, clientSecret: "s", name: "Ada & Sons" },
    properties: { paymentCurrency: "EUR" },
    members: [{ email: "ada@ada.example", firstName: "Ada", orders: 130 }],
  }));
  await using wix = await startLocalWix({ port: 0, seed });
  const { body } = await post(wix, "/oauth2/token", {
    client_id: GUID,
    client_secret: "s",
    grant_type: "client_credentials",
  });
  const authorization = textAt(body, "access_token");
  const path = "/site-properties/v4/properties";
  const { properties } = Object((await get(wix, path, { authorization })).body);
  assertEquals(properties.paymentCurrency, "EUR");
  assertEquals(properties.siteDisplayName, "Ada & Sons");
  const search = { search: { cursorPaging: { limit: 100 } } };
  const orders = await post(wix, "/ecom/v1/orders/search", search, {
    authorization,
  });
  assertEquals(at(orders.body, "metadata.hasNext"), true);
  assertEquals(at(orders.body, "orders.0.number"), "1130");
  const demo = { clientId: demoSeed().site.clientId, grantType: "anonymous" };
  assertEquals((await post(wix, "/oauth2/token", demo)).status, 400);
});

const modules = {
  categories,
  currentCart,
  items,
  locales,
  orders,
  productsV3,
  seoTags,
  sitemap,
};

/** Registers a test with a site of this seed. */
function withSeed(
  name: string,
  load: () => Promise<Seed>,
  run: (site: Site, seed: Seed, wix: LocalWix) => Promise<void>,
): void {
  const sanitize = { sanitizeOps: false, sanitizeResources: false };
  Deno.test(name, sanitize, async () => {
    const seed = await load();
    await using wix = await startLocalWix({ port: 0, seed });
    using site = new Site(wix);
    await run(site, seed, wix);
  });
}

/** The seed in TypeScript that README.md shows. */
async function readmeSeed(): Promise<Seed> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  const readme = new URL("../README.md", import.meta.url);
  const blocks = (await Deno.readTextFile(readme)).split("```ts\n");
  const [code = ""] = blocks.find((block) => block.includes("SeedFile"))
    ?.split("```") ?? [];
  await Deno.writeTextFile(file, code);
  return await loadSeed(file);
}

withSeed(
  "README.md's TypeScript seed creates all its entries",
  readmeSeed,
  async (site, { products: [cup] }, { controls }) => {
    assertEquals(controls.webhookUrls, ["http://localhost:8000/webhooks"]);
    controls.webhookUrls = [];
    const client = await site.member(modules, "ada@ada.example");
    const [order] = (await client.orders.searchOrders({})).orders ?? [];
    const [line] = order?.lineItems ?? [];
    const bought = [line?.productName?.original, line?.quantity];
    assertEquals([...bought, order?.paymentStatus], ["Cup", 2, "PAID"]);
    const { items: [sold] } = await client.productsV3.queryProducts().find();
    const { minValue, maxValue } = sold?.actualPriceRange ?? {};
    assertEquals([minValue?.amount, maxValue?.amount], ["14.50", "16.50"]);
    const { categories: api, currentCart: cart } = client;
    const tree = { appNamespace: "@wix/stores" };
    const { category } = await api.getCategoryBySlug("kitchen", tree);
    assertEquals(category?.itemCounter, 1);
    const recipes = client.items.query("Recipes").include("author", "goesWith");
    const { items: [rye] } = await recipes.find();
    assertEquals(rye?.author.name, "Bo");
    assertEquals(rye?.goesWith[0].title, "Rye bread");
    const options = { variantId: cup?.variants[0].id };
    const catalogItemId = cup?.id ?? "";
    const catalogReference = { appId: STORES_APP_ID, catalogItemId, options };
    await cart.addToCurrentCart({
      lineItems: [{ quantity: 1, catalogReference }],
    });
    await cart.updateCurrentCart({ couponCode: "ten" });
    const { priceSummary } = await cart.estimateCurrentCartTotals({});
    assertEquals(priceSummary?.discount?.amount, "1.45");
    client.setHeaders({ "x-wix-linguist": "de|de-de|false|0" });
    const { items: [tasse] } = await client.productsV3.queryProducts().find();
    assertEquals(tasse?.name, "Tasse");
  },
);

withSeed(
  "a large shop is the same each time",
  () => loadSeed("large"),
  async (site, { products }) => {
    const { productsV3, categories: api } = site.visitor(modules);
    assertEquals((await productsV3.countProducts()).count, 1000);
    const tree = { treeReference: { appNamespace: "@wix/stores" } };
    const shown = api.queryCategories(tree).eq("visible", true);
    const counts = (await shown.find()).items.map((each) => each.itemCounter);
    assertEquals(counts, [1000, ...Array(20).fill(50)]);
    assertEquals((await loadSeed("large")).products, products);
    assertEquals(new Set(products.map(({ slug }) => slug)).size, 1000);
  },
);

withSeed(
  "an empty site only has its pages",
  () => loadSeed("empty"),
  async (site, _seed, wix) => {
    const { productsV3, items: data, locales } = site.visitor(modules);
    assertEquals((await productsV3.queryProducts().find()).items, []);
    const code = "MULTILINGUAL_NOT_INSTALLED";
    await assertWixError(() => locales.queryLocales().find(), 428, code);
    await assertRejects(() => data.query("Recipes").find(), Error, "WDE0025");
    const login = await pageUrl(wix, { auth: { authRequest: authRequest() } });
    for (const url of [login, wix.origin]) {
      const response = await fetch(url);
      await response.body?.cancel();
      assertEquals(response.status, 200);
    }
  },
);

const ROBOTS = {
  type: "meta",
  props: { name: "robots", content: "noindex" },
  disabled: true,
} as const;
for (const indexable of [true, false]) {
  withSeed(
    `search engines ${
      indexable ? "may" : "must not"
    } index a site that says so`,
    () =>
      Promise.resolve(readSeed(JSON.stringify({
        products: [{ name: "Cup", price: 1, seo: { tags: [ROBOTS] } }],
        categories: [{ name: "All cups" }],
        seo: { indexable },
      }))),
    async (site) => {
      const pageUrl = "https://shop.example/all-cups";
      const { seoTags: found } = await site.visitor(modules).seoTags
        .resolveItemSeoTags({
          pageUrl,
          itemType: "STORES_CATEGORY",
          slug: "all-cups",
        });
      const robots = found?.tags?.filter(({ props }) =>
        props?.name === "robots"
      );
      assertEquals(robots?.length, indexable ? 0 : 1);
      const list = () =>
        site.app(modules).sitemap.listSitemapPages({
          itemType: "STORES_PRODUCT",
        });
      if (!indexable) return await assertWixError(list, 404, "NOT_FOUND");
      // Its tag against it is disabled.
      const { pages } = await list();
      assertEquals(pages?.[0]?.shouldBeIncludedInSitemap, true);
    },
  );
}

Deno.test("loadSeed() reloads a module", async () => {
  const file = await Deno.makeTempFile({ suffix: ".mjs" });
  for (const name of ["Before", "After"]) {
    const seed = JSON.stringify({ site: { name } });
    await Deno.writeTextFile(file, `export default ${seed};`);
    assertEquals((await loadSeed(file)).site.name, name);
  }
});

Deno.test("loadSeed() names the file and the invalid field", async () => {
  const json = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(json, '{"products": [{"name": "A"}]}');
  const wrong = `Cannot read seed file ${json}: products[0].price is missing`;
  await assertRejects(() => loadSeed(json), TypeError, wrong);
  await assertRejects(() => loadSeed("none.json"), TypeError, "none.json");
});
