/** Catalog V3, row by row: every operator by declared type, sort, field and identity. */
import { assert } from "@std/assert";
import { categories } from "@wix/categories";
import {
  customizationsV3,
  inventoryItemsV3,
  productsV3,
  readOnlyVariantsV3,
} from "@wix/stores";
import { guid } from "../../src/mod.ts";
import { daysBefore } from "../../src/seed/people.ts";
import { at } from "../helpers/http.ts";
import type { Site } from "../helpers/site.ts";
import { cases, each, find, listed, type Loose, type Step } from "./rows.ts";

const modules = {
  categories,
  customizationsV3,
  inventoryItemsV3,
  productsV3,
  readOnlyVariantsV3,
};
const IDENTITIES: Readonly<Record<string, (site: Site) => Loose>> = {
  "a visitor": (site) => site.visitor(modules),
  "a member": (site) => site.member(modules),
  "an app": (site) => site.app(modules),
};
const visitor = (site: Site): Loose => site.visitor(modules);
const app = (site: Site): Loose => site.app(modules);
const product = (number: number) => guid("product", number);
const UNKNOWN = guid("product", 0xffff);
const KITCHEN = guid("category", 2);
const BREAD = guid("category", 3);
const HIDDEN_CATEGORY = guid("category", 6);
const LAMP = product(13);
const SPRING = "next-spring";
const TREE = { appNamespace: "@wix/stores" };
const MIN = "actualPriceRange.minValue.amount";
const MAX = "actualPriceRange.maxValue.amount";
const WEIGHT = "physicalProperties.shippingWeightRange.minValue";
const CHOICES = "options.choicesSettings.choices.name";
const BY_NAME = [{ fieldName: "name", order: "ASC" }];
const inCategory = (list: string, id: string) => ({
  [`${list}CategoriesInfo.categories`]: { $matchItems: [{ _id: id }] },
});

const ofLamp = (query: Loose, field: string) =>
  find(query, [["eq", field, LAMP]]);
const search = async (site: Site, search: object) =>
  (await visitor(site).productsV3.searchProducts(search, {})).products;
const buckets = [{ to: 10 }, { from: 10, to: 50 }, { from: 50 }];

