import { assert, assertEquals } from "@std/assert";
import { recommendations } from "@wix/ecom";
import { catalogVersioning, collections, products } from "@wix/stores";
import { guid } from "../../src/mod.ts";
import { PRODUCTS } from "../../src/seed/products.ts";
import { STORES_APP_ID as appId } from "../../src/stores/catalog.ts";
import { at } from "../helpers/http.ts";
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

const SAME_CATEGORIES = "68ebce04-b96a-4c52-9329-08fc9d8c1253";
const NAMES = PRODUCTS.map(({ name }) => name);

test("a visitor finds products with price, media and options, [assumed] in the order of creation", async (api) => {
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
  const missing = await api.getCollectionBySlug("none").catch((error) => error);
  assertEquals(at(missing, "details.applicationError.code"), 404);
});

it.local("related products share categories or orders; best sellers are the same for any product", async (site) => {
  const { recommendations: api } = site.visitor({ recommendations });
  const { availableAlgorithms } = await api.listAvailableAlgorithms();
  const options = {
    items: [{ appId, catalogItemId: guid("product", 1) }],
    minimumRecommendedItems: 2,
  };
  const recommend = async (...ids: string[]) => {
    const algorithms = ids.map((_id) => ({ _id, appId }));
    const found = await api.getRecommendation(algorithms, options);
    const { items = [], algorithm } = found.recommendation ?? {};
    return { found: items.map((item) => item.catalogItemId), algorithm };
  };
  for (const { config } of availableAlgorithms ?? []) {
    const { algorithmId = "" } = config ?? {};
    const { found, algorithm } = await recommend(algorithmId);
    assert(found.length >= 2 && !found.includes(guid("product", 1)));
    assertEquals(algorithm?._id, algorithmId);
  }
  assertEquals(availableAlgorithms?.length, 4);
  options.minimumRecommendedItems = 100;
  assertEquals((await recommend(SAME_CATEGORIES)).found, []);
  const unknown = () => recommend(guid("product", 1));
  await assertWixError(unknown, 400, "ALGORITHM_NOT_SUPPORTED");
  options.items = [{ appId: "another-app", catalogItemId: "1" }];
  const foreign = () => recommend(SAME_CATEGORIES);
  await assertWixError(foreign, 400, "ITEM_APP_ID_NOT_SUPPORTED");
});

it.any("[assumed] getProduct() of an unknown id is 404", async (site) => {
  const { products: api } = withV1(site).visitor(modules);
  const unknown = "00000005-0000-4000-8000-00000000ffff";
  await assertWixError(() => api.getProduct(unknown), 404);
});
