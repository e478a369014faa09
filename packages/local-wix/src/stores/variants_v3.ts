import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { mainCategory } from "../categories/category.ts";
import { textsIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { refuseFields, validate } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { listPage, type ListRules } from "../query/list.ts";
import { HOME_MARKET } from "../shop/money.ts";
import type { CatalogProduct, CatalogVariant } from "./product.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import {
  choicesOf,
  inventoryStatus,
  mediaItem,
  variantPrice,
} from "./view_parts_v3.ts";
import {
  refuseMerchantData,
  visibleCategories,
  visibleProducts,
} from "./visible_products.ts";

/** Variants of products, to read. */
export const VARIANT_V3_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  EVERYONE,
  {
    "POST /stores/v3/products/query-variants": queryVariants,
    "POST /stores/v3/products/search-variants": searchVariants,
  },
);

const SIZES = { max: 1000, otherwise: 100 };

/** The SDK's `ReadOnlyVariantQuerySpec`, in the field names of the REST API. */
const QUERY_RULES: ListRules = {
  filter: comparable("id", "productData.productId", "variantId"),
  sort: ["id", "productData.productId", "variantId"],
  sizes: SIZES,
};

const SORTED = [
  "barcode",
  "inventoryStatus.inStock",
  "inventoryStatus.preorderEnabled",
  "price.actualPrice.amount",
  "price.compareAtPrice.amount",
  "productData.updatedDate",
  "productData.brand.id",
  "productData.handle",
  "productData.name",
  "productData.physicalProperties.fulfillerId",
  "productData.productId",
  "productData.productType",
  "productData.slug",
  "productData.visible",
  "productData.visibleInPos",
  "sku",
  "variantId",
  "visible",
];

const CHOICE_LISTS = {
  "optionChoices.optionChoiceIds.choiceId": ["$hasAll", "$hasSome"],
  "optionChoices.optionChoiceIds.optionId": ["$hasAll", "$hasSome"],
};

/** The SDK's `ReadOnlyVariantSearchSpec`. */
const SEARCH_RULES: ListRules = {
  filter: { ...comparable("id", ...SORTED), ...CHOICE_LISTS },
  sort: [...Object.keys(CHOICE_LISTS), ...SORTED],
  // So says the SDK's documentation of the call.
  defaultSort: [
    { fieldName: "productData.updatedDate", order: "DESC" },
    { fieldName: "productData.productId", order: "ASC" },
    { fieldName: "variantId", order: "ASC" },
  ],
  sizes: SIZES,
  searchable: { "productData.name": "productData.name", sku: "sku" },
  aggregatable: ["id", ...Object.keys(CHOICE_LISTS), ...SORTED],
};

const FIELDS = v.array(v.picklist([
  "CURRENCY",
  "MERCHANT_DATA",
  "SUBSCRIPTION_PRICES_INFO",
  "WEIGHT_MEASUREMENT_UNIT_INFO",
]));

async function queryVariants(call: Call): Promise<Response> {
  const { query, fields } = await readJson(call.request);
  const records = variantsFor(call, fields);
  const { items, pagingMetadata } = listPage(records, query, QUERY_RULES);
  return reply({ variants: items.map(({ view }) => view), pagingMetadata });
}

async function searchVariants(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  refuseFields(body, "locationIds");
  const { search, fields } = body;
  const records = variantsFor(call, fields);
  const { items, ...rest } = listPage(records, search, SEARCH_RULES);
  return reply({ variants: items.map(({ view }) => view), ...rest });
}

/** Variants with all that filters and sorts look at, and as replies have them. */
function variantsFor(call: Call, sent: unknown) {
  const fields = validate(FIELDS, textsIn(sent), "fields");
  if (fields.includes("MERCHANT_DATA")) refuseMerchantData(call);
  return visibleProducts(call).flatMap((product) =>
    product.variants.map((variant) => {
      const view = variantView(call, { product, variant, fields });
      const { lastUpdated: updatedDate } = product;
      return {
        ...view,
        productData: { ...view.productData, updatedDate },
        view,
      };
    })
  );
}

export function variantView(
  call: Call,
  { product, variant, fields }: {
    readonly product: CatalogProduct;
    readonly variant: CatalogVariant;
    readonly fields: readonly string[];
  },
) {
  const { slug, visible, image, kind, weight } = product;
  const main = mainCategory(product.id, visibleCategories(call));
  const unit = fields.includes("WEIGHT_MEASUREMENT_UNIT_INFO") &&
    { weightMeasurementUnitInfo: { weightMeasurementUnit: "KG" } as const };
  return {
    id: variant.id,
    variantId: variant.id,
    visible: true,
    sku: variant.sku,
    optionChoices: choicesOf(variant, product, true),
    price: variantPrice(variant, fields),
    ...(image && { media: mediaItem(image, false) }),
    inventoryStatus: inventoryStatus(variant, call.backend.store.catalog),
    ...(kind === "PHYSICAL" && { physicalProperties: { weight } }),
    productData: {
      productId: product.id,
      name: product.name,
      productType: kind === "PHYSICAL" ? "PHYSICAL" : "DIGITAL",
      slug,
      handle: slug,
      visible,
      visibleInPos: visible,
      revision: String(product.revision),
      ...(main && { mainCategoryId: main.id }),
      ...(fields.includes("CURRENCY") &&
        { currency: product.currency ?? HOME_MARKET.currency }),
      ...(kind === "PHYSICAL" && unit && { physicalProperties: unit }),
    },
  } as const;
}
