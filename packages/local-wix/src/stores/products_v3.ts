import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { textsIn } from "../http/json.ts";
import { readJson, readPayload, readQuery } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import { carriedObject, requiredText, validate } from "../http/validate.ts";
import { ELEVATED, EVERYONE, isElevated } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { countMatches, listPage, type ListRules } from "../query/list.ts";
import type { CatalogProduct } from "./product.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import {
  PRODUCT_FIELDS,
  type ProductField,
  productView,
} from "./product_view_v3.ts";
import {
  refuseMerchantData,
  visibleProducts,
  visibleShop,
} from "./visible_products.ts";

const PRODUCTS = "/stores/v3/products";

/** Products, catalog version 3. */
export const PRODUCT_V3_ROUTES: readonly Route[] = [
  ...allowWithCatalog("v3", EVERYONE, {
    [`GET ${PRODUCTS}/query`]: queryProducts,
    [`POST ${PRODUCTS}/query`]: queryProducts,
    [`GET ${PRODUCTS}/search`]: searchProducts,
    [`POST ${PRODUCTS}/search`]: searchProducts,
    [`GET ${PRODUCTS}/count`]: countProducts,
    [`POST ${PRODUCTS}/count`]: countProducts,
    [`GET ${PRODUCTS}/slug/{slug}`]: (call) =>
      getProduct(call, ({ slug }) => slug === call.params.slug),
    [`GET ${PRODUCTS}/{productId}`]: (call) =>
      getProduct(call, ({ id }) => id === call.params.productId),
    "GET /stores/v3/all-products-category": ({ backend }) =>
      reply({
        categoryId: backend.store.categories[0]?.id,
        treeReference: { appNamespace: "@wix/stores", treeKey: null },
      }),
  }),
  ...allowWithCatalog("v3", ELEVATED, {
    [`PATCH ${PRODUCTS}/{productId}`]: updateProduct,
  }),
];

/** The SDK's `V3ProductQuerySpec`, in the field names of the REST API. */
const QUERY_RULES: ListRules = {
  filter: {
    ...comparable(
      "id",
      "handle",
      "createdDate",
      "updatedDate",
      "slug",
      "visible",
    ),
    "options.id": ["$hasAll", "$hasSome"],
  },
  sort: ["createdDate", "updatedDate", "slug", "visible"],
  sizes: { max: 100, otherwise: 100 },
};

const LISTS = [
  "additionalRibbons.id",
  "additionalRibbons.name",
  "infoSections.id",
  "infoSections.uniqueName",
  "modifiers.id",
  "modifiers.choicesSettings.choices.choiceId",
  "modifiers.choicesSettings.choices.name",
  "modifiers.name",
  "options.id",
  "options.choicesSettings.choices.choiceId",
  "options.choicesSettings.choices.name",
  "options.name",
  "tags.privateTags.tagIds",
  "tags.publicTags.tagIds",
];

const UNSORTED = [
  "id",
  "brand.id",
  "brand.name",
  "handle",
  "importId",
  "inventory.availabilityStatus",
  "inventory.preorderAvailability",
  "inventory.preorderStatus",
  "physicalProperties.deliveryProfileId",
  "physicalProperties.fulfillerId",
  "productType",
  "ribbon.id",
  "ribbon.name",
  "slug",
  "subscriptionDetails.allowOneTimePurchases",
  "taxGroupId",
  "visible",
  "visibleInPos",
];

const SORTED = [
  "createdDate",
  "updatedDate",
  "actualPriceRange.maxValue.amount",
  "actualPriceRange.minValue.amount",
  "compareAtPriceRange.maxValue.amount",
  "compareAtPriceRange.minValue.amount",
  "minVariantPriceInfo.sku",
  "name",
  "physicalProperties.shippingWeightRange.maxValue",
  "physicalProperties.shippingWeightRange.minValue",
];

