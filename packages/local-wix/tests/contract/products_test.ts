import { assert, assertEquals } from "@std/assert";
import { catalogVersioning, collections, products } from "@wix/stores";
import { PRODUCTS } from "../../src/seed/products.ts";
import {
  assertWixError,
  it,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";

const modules = { catalogVersioning, collections, products };
type Products = OAuthClient<typeof modules>["products"];

/** The site, with Catalog V1. */
function withV1(site: Site): Site {
  if (site.wix) site.wix.controls.catalog = "v1";
  return site;
}

/** A case with the products as a visitor finds them. */
const test = (name: string, run: (api: Products) => Promise<void>) =>
  it.local(name, (site) => run(withV1(site).visitor(modules).products));

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
  const basket = items.find(({ slug }) => slug === "willow-basket");
  assertEquals(basket?.stock?.inventoryStatus, "OUT_OF_STOCK");
  const { product } = await api.getProduct(mug?._id ?? "");
  assertEquals(product?.name, "Enamel mug");
});

test("products can be sorted and filtered", async (api) => {
  const { items } = await api.queryProducts().descending("price").find();
  const prices = items.map(({ priceData }) => priceData?.price ?? 0);
  assertEquals(prices, prices.toSorted((a, b) => b - a));
  const cheap = await api.queryProducts().lt("priceData.price", 12)
    .startsWith("name", "pres").find();
  assertEquals(cheap.items.map(({ name }) => name), ["Preserving jar"]);
});

it.local("with the V1 catalog, collections are the categories of the shop", async (site) => {
  const client = withV1(site).visitor(modules);
  const { catalogVersion } = await client.catalogVersioning.getCatalogVersion();
  assertEquals(catalogVersion, "V1_CATALOG");
  const { collections: api, products: shop } = client;
  const { items } = await api.queryCollections().find();
  const [all, kitchen] = items;
  assertEquals([all?.name, all?.numberOfProducts], ["All Products", 12]);
  const found = await shop.queryProducts()
    .hasSome("collectionIds", [kitchen?._id ?? ""]).find();
  assertEquals(found.items.length, kitchen?.numberOfProducts);
  const { collection } = await api.getCollectionBySlug("kitchen");
  assertEquals(collection?._id, kitchen?._id);
});

it.any("[assumed] getProduct() of an unknown id is 404", async (site) => {
  const { products: api } = withV1(site).visitor(modules);
  const unknown = "00000005-0000-4000-8000-00000000ffff";
  await assertWixError(() => api.getProduct(unknown), 404);
});