// deno-fmt-ignore -- a table
each([
  [{ name: "Gift card" }, "gift-card"],
  [{ name: { $eq: "gift card" } }, ""],
  [{ name: { $ne: "Gift card" } }, 11],
  [{ name: { $gt: "Paring knife" } }, "preserving-jar tea-towels-set-of-3 willow-basket"],
  [{ name: { $gte: "Tea towels, set of 3" } }, "tea-towels-set-of-3 willow-basket"],
  [{ name: { $lt: "Cast-iron pan" } }, "bread-book-pdf"],
  [{ name: { $lte: "Cast-iron pan" } }, "bread-book-pdf cast-iron-pan"],
  [{ name: { $in: ["Oil lamp", "Gift card"] } }, "gift-card"],
  [{ name: { $nin: ["Enamel mug", "Gift card"] } }, 10],
  [{ name: { $startsWith: "Pa" } }, "paring-knife"],
  [{ "ribbon.name": { $exists: true } }, "enamel-mug tea-towels-set-of-3"],
  [{ "ribbon.name": { $exists: false } }, 10],
  [{ "brand.name": "Juniper & Sons" }, "enamel-mug juniper-candle"],
  [{ slug: { $in: ["enamel-mug", "oil-lamp", "x"] } }, "enamel-mug"],
  [{ _id: { $in: [product(4), product(1), UNKNOWN] } }, "enamel-mug juniper-candle"],
  [{ [MIN]: "9.9" }, "olive-wood-spoon"],
  [{ [MIN]: { $ne: "9.900" } }, 11],
  [{ [MIN]: { $gt: "44" } }, "cast-iron-pan gift-card oak-bread-board"],
  [{ [MIN]: { $gte: "44" } }, "cast-iron-pan gift-card oak-bread-board willow-basket"],
  [{ [MIN]: { $lt: "10" } }, "olive-wood-spoon preserving-jar"],
  [{ [MIN]: { $lte: "5.75" } }, "preserving-jar"],
  [{ [MIN]: { $in: ["12", "19.000"] } }, "bread-book-pdf juniper-candle"],
  [{ [MAX]: { $gte: "65" } }, "cast-iron-pan oak-bread-board"],
  [{ "compareAtPriceRange.minValue.amount": { $gt: "0" } }, "tea-towels-set-of-3"],
  [{ _createdDate: { $lt: new Date(daysBefore(597)) } }, "enamel-mug linen-apron"],
  [{ _createdDate: { $lte: new Date(daysBefore(598)) } }, "enamel-mug linen-apron"],
  [{ _createdDate: { $gt: new Date(daysBefore(589)) } }, "willow-basket"],
  [{ _createdDate: { $gte: new Date(daysBefore(589)) } }, "bread-book-pdf willow-basket"],
  [{ _createdDate: daysBefore(599).replace("09:30:00.000Z", "11:30:00+02:00") }, "enamel-mug"],
  [{ _updatedDate: { $gt: new Date(daysBefore(79)) } }, "willow-basket"],
  [{ [WEIGHT]: { $gt: 0.9 } }, "cast-iron-pan oak-bread-board"],
  [{ [WEIGHT]: { $lte: 0.15 } }, "olive-wood-spoon paring-knife"],
  [{ visible: true }, 12],
  [{ visible: { $ne: true } }, ""],
  [{ productType: "DIGITAL" }, "bread-book-pdf gift-card"],
  [{ "inventory.availabilityStatus": "OUT_OF_STOCK" }, "willow-basket"],
  [{ "options.name": { $hasSome: ["Color", "Wood"] } }, "enamel-mug linen-apron oak-bread-board tea-towels-set-of-3"],
  [{ "options.name": { $hasAll: ["Color", "Size"] } }, "linen-apron"],
  [{ [CHOICES]: { $hasSome: ["Oat"] } }, "linen-apron"],
  [{ [CHOICES]: { $hasAll: ["Moss", "Clay"] } }, "enamel-mug"],
  [{ "modifiers.name": { $hasSome: ["Greeting"] } }, "gift-card"],
  [{ "infoSections.uniqueName": { $hasSome: ["care"] } }, "enamel-mug oak-bread-board"],
  [{ "variantsInfo.variants": { $matchItems: [{ sku: "PAN-2" }] } }, "cast-iron-pan"],
  [{ "minVariantPriceInfo.sku": "JAR-2" }, "preserving-jar"],
  [inCategory("all", KITCHEN), 7],
  [inCategory("direct", KITCHEN), "cast-iron-pan enamel-mug olive-wood-spoon paring-knife preserving-jar"],
  [inCategory("direct", BREAD), "bread-book-pdf oak-bread-board preserving-jar"],
  [{ $and: [{ [MIN]: { $gt: "9" } }, { [MIN]: { $lt: "14" } }] }, "bread-book-pdf olive-wood-spoon"],
  [{ $or: [{ slug: "gift-card" }, { [MIN]: { $gt: "80" } }] }, "cast-iron-pan gift-card"],
  [{ $not: { productType: "PHYSICAL" } }, "bread-book-pdf gift-card"],
], "searchProducts() by $0 finds $1", (site, filter) =>
  search(site, { filter, sort: BY_NAME }));

