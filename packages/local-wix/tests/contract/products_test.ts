import { assert, assertEquals } from "@std/assert";
import { siteProperties } from "@wix/business-tools";
import { catalogVersioning, products } from "@wix/stores";
import { PRODUCTS } from "../../src/seed/products.ts";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";

const modules = { catalogVersioning, products };
type Products = OAuthClient<typeof modules>["products"];

/** A case with the products as a visitor finds them. */
const test = (name: string, run: (api: Products) => Promise<void>) =>
  it.local(name, (site) => run(site.visitor(modules).products));

const NAMES = PRODUCTS.map(({ name }) => name);

test("a visitor finds products with price, media and options, [assumed] in the order they were made", async (api) => {
  const { items, totalCount } = await api.queryProducts().find();
  assertEquals(items.map(({ name }) => name), NAMES);
  assertEquals(totalCount, 12);
  const [mug] = items;
  assertEquals(mug?.slug, "enamel-mug");
  assertEquals(mug?.priceData?.price, 14.5);
  assertEquals(mug?.priceData?.formatted?.price, "$14.50");
  assertEquals(mug?.media?.mainMedia?.image?.width, 1200);
  assert(mug?.lastUpdated instanceof Date);
  const options = mug?.productOptions?.map(({ name, choices }) => [
    name,
    choices?.map(({ description }) => description),
  ]);
  assertEquals(options, [["Color", ["Moss", "Clay", "Chalk"]]]);
  const { product } = await api.getProduct(mug?._id ?? "");
  assertEquals(product?.name, "Enamel mug");
});

test("a product has a variant for each combination of choices", async (api) => {
  const { items } = await api.queryProducts().eq("slug", "linen-apron").find();
  const variants = items[0]?.variants ?? [];
  assertEquals(
    variants.map(({ choices }) => Object.values(choices ?? {})),
    [["M", "Oat"], ["M", "Slate"], ["L", "Oat"], ["L", "Slate"]],
  );
  assertEquals(new Set(variants.map(({ _id }) => _id)).size, 4);
});

test("products can be paged, sorted and filtered", async (api) => {
  let page = await api.queryProducts().limit(5).find();
  const names = page.items.map(({ name }) => name);
  while (page.hasNext()) {
    page = await page.next();
    names.push(...page.items.map(({ name }) => name));
  }
  assertEquals(names, NAMES);
  const { items } = await api.queryProducts().descending("price").find();
  const prices = items.map(({ priceData }) => priceData?.price ?? 0);
  assertEquals(prices, prices.toSorted((a, b) => b - a));
  const cheap = await api.queryProducts().lt("priceData.price", 12)
    .startsWith("name", "pres").find();
  assertEquals(cheap.items.map(({ name }) => name), ["Preserving jar"]);
});

test("a sold-out product says so", async (api) => {
  const { items: [basket] } = await api.queryProducts()
    .eq("slug", "willow-basket").find();
  assertEquals(basket?.stock?.inventoryStatus, "OUT_OF_STOCK");
  assertEquals(basket?.variants?.[0]?.stock?.inStock, false);
});

it.any("[assumed] getProduct() of an unknown id is 404", async (site) => {
  const { products: api } = site.visitor(modules);
  const unknown = "00000005-0000-4000-8000-00000000ffff";
  await assertWixError(() => api.getProduct(unknown), 404);
});

it.apiKey(
  "products are priced in the currency of the site properties",
  async (site) => {
    const admin = site.admin({ siteProperties, products });
    const { properties } = await admin.siteProperties.getSiteProperties();
    const { items } = await admin.products.queryProducts().limit(1).find();
    assertEquals(items[0]?.priceData?.currency, properties?.paymentCurrency);
  },
);

it.local("the site has the V1 catalog", async (site) => {
  const { catalogVersioning: api } = site.visitor(modules);
  assertEquals((await api.getCatalogVersion()).catalogVersion, "V1_CATALOG");
});
