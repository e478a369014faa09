import { assert, assertEquals } from "@std/assert";
import { categories } from "@wix/categories";
import {
  catalogVersioning,
  inventoryItemsV3,
  products,
  productsV3,
  readOnlyVariantsV3,
} from "@wix/stores";
import { guid } from "../../src/mod.ts";
import { PRODUCTS } from "../../src/seed/products.ts";
import { STORES_APP_ID } from "../../src/stores/catalog.ts";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";

const modules = {
  catalogVersioning,
  categories,
  inventoryItemsV3,
  products,
  productsV3,
  readOnlyVariantsV3,
};
type Client = OAuthClient<typeof modules>;
type Search = Parameters<Client["productsV3"]["searchProducts"]>[0];

/** A case with what a visitor finds, and what the shop's owner. */
const test = (
  name: string,
  run: (visitor: Client, admin: Client) => Promise<void>,
) =>
  it.local(name, (site) => {
    const admin = site.admin(modules) as unknown as Client;
    return run(site.visitor(modules), admin);
  });

const NAMES = PRODUCTS.map(({ name }) => name);
const TREE = { appNamespace: "@wix/stores" };
const KITCHEN = guid("category", 2);
const BREAD = guid("category", 3);
const PAGE_FIELDS: productsV3.SingleEntityOpsRequestedFieldsWithLiterals[] = [
  "CURRENCY",
  "URL",
  "PLAIN_DESCRIPTION",
  "MEDIA_ITEMS_INFO",
  "INFO_SECTION",
  "INFO_SECTION_PLAIN_DESCRIPTION",
  "BREADCRUMBS_INFO",
  "VARIANT_OPTION_CHOICE_NAMES",
];

const names = (items: readonly { name?: string | null }[] = []) =>
  items.map(({ name }) => name ?? "");

const bySlug = async (
  { productsV3: api }: Client,
  slug: string,
  fields = PAGE_FIELDS,
) => (await api.getProductBySlug(slug, { fields })).product ?? {};

test("a site has Catalog V3, and names it when V1 is called", async (client) => {
  const { catalogVersion } = await client.catalogVersioning.getCatalogVersion();
  assertEquals(catalogVersion, "V3_CATALOG");
  await assertWixError(
    () => client.products.queryProducts().find(),
    428,
    "CATALOG_V3_SITE_CALLING_CATALOG_V1_API",
  );
});

test("queryProducts() pages through the visible products, here in the order of creation", async ({ productsV3: api }) => {
  let page = await api.queryProducts().limit(5).find();
  const found = names(page.items);
  assertEquals([page.hasPrev(), page.hasNext()], [false, true]);
  while (page.hasNext()) {
    page = await page.next();
    found.push(...names(page.items));
  }
  assertEquals(found, NAMES);
  assertEquals(names((await page.prev()).items), NAMES.slice(5, 10));
});

test("a product's page has pictures, options, variants, prices and sections", async (client) => {
  const mug = await bySlug(client, "enamel-mug");
  assert(mug._createdDate instanceof Date);
  assertEquals(mug.url, "https://shop.demo.example/product-page/enamel-mug");
  assertEquals(mug.media?.itemsInfo?.items?.length, 2);
  assert(mug.media?.main?.image?.startsWith("wix:image://v1/juniper_mug~"));
  const choices = mug.options?.[0]?.choicesSettings?.choices ?? [];
  assertEquals(names(choices), ["Moss", "Clay", "Chalk"]);
  assertEquals(choices[0]?.colorCode, "#5E704E");
  const clay = mug.variantsInfo?.variants?.[1];
  assertEquals(clay?.sku, "MUG-2");
  assertEquals(clay?.choices?.[0]?.optionChoiceNames?.choiceName, "Clay");
  assertEquals(clay?.price?.actualPrice?.formattedAmount, "$14.50");
  assertEquals(clay?.inventoryStatus?.inStock, true);
  assertEquals(mug.infoSections?.[0]?.title, "Care");
  assertEquals(names([mug.ribbon ?? {}]), ["Bestseller"]);
  const crumbs = mug.breadcrumbsInfo?.breadcrumbs;
  assertEquals(crumbs?.map(({ categorySlug }) => categorySlug), ["kitchen"]);
});