// deno-fmt-ignore -- a table
each([
  ["name", "ASC", "cast-iron-pan enamel-mug"],
  ["name", "DESC", "willow-basket tea-towels-set-of-3"],
  ["_createdDate", "ASC", "enamel-mug linen-apron"],
  ["_createdDate", "DESC", "willow-basket preserving-jar"],
  ["_updatedDate", "ASC", "enamel-mug linen-apron"],
  ["_updatedDate", "DESC", "willow-basket preserving-jar"],
  [MIN, "ASC", "preserving-jar olive-wood-spoon"],
  [MIN, "DESC", "cast-iron-pan oak-bread-board"],
  [MAX, "ASC", "preserving-jar olive-wood-spoon"],
  [MAX, "DESC", "cast-iron-pan oak-bread-board"],
  [WEIGHT, "ASC", "olive-wood-spoon paring-knife"],
  [WEIGHT, "DESC", "cast-iron-pan oak-bread-board"],
  ["minVariantPriceInfo.sku", "ASC", "linen-apron oak-bread-board"],
  ["minVariantPriceInfo.sku", "DESC", "tea-towels-set-of-3 olive-wood-spoon"],
], "searchProducts() sorts goods by $0 $1: $2", (site, fieldName, order) =>
  search(site, { filter: { productType: "PHYSICAL" }, sort: [{ fieldName, order }], cursorPaging: { limit: 2 } }));

// deno-fmt-ignore -- a table
each([
  ["URL", "url", [], true],
  ["CURRENCY", "currency", [], true],
  ["CURRENCY", "actualPriceRange.minValue.formattedAmount", [], true],
  ["INFO_SECTION", "infoSections", [], true],
  ["INFO_SECTION_DESCRIPTION", "infoSections.0.description", ["INFO_SECTION"], true],
  ["INFO_SECTION_PLAIN_DESCRIPTION", "infoSections.0.plainDescription", ["INFO_SECTION"], true],
  ["DESCRIPTION", "description", [], true],
  ["PLAIN_DESCRIPTION", "plainDescription", [], true],
  ["THUMBNAIL", "media.main.thumbnail", [], true],
  ["MEDIA_ITEMS_INFO", "media.itemsInfo", [], true],
  ["BREADCRUMBS_INFO", "breadcrumbsInfo", [], true],
  ["DIRECT_CATEGORIES_INFO", "directCategoriesInfo", [], true],
  ["ALL_CATEGORIES_INFO", "allCategoriesInfo", [], true],
  ["VARIANT_OPTION_CHOICE_NAMES", "variantsInfo.variants.0.choices.0.optionChoiceNames", [], true],
  ["WEIGHT_MEASUREMENT_UNIT_INFO", "physicalProperties.weightMeasurementUnitInfo", [], true],
], "a product has $1 with the field $0, and not without", async (site, field, path, fields) => {
  const { productsV3: api } = visitor(site);
  assert(at(await api.getProduct(product(1), { fields }), path) === undefined);
  return at(await api.getProduct(product(1), { fields: [field, ...fields] }), path) !== undefined;
});

// deno-fmt-ignore -- a table
each([
  [[["eq", "slug", "gift-card"]], "gift-card"],
  [[["gt", "slug", "tea-towels-set-of-3"]], "willow-basket"],
  [[["lt", "slug", "cast-iron-pan"]], "bread-book-pdf"],
  [[["le", "slug", "cast-iron-pan"], ["ascending", "slug"]], "bread-book-pdf cast-iron-pan"],
  [[["in", "_id", [product(1), product(4), product(13)]]], "enamel-mug juniper-candle"],
  [[["startsWith", "slug", "pa"]], "paring-knife"],
  [[["eq", "visible", false]], ""],
  [[["hasSome", "options._id", [guid("option", 2), UNKNOWN]]], "linen-apron"],
  [[["lt", "_createdDate", new Date(daysBefore(598))]], "enamel-mug"],
  [[["ge", "_updatedDate", new Date(daysBefore(78))]], "willow-basket"],
  [[["ascending", "slug"], ["limit", 2]], "bread-book-pdf cast-iron-pan"],
  [[["descending", "slug"], ["limit", 2]], "willow-basket tea-towels-set-of-3"],
], "queryProducts() with $0 finds $1", (site, steps) =>
  find(visitor(site).productsV3.queryProducts(), steps));