/** The SDK's `V3ProductSearchSpec`. */
const SEARCH_RULES: ListRules = {
  filter: {
    "allCategoriesInfo.categories": ["$matchItems"],
    "directCategoriesInfo.categories": ["$matchItems"],
    "variantsInfo.variants": ["$matchItems"],
    ...Object.fromEntries(LISTS.map((name) => [name, ["$hasAll", "$hasSome"]])),
    ...comparable(...UNSORTED, ...SORTED),
  },
  sort: SORTED,
  sizes: { max: 100, otherwise: 100 },
  searchable: {
    name: "name",
    description: "plainDescription",
    "directCategoryIdsInfo.categoryIds": "directCategoriesInfo.categories.id",
    "minVariantPriceInfo.sku": "minVariantPriceInfo.sku",
    "physicalProperties.deliveryProfileId":
      "physicalProperties.deliveryProfileId",
    "variantsInfo.variants.barcode": "variantsInfo.variants.barcode",
    "variantsInfo.variants.sku": "variantsInfo.variants.sku",
  },
  aggregatable: [
    ...LISTS,
    ...UNSORTED,
    ...SORTED,
    ...["allCategoriesInfo", "directCategoriesInfo"].flatMap((name) => [
      `${name}.categories.id`,
      `${name}.categories.index`,
    ]),
    "variantsInfo.variants.barcode",
    "variantsInfo.variants.choices.optionChoiceIds.choiceId",
    "variantsInfo.variants.choices.optionChoiceIds.optionId",
    "variantsInfo.variants.physicalProperties.weight",
    "variantsInfo.variants.price.actualPrice.amount",
    "variantsInfo.variants.price.compareAtPrice.amount",
    "variantsInfo.variants.sku",
    "variantsInfo.variants.visible",
  ],
};

async function queryProducts(call: Call): Promise<Response> {
  const { query, fields } = await readPayload(call.request);
  const { items, pagingMetadata } = listPage(
    recordsFor(call),
    query,
    QUERY_RULES,
  );
  return reply({ products: listed(call, items, fields), pagingMetadata });
}

async function searchProducts(call: Call): Promise<Response> {
  const { search, fields } = await readPayload(call.request);
  const { items, ...rest } = listPage(recordsFor(call), search, SEARCH_RULES);
  return reply({ products: listed(call, items, fields), ...rest });
}

async function countProducts(call: Call): Promise<Response> {
  const { returnNonVisibleProducts, ...sent } = await readPayload(call.request);
  if (returnNonVisibleProducts && !isElevated(call.identity)) {
    throw applicationError(
      403,
      "NO_PERMISSION_TO_INCLUDE_NOT_VISIBLE_PRODUCTS",
      "",
    );
  }
  return reply({ count: countMatches(recordsFor(call), sent, SEARCH_RULES) });
}

/**
 * UNDOCUMENTED: the code of a missing product, and what a visitor gets for a
 * hidden one. Here both are 404 PRODUCT_NOT_FOUND.
 */
function getProduct(
  call: Call,
  isWanted: (product: CatalogProduct) => boolean,
): Response {
  const fields = readFields(call, readQuery(call.url).fields);
  const product = visibleProducts(call).find(isWanted);
  if (!product) throw missing();
  return reply({
    product: productView(product, { ...visibleShop(call), fields }),
  });
}

function missing() {
  return notFound("PRODUCT_NOT_FOUND", "There is no such product");
}

const CHANGES = carriedObject({
  id: v.optional(v.string()),
  revision: requiredText,
  name: v.exactOptional(
    v.pipe(v.string(), v.nonEmpty(), v.maxLength(80)),
  ),
  visible: v.exactOptional(v.boolean()),
});

/**
 * Changes name and visibility, so that a product can go while it is in carts.
 *
 * UNDOCUMENTED: an outdated revision. Here it is 409 ABORTED.
 */
async function updateProduct(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const { catalog } = call.backend.store;
  const id = call.params.productId ?? "";
  const product = catalog.product(id);
  if (!product) throw missing();
  const { revision, name, visible } = validate(
    CHANGES,
    body.product,
    "product",
  );
  if (Number(revision) !== product.revision) {
    throw applicationError(409, "ABORTED", "The revision is outdated");
  }
  catalog.change(product, {
    ...(name !== undefined && { name }),
    ...(visible !== undefined && { visible }),
  }, call.backend.isoNow);
  const changed = catalog.product(id) ?? product;
  const fields = readFields(call, body.fields);
  return writeReply({
    product: productView(changed, { ...visibleShop(call), fields }),
  });
}

/** Products with all that a filter may look at. */
function recordsFor(call: Call) {
  const options = { ...visibleShop(call), fields: PRODUCT_FIELDS };
  return visibleProducts(call).map((product) => {
    const view = productView(product, options);
    const [{ sku }] = product.variants;
    return { ...view, product, minVariantPriceInfo: { sku } };
  });
}

function listed(
  call: Call,
  records: readonly { readonly product: CatalogProduct }[],
  sent: unknown,
) {
  const options = {
    ...visibleShop(call),
    fields: readFields(call, sent),
    isListed: true,
  };
  return records.map(({ product }) => productView(product, options));
}

function readFields(call: Call, sent: unknown): ProductField[] {
  const fields = validate(
    v.array(v.picklist(PRODUCT_FIELDS)),
    textsIn(sent),
    "fields",
  );
  if (fields.includes("MERCHANT_DATA")) refuseMerchantData(call);
  return fields;
}