test("searchProducts() pages by cursors that contain filter and sort", async ({ productsV3: api }) => {
  const filter = inCategory("allCategoriesInfo", KITCHEN);
  const first = await api.searchProducts({
    filter,
    sort: byName(),
    cursorPaging: { limit: 4 },
  }, {});
  const cursor = first.pagingMetadata?.cursors?.next ?? "";
  const cursorPaging = { cursor };
  const { products, pagingMetadata } = await api.searchProducts({
    cursorPaging,
  }, {});
  assertEquals(names(products), [
    "Olive wood spoon",
    "Paring knife",
    "Preserving jar",
  ]);
  assertEquals(pagingMetadata?.hasNext, false);
  const both = () => api.searchProducts({ filter, cursorPaging }, {});
  await assertWixError(both, 400);
});

test("variants of a product come with names, prices and stock", async ({ readOnlyVariantsV3: api }) => {
  const id = guid("product", 3);
  const { items } = await api.queryVariants({ fields: ["CURRENCY"] })
    .eq("productData.productId", id).find();
  assertEquals(
    items.map(({ sku, price, optionChoices }) => [
      sku,
      price?.actualPrice?.formattedAmount,
      optionChoices?.[0]?.optionChoiceNames?.choiceName,
    ]),
    [["BRD-1", "$52.00", "Oak"], ["BRD-2", "$65.00", "Walnut"]],
  );
  assertEquals(items[0]?.productData?.mainCategoryId, BREAD);
});

test(
  "stock is read and changed through inventory items, and products reflect it",
  async (visitor, admin) => {
    const { inventoryItemsV3: api } = admin;
    const { items } = await api.queryInventoryItems()
      .eq("productId", guid("product", 7)).find();
    assertEquals(items.map(({ quantity }) => quantity), [3, 3]);
    const [{ _id = "", revision = "" } = {}] = items;
    const change = (quantity: number, revision: string | null) =>
      api.updateInventoryItem(_id ?? "", { quantity, revision }, {});
    const changed = await change(0, revision);
    assertEquals(changed.availabilityStatus, "OUT_OF_STOCK");
    await assertWixError(() => change(5, revision), 409);
    const { inventory } = await bySlug(visitor, "cast-iron-pan");
    assertEquals(inventory?.availabilityStatus, "PARTIALLY_OUT_OF_STOCK");
    const filter = { availabilityStatus: "OUT_OF_STOCK" as const };
    const { inventoryItems } = await api.searchInventoryItems({ filter });
    assertEquals(inventoryItems?.length, 3);
    assertEquals((await api.getInventoryItem(_id ?? "")).quantity, 0);
  },
);

test("categories form a tree, and have breadcrumbs and items", async ({ categories: api, productsV3: shop }) => {
  const { items } = await api.queryCategories({ treeReference: TREE })
    .exists("name", true).find();
  assertEquals(names(items).slice(0, 2), ["All Products", "Kitchen"]);
  const { categoryId } = await shop.getAllProductsCategory();
  assertEquals(items[0]?._id, categoryId);
  assertEquals(items[0]?.itemCounter, NAMES.length);
  const { category: bread } = await api.getCategoryBySlug(
    "bread-and-baking",
    TREE,
    { fields: ["BREADCRUMBS_INFO", "DESCRIPTION"] },
  );
  assertEquals(bread?.parentCategory?._id, KITCHEN);
  const [crumb] = bread?.breadcrumbsInfo?.breadcrumbs ?? [];
  assertEquals(crumb?.categorySlug, "kitchen");
  assertEquals(bread?.description, "Boards and books for bakers.");
  const first = await api.listItemsInCategory(KITCHEN, TREE, {
    includeItemsFromSubcategories: true,
    cursorPaging: { limit: 5 },
  });
  const cursor = first.pagingMetadata?.cursors?.next ?? "";
  const rest = await api.listItemsInCategory(KITCHEN, TREE, {
    cursorPaging: { cursor },
  });
  assertEquals([first.items?.length, rest.items?.length], [5, 2]);
  const item = { appId: STORES_APP_ID, catalogItemId: guid("product", 3) };
  const of = await api.listCategoriesForItem(item, { treeReference: TREE });
  assertEquals(of.directCategoryIds, [categoryId, BREAD]);
  assertEquals(of.allCategoryIds, [categoryId, BREAD, KITCHEN]);
  const { categories: found } = await api.searchCategories(
    { search: { expression: "linen" } },
    { treeReference: TREE },
  );
  assertEquals(names(found), ["Textiles"]);
});

function inCategory(name: string, id: string) {
  return { [`${name}.categories`]: { $matchItems: [{ _id: id }] } };
}

function byName() {
  return [{ fieldName: "name" as const, order: "ASC" as const }];
}