// deno-fmt-ignore -- a table
each([
  ["an undeclared field", { filter: { price: 1 } }, "400 filter"],
  ["$hasSome for a category", { filter: { "allCategoriesInfo.categories": { $hasSome: ["x"] } } }, "400 filter"],
  ["$contains", { filter: { name: { $contains: "mug" } } }, "400 filter"],
  ["two operators on one field", { filter: { [MIN]: { $gt: 1, $lt: 2 } } }, "400 filter"],
  ["an unknown logical operator", { filter: { $nor: [{ slug: "x" }] } }, "400 filter"],
  ["$in without a list", { filter: { slug: { $in: "x" } } }, "400 filter"],
  ["a sort by slug", { sort: [{ fieldName: "slug" }] }, "400 sort"],
  ["paging by offset", { paging: { limit: 1 } }, "400 search.paging"],
  ["a page of 101", { cursorPaging: { limit: 101 } }, "400 search.cursorPaging.limit"],
  ["a page of none", { cursorPaging: { limit: 0 } }, "400 search.cursorPaging.limit"],
  ["a made-up cursor", { cursorPaging: { cursor: "next" } }, "400 cursorPaging.cursor"],
  ["101 characters of text", { search: { expression: "x".repeat(101) } }, "400 search.search.expression"],
  ["a search in an undeclared field", { search: { expression: "x", fields: ["ribbon.name"] } }, "400 search.search.fields"],
  ["an aggregation of an undeclared field", { aggregations: [{ name: "a", type: "VALUE", fieldPath: "price" }] }, "400 aggregations"],
  ["eleven aggregations", { aggregations: Array(11).fill({ name: "a", type: "VALUE", fieldPath: "slug" }) }, "400 search.aggregations"],
  ["a nested aggregation", { aggregations: [{ name: "a", type: "NESTED", fieldPath: "slug" }] }, "501 NOT_IMPLEMENTED_LOCALLY"],
], "searchProducts() refuses $0: $2", (site, _, sent) => search(site, sent));

// deno-fmt-ignore -- a table
each([
  ["VALUE", "productType", {}, "PHYSICAL=10 DIGITAL=2"],
  ["VALUE", "productType", { sortDirection: "ASC" }, "DIGITAL=2 PHYSICAL=10"],
  ["VALUE", "ribbon.name", { sortType: "VALUE", sortDirection: "ASC" }, "Bestseller=1 Sale=1"],
  ["VALUE", "ribbon.name", { missingValues: "INCLUDE", includeOptions: { addToBucket: "none" }, limit: 1 }, "none=10"],
  ["VALUE", "options.name", { limit: 1 }, "Color=3"],
  ["RANGE", MIN, { buckets }, "2 7 3"],
  ["SCALAR", MIN, { type: "MIN" }, "5.75"],
  ["SCALAR", MAX, { type: "MAX" }, "89"],
  ["SCALAR", "options.name", { type: "COUNT_DISTINCT" }, "7"],
], "searchProducts() aggregates $1 by $0 $2: $3", async (site, type, fieldPath, options) => {
  const aggregations = [{ name: "a", type, fieldPath, [type.toLowerCase()]: options }];
  const { aggregationData } = await visitor(site).productsV3.searchProducts({ aggregations, cursorPaging: { limit: 1 } }, {});
  const [{ values, ranges, scalar }] = aggregationData.results;
  const counts = values?.results ?? ranges?.results ?? [{ count: scalar?.value }];
  return counts.map(({ value, count }: Loose) => value ? `${value}=${count}` : count).join(" ");
});

