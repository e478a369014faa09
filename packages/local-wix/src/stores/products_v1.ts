import type { Call, Route } from "../call.ts";
import { type Category, directCategories } from "../categories/category.ts";
import { notFound, unsupportedField } from "../http/errors.ts";
import { isTrue } from "../http/json.ts";
import { readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { partsIn } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { offsetPage } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { HOME_MARKET, price } from "../shop/money.ts";
import type { Catalog } from "./catalog.ts";
import {
  type CatalogProduct,
  type CatalogVariant,
  pageUrl,
  type ProductImage,
} from "./product.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import { visibleCategories, visibleProducts } from "./visible_products.ts";

const READER = "/stores-reader/v1/products";

/** Products, catalog version 1. */
export const PRODUCT_V1_ROUTES: readonly Route[] = allowWithCatalog(
  "v1",
  EVERYONE,
  {
    [`GET ${READER}/query-platformized`]: queryProducts,
    [`POST ${READER}/query-platformized`]: queryProducts,
    [`GET ${READER}/{id}`]: getProduct,
  },
);

const FILTER_FIELDS: FilterFields = {
  id: "*",
  name: "*",
  slug: "*",
  productType: "*",
  description: "*",
  sku: "*",
  "priceData.price": "*",
  numericId: "*",
  collectionIds: ["$hasSome", "$hasAll", "$exists"],
  lastUpdated: "*",
  createdDate: "*",
};

const SORT_RULES = {
  max: 4,
  fields: [
    "id",
    "name",
    "slug",
    "productType",
    "sku",
    "price",
    "priceData.price",
    "numericId",
    "lastUpdated",
  ],
};

const PAGE_SIZES = { max: 100, otherwise: 50 };

/**
 * UNDOCUMENTED: the order of products without a sort. Here as they were
 * created.
 */
async function queryProducts(call: Call): Promise<Response> {
  const query = partsIn((await readPayload(call.request)).query, "query", [
    "filter",
    "sort",
    "paging",
  ]);
  const matches = compileFilter(query.filter, FILTER_FIELDS);
  const steps = readSort(query.sort, SORT_RULES).map((step) =>
    step.fieldName === "price"
      ? { ...step, fieldName: "priceData.price" }
      : step
  );
  const found = visibleProducts(call)
    .map((product) => productView(call, product)).filter(matches);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const { items, metadata } = offsetPage(sorted, query.paging, PAGE_SIZES);
  return reply({ products: items, metadata });
}

/** UNDOCUMENTED: the code of a missing product. Here PRODUCT_NOT_FOUND. */
function getProduct(call: Call): Response {
  const { id } = call.params;
  if (isTrue(readQuery(call.url).includeMerchantSpecificData)) {
    throw unsupportedField("includeMerchantSpecificData");
  }
  const product = visibleProducts(call).find((product) => product.id === id);
  if (product) return reply({ product: productView(call, product) });
  throw notFound("PRODUCT_NOT_FOUND", "Product not found");
}

/** The id of the variant that a product without options has. */
const ONLY_VARIANT_ID = "00000000-0000-0000-0000-000000000000";

/** `product` as the Stores API, catalog V1, has it. */
function productView(call: Call, product: CatalogProduct) {
  const { catalog } = call.backend.store;
  const { id, number, weight, images, options, variants } = product;
  const priceData = pricesOf(variants[0]);
  const inStock = catalog.isInStock(variants);
  const levels = variants.map((variant) => catalog.level(variant));
  const trackInventory = levels.some(({ trackQuantity }) => trackQuantity);
  const range = (value: number) => ({ minValue: value, maxValue: value });
  return {
    id,
    name: product.name,
    slug: product.slug,
    visible: product.visible,
    productType: product.kind === "PHYSICAL" ? "physical" : "digital",
    description: `<p>${product.description}</p>`,
    sku: product.sku,
    weight,
    weightRange: range(weight),
    stock: {
      trackInventory,
      ...(trackInventory && {
        quantity: levels.reduce((sum, { quantity }) => sum + quantity, 0),
      }),
      inStock,
      inventoryStatus: inStock ? "IN_STOCK" : "OUT_OF_STOCK",
    },
    price: priceData,
    priceData,
    convertedPriceData: priceData,
    priceRange: {
      minValue: Math.min(...variants.map(({ unitPrice }) => unitPrice)) / 100,
      maxValue: Math.max(...variants.map(({ unitPrice }) => unitPrice)) / 100,
    },
    additionalInfoSections: product.infoSections.map(({ title, text }) => ({
      title,
      description: text,
    })),
    ribbons: [],
    ribbon: product.ribbon?.name ?? "",
    brand: product.brand?.name ?? "",
    media: mediaView(images),
    customTextFields: [],
    manageVariants: options.length > 0,
    productOptions: options.map(({ name, type, choices }) => ({
      optionType: type,
      name,
      choices: choices.map(({ description, value }) => ({
        description,
        value,
        inStock,
        visible: true,
      })),
    })),
    productPageUrl: pageUrl(product),
    numericId: String(1_000_000 + number),
    inventoryItemId: id,
    discount: { type: "NONE", value: 0 },
    collectionIds: directCategories(id, visibleCategories(call))
      .map((category) => collectionId(call, category)),
    variants: variants.map((variant) => ({
      ...variantView(product, variant, catalog),
      ...(options.length === 0 && { id: ONLY_VARIANT_ID }),
    })),
    lastUpdated: product.lastUpdated,
    createdDate: product.createdDate,
  };
}

function pricesOf(
  {
    unitPrice,
    compareAtPrice = unitPrice,
    currency = HOME_MARKET.currency,
  }: CatalogVariant,
) {
  const before = price(compareAtPrice, currency);
  const now = price(unitPrice, currency);
  return {
    currency,
    price: Number(before.amount),
    discountedPrice: Number(now.amount),
    formatted: {
      price: before.formattedAmount,
      discountedPrice: now.formattedAmount,
    },
  };
}

function variantView(
  { weight }: CatalogProduct,
  variant: CatalogVariant,
  catalog: Catalog,
) {
  const { id, choices, sku } = variant;
  const { trackQuantity, quantity, inStock } = catalog.level(variant);
  const priceData = pricesOf(variant);
  return {
    id,
    choices,
    variant: {
      priceData,
      convertedPriceData: priceData,
      weight,
      sku,
      visible: true,
    },
    stock: { trackQuantity, ...(trackQuantity && { quantity }), inStock },
  };
}

/** Every site has the same id for the collection of all products. */
export function collectionId({ backend }: Call, category: Category): string {
  return category.id === backend.store.categories[0]?.id
    ? "00000000-000000-000000-000000000001"
    : category.id;
}

/** The pictures of a product or collection; the first is the main one. */
export function mediaView(images: readonly ProductImage[]) {
  const items = images.map(mediaItem);
  return { ...(items[0] && { mainMedia: items[0] }), items };
}

function mediaItem(
  { id, url, width, height, altText, filename }: ProductImage,
) {
  const image = { url, width, height, altText };
  const small = `${url}/v1/fit/w_50,h_50,q_90/file.jpg`;
  return {
    id,
    title: filename,
    mediaType: "image",
    image,
    thumbnail: { ...image, url: small, width: 50, height: 50 },
  };
}
