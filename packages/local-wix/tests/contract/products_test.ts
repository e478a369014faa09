import { assert, assertEquals } from "@std/assert";
import { siteProperties } from "@wix/business-tools";
import { catalogVersioning, products } from "@wix/stores";
import { PRODUCTS } from "../../src/seed/products.ts";
import { assertWixError, contract } from "../helpers/site.ts";

const it = {
  any: contract(),
  apiKey: contract("apiKey"),
  seed: contract("seed"),
};

it.seed("a visitor finds products with price, media and options", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items, totalCount } = await api.queryProducts().find();
  assertEquals([items.length, totalCount], [PRODUCTS.length, 12]);
  const [mug] = items;
  assertEquals(mug?.name, "Enamel mug");
  assertEquals(mug?.slug, "enamel-mug");
  assertEquals(mug?.priceData?.price, 14.5);
  assertEquals(mug?.priceData?.formatted?.price, "$14.50");
  assertEquals(mug?.media?.mainMedia?.image?.width, 1200);
  assert(mug?.lastUpdated instanceof Date);
  assertEquals(
    mug?.productOptions?.map(({ name, choices }) => [
      name,
      choices?.map(({ description }) => description),
    ]),
    [["Color", ["Moss", "Clay", "Chalk"]]],
  );
});

it.seed("a product has a variant for each combination of choices", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items } = await api.queryProducts().eq("slug", "linen-apron")
    .find();
  assertEquals(
    items[0]?.variants?.map(({ choices }) => Object.values(choices ?? {})),
    [["M", "Oat"], ["M", "Slate"], ["L", "Oat"], ["L", "Slate"]],
  );
  const ids = items[0]?.variants?.map(({ _id }) => _id);
  assertEquals(new Set(ids).size, 4);
});

it.seed("products can be paged", async (site) => {
  const { products: api } = site.visitor({ products });
  let page = await api.queryProducts().limit(5).find();
  const names = page.items.map(({ name }) => name);
  while (page.hasNext()) {
    page = await page.next();
    names.push(...page.items.map(({ name }) => name));
  }
  assertEquals(names, PRODUCTS.map(({ name }) => name));
});

it.seed("[assumed] products come in the order they were made, without a sort", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items } = await api.queryProducts().find();
  assertEquals(
    items.map(({ name }) => name),
    PRODUCTS.map(({ name }) => name),
  );
});

it.seed("products can be sorted by price", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items } = await api.queryProducts().descending("price").find();
  const prices = items.map(({ priceData }) => priceData?.price ?? 0);
  assertEquals(prices, prices.toSorted((a, b) => b - a));
  assertEquals(items[0]?.name, "Cast-iron pan");
});

it.seed("products can be filtered by price", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items } = await api.queryProducts().lt("priceData.price", 12)
    .startsWith("name", "pres").find();
  assertEquals(items.map(({ name }) => name), ["Preserving jar"]);
});

it.seed("a sold-out product says so", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items } = await api.queryProducts().eq("slug", "willow-basket")
    .find();
  assertEquals(items[0]?.stock?.inventoryStatus, "OUT_OF_STOCK");
  assertEquals(items[0]?.variants?.[0]?.stock?.inStock, false);
});

it.seed("getProduct() unwraps one product", async (site) => {
  const { products: api } = site.visitor({ products });
  const { items: [first] } = await api.queryProducts().limit(1).find();
  const { product } = await api.getProduct(first?._id ?? "");
  assertEquals(product?._id, first?._id);
  assertEquals(product?.name, first?.name);
});

it.any("[assumed] getProduct() of an unknown id is 404", async (site) => {
  const { products: api } = site.visitor({ products });
  await assertWixError(() => api.getProduct(UNKNOWN), 404);
});

it.apiKey("products are priced in the currency of the site properties", async (site) => {
  const admin = site.admin({ siteProperties, products });
  const { properties } = await admin.siteProperties.getSiteProperties();
  const { items } = await admin.products.queryProducts().limit(1).find();
  assertEquals(items[0]?.priceData?.currency, properties?.paymentCurrency);
});

it.seed("the site has the V1 catalog", async (site) => {
  const client = site.visitor({ catalogVersioning });
  const { catalogVersion } = await client.catalogVersioning
    .getCatalogVersion();
  assertEquals(catalogVersion, "V1_CATALOG");
});

const UNKNOWN = "00000005-0000-4000-8000-00000000ffff";