for (const [who, connect] of Object.entries(IDENTITIES)) {
  const isApp = who === "an app";
  // deno-fmt-ignore -- a table
  each([
    ["getProduct()", ({ productsV3 }) => productsV3.getProduct(LAMP), "slug", isApp ? "oil-lamp" : "404 PRODUCT_NOT_FOUND"],
    ["getProductBySlug()", ({ productsV3 }) => productsV3.getProductBySlug("oil-lamp"), "product.slug", isApp ? "oil-lamp" : "404 PRODUCT_NOT_FOUND"],
    ["queryProducts()", ({ productsV3 }) => ofLamp(productsV3.queryProducts(), "_id"), "length", isApp ? 1 : 0],
    ["searchProducts()", ({ productsV3 }) => productsV3.searchProducts({ filter: { _id: LAMP } }, {}), "products.length", isApp ? 1 : 0],
    ["countProducts()", ({ productsV3 }) => productsV3.countProducts(), "count", isApp ? 13 : 12],
    ["queryVariants()", ({ readOnlyVariantsV3 }) => ofLamp(readOnlyVariantsV3.queryVariants(), "productData.productId"), "length", isApp ? 1 : 0],
    ["queryInventoryItems()", ({ inventoryItemsV3 }) => ofLamp(inventoryItemsV3.queryInventoryItems(), "productId"), "length", isApp ? 1 : 0],
    ["getInventoryItem()", ({ inventoryItemsV3 }) => inventoryItemsV3.getInventoryItem(guid("inventoryItem", 13)), "productId", isApp ? LAMP : "404 INVENTORY_ITEM_NOT_FOUND"],
    ["getCategory()", ({ categories }) => categories.getCategory(HIDDEN_CATEGORY, TREE), "slug", isApp ? SPRING : "404 CATEGORY_NOT_FOUND"],
    ["getCategoryBySlug()", ({ categories }) => categories.getCategoryBySlug(SPRING, TREE), "category.slug", isApp ? SPRING : "404 CATEGORY_NOT_FOUND"],
    ["listItemsInCategory()", ({ categories }) => categories.listItemsInCategory(HIDDEN_CATEGORY, TREE), "items.length", isApp ? 1 : "404 CATEGORY_NOT_FOUND"],
  ], `[assumed] $0 with what is not visible, for ${who}: $3`, async (site, _, run, path) => at(await run(await connect(site)), path));
}

const variants = async (site: Site, sent: object) => {
  const { readOnlyVariantsV3: api } = visitor(site);
  return listed((await api.searchVariants(sent, {})).variants, "sku");
};
const stock = async (site: Site, ...steps: Step[]) => {
  const query = visitor(site).inventoryItemsV3.queryInventoryItems();
  return listed(await find(query, steps), "product.variantSku");
};
const tree = async (site: Site, ...steps: Step[]) => {
  const all = visitor(site).categories.queryCategories({ treeReference: TREE });
  return listed(await find(all, steps));
};
const options = async (site: Site, ...steps: Step[]) => {
  const query = visitor(site).customizationsV3.queryCustomizations();
  return listed(await find(query, steps), "name");
};
const inKitchen = async (site: Site, sent: object) => {
  const { categories: api } = visitor(site);
  return (await api.listItemsInCategory(KITCHEN, TREE, sent)).items.length;
};
const change = (client: Loose, sent: object) =>
  client.inventoryItemsV3.updateInventoryItem(
    guid("inventoryItem", 7),
    sent,
    {},
  );

// deno-fmt-ignore -- a table
cases([
  ["queryProducts() has at most 100 products a page", (site) => visitor(site).productsV3.queryProducts().limit(101).find(), "400 cursorPaging.limit"],
  ["countProducts() counts what a filter finds", async (site) => (await visitor(site).productsV3.countProducts({ filter: { [MIN]: { $gt: "44" } } })).count, 3],
  ["[assumed] countProducts() counts what free text finds", async (site) => (await visitor(site).productsV3.countProducts({ search: { expression: "bread" } })).count, 2],
  ["[assumed] free text finds words by their beginnings", async (site) => listed((await visitor(site).productsV3.searchProducts({ search: { expression: "cand gif", fields: ["name"] }, sort: BY_NAME }, {})).products), "gift-card juniper-candle"],
  ["fuzzy free text is not carried: 501", (site) => visitor(site).productsV3.searchProducts({ search: { expression: "x", fuzzy: true } }, {}), "501 NOT_IMPLEMENTED_LOCALLY"],
  ["an unknown field of a product is refused", (site) => visitor(site).productsV3.getProduct(product(1), { fields: ["COST"] }), "400 fields[0]"],
  ["an app reads merchant data", async (site) => (await app(site).productsV3.getProduct(product(1), { fields: ["MERCHANT_DATA"] })).slug, "enamel-mug"],
  ["a visitor does not count what is not visible", (site) => visitor(site).productsV3.countProducts({ returnNonVisibleProducts: true }), "403 NO_PERMISSION_TO_INCLUDE_NOT_VISIBLE_PRODUCTS"],
  ["a member does not read merchant data", async (site) => (await site.member(modules)).productsV3.getProduct(product(1), { fields: ["MERCHANT_DATA"] }), "403 NO_PERMISSION_TO_READ_MERCHANT_DATA"],
  ["a visitor does not change a product", (site) => visitor(site).productsV3.updateProduct(product(1), { revision: "1", name: "Mine" }), "403 PERMISSION_DENIED"],
  ["a change of a product needs its revision", (site) => app(site).productsV3.updateProduct(product(1), { name: "Mug" }), "400 product.revision"],

  ["searchVariants() finds a beginning of an SKU", (site) => variants(site, { filter: { sku: { $startsWith: "JAR" } }, sort: [{ fieldName: "sku" }] }), "JAR-1 JAR-2"],
  ["searchVariants() compares prices by value", (site) => variants(site, { filter: { "price.actualPrice.amount": { $lt: "7.3" } }, sort: [{ fieldName: "sku" }] }), "JAR-1 JAR-2"],
  ["searchVariants() finds what is sold out", (site) => variants(site, { filter: { "inventoryStatus.inStock": false }, sort: [{ fieldName: "sku" }] }), "BSK-1 BSK-2"],
  ["searchVariants() finds a choice", (site) => variants(site, { filter: { "optionChoices.optionChoiceIds.choiceId": { $hasSome: [guid("choice", 2)] } } }), "MUG-2"],
  ["searchVariants() begins with the product that was changed last", (site) => variants(site, { cursorPaging: { limit: 3 } }), "BSK-1 BSK-2 PDF"],
  ["searchVariants() finds those of recently changed products", (site) => variants(site, { filter: { "productData._updatedDate": { $gte: daysBefore(79) } } }), "BSK-1 BSK-2 PDF"],
  ["searchVariants() sorts by price, cheapest first", (site) => variants(site, { sort: [{ fieldName: "price.actualPrice.amount" }], cursorPaging: { limit: 3 } }), "JAR-2 JAR-1 SPN"],
  ["[assumed] searchVariants() looks for free text in names", (site) => variants(site, { search: { expression: "basket" }, sort: [{ fieldName: "sku" }] }), "BSK-1 BSK-2"],
  ["searchVariants() refuses an undeclared field", (site) => variants(site, { filter: { color: "red" } }), "400 filter"],
  ["queryVariants() finds those of several products", async (site) => (await visitor(site).readOnlyVariantsV3.queryVariants().in("productData.productId", [product(3), product(4)]).find()).items.length, 3],
  ["queryVariants() has pages of up to 1,000", async (site) => (await visitor(site).readOnlyVariantsV3.queryVariants().limit(1000).find()).items.length, 23],
  ["queryVariants() refuses a page of 1,001", (site) => visitor(site).readOnlyVariantsV3.queryVariants().limit(1001).find(), "400 cursorPaging.limit"],

  ["inventory is found by quantity", (site) => stock(site, ["gt", "quantity", 0]), "PAN-1 PAN-2"],
  ["inventory is found by availability", (site) => stock(site, ["eq", "availabilityStatus", "OUT_OF_STOCK"]), "BSK-1 BSK-2"],
  ["inventory without a count has whether it is in stock, not how much", (site) => stock(site, ["eq", "trackQuantity", true], ["ascending", "product.variantSku"]), "BSK-1 BSK-2 PAN-1 PAN-2"],
  ["[assumed] inventory is found by free text", async (site) => listed((await visitor(site).inventoryItemsV3.searchInventoryItems({ search: { expression: "30", fields: ["product.variantName"] } })).inventoryItems, "product.variantSku"), "PAN-2"],
  ["inventory is changed to a quantity", async (site) => (await change(app(site), { revision: "1", quantity: 8 })).quantity, 8],
  ["inventory is changed to sold out, without a count", async (site) => { const { trackQuantity, availabilityStatus } = await change(app(site), { revision: "1", inStock: false }); return [trackQuantity, availabilityStatus]; }, [false, "OUT_OF_STOCK"]],
  ["[assumed] an outdated change of inventory is refused", (site) => change(app(site), { revision: "0", quantity: 8 }), "409 ABORTED"],
  ["a quantity has at most five digits", (site) => change(app(site), { revision: "1", quantity: 100_000 }), "400 inventoryItem.quantity"],
  ["a member does not change inventory", async (site) => change(await site.member(modules), { revision: "1", quantity: 8 }), "403 PERMISSION_DENIED"],
  ["[assumed] unknown inventory is not found", (site) => app(site).inventoryItemsV3.getInventoryItem(UNKNOWN), "404 INVENTORY_ITEM_NOT_FOUND"],

  ["categories are found by slug", (site) => tree(site, ["eq", "slug", "gifts"]), "gifts"],
  ["categories are found by several ids", (site) => tree(site, ["in", "_id", [KITCHEN, HIDDEN_CATEGORY]]), "kitchen"],
  ["categories are found by the one above", (site) => tree(site, ["eq", "parentCategory._id", KITCHEN]), "bread-and-baking"],
  ["categories at the top have none above", (site) => tree(site, ["exists", "parentCategory._id", false], ["ascending", "name"]), "all-products gifts kitchen textiles"],
  ["categories are sorted by name, last first", (site) => tree(site, ["exists", "name", true], ["descending", "name"], ["limit", 2]), "textiles kitchen"],
  ["categories are counted", async (site) => (await visitor(site).categories.countCategories({ treeReference: TREE, filter: { name: { $exists: true } } })).count, 5],
  ["visitors can't read hidden categories, even on request", (site) => visitor(site).categories.searchCategories({}, { treeReference: TREE, returnNonVisibleCategories: true }), "403 PERMISSION_DENIED"],
  ["[assumed] a visitor's query of categories needs a filter", (site) => tree(site), "400 INVALID_FILTER"],
  ["[assumed] an unknown category is not found", (site) => visitor(site).categories.getCategory(UNKNOWN, TREE), "404 CATEGORY_NOT_FOUND"],
  ["a count of categories of another tree is refused", (site) => visitor(site).categories.countCategories({ treeReference: { appNamespace: "@wix/other" } }), "400 treeReference.appNamespace"],
  ["a category lists its own items", (site) => inKitchen(site, {}), 5],
  ["a category lists those of the ones below", (site) => inKitchen(site, { includeItemsFromSubcategories: true }), 7],

  ["options are told from modifiers", (site) => options(site, ["eq", "customizationType", "MODIFIER"], ["ascending", "name"]), "Greeting Wrapping"],
  ["[assumed] an unknown option is not found", (site) => visitor(site).customizationsV3.getCustomization(UNKNOWN), "404 CUSTOMIZATION_NOT_FOUND"],
]);

for (
  const [catalog, refused] of [
    ["v1", "428 CATALOG_V1_SITE_CALLING_CATALOG_V3_API"],
    ["provisioning", "428 CATALOG_V3_SITE_PROVISIONING"],
  ] as const
) {
  // deno-fmt-ignore -- a table
  each([
    ["queryProducts()", ({ productsV3 }) => productsV3.queryProducts().find(), refused],
    ["searchProducts()", ({ productsV3 }) => productsV3.searchProducts({}, {}), refused],
    ["getProduct()", ({ productsV3 }) => productsV3.getProduct(product(1)), refused],
    ["queryVariants()", ({ readOnlyVariantsV3 }) => readOnlyVariantsV3.queryVariants().find(), refused],
    ["queryInventoryItems()", ({ inventoryItemsV3 }) => inventoryItemsV3.queryInventoryItems().find(), refused],
    ["getCategory()", ({ categories }) => categories.getCategory(KITCHEN, TREE), refused],
  ], `$0 with the catalog ${catalog}: $2`, (site, _, run) => {
    if (site.wix) site.wix.controls.catalog = catalog;
    return run(visitor(site));
  });
}
