import { allow, type Call, type Route } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { readPayload } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { objectIn } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { offsetPage } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { HOME_MARKET, price } from "../shop/money.ts";
import {
  type CatalogProduct,
  type CatalogVariant,
  isInStock,
  pageUrl,
  type ProductImage,
} from "./catalog.ts";

const READER = "/stores-reader/v1/products";

/** The catalog, version 1. */
export const STORES_ROUTES: readonly Route[] = allow(EVERYONE, {
  [`GET ${READER}/query-platformized`]: queryProducts,
  [`POST ${READER}/query-platformized`]: queryProducts,
  [`GET ${READER}/{id}`]: getProduct,
  "GET /stores/v3/provision/version": () =>
    reply({ catalogVersion: "V1_CATALOG" }),
});

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
async function queryProducts({ request, backend }: Call): Promise<Response> {
  const query = objectIn((await readPayload(request)).query, "query");
  const matches = compileFilter(query.filter, FILTER_FIELDS);
  const steps = readSort(query.sort, SORT_RULES).map((step) =>
    step.fieldName === "price"
      ? { ...step, fieldName: "priceData.price" }
      : step
  );
  const found = backend.store.catalog.products.map(productView).filter(matches);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const { items, metadata } = offsetPage(sorted, query.paging, PAGE_SIZES);
  return reply({ products: items, metadata });
}

/** UNDOCUMENTED: the code of a missing product. Here PRODUCT_NOT_FOUND. */
function getProduct({ backend, params }: Call): Response {
  const product = backend.store.catalog.product(params.id ?? "");
  if (product) return reply({ product: productView(product) });
  throw notFound("PRODUCT_NOT_FOUND", "There is no such product");
}

/** The id of the variant that a product without options has. */
const ONLY_VARIANT_ID = "00000000-0000-0000-0000-000000000000";

/** `product` as the Stores API, catalog V1, has it. */
export function productView(product: CatalogProduct) {
  const { id, number, weight, stock, image, options, variants } = product;
  const priceData = pricesOf(product);
  const inStock = isInStock(product);
  const range = (value: number) => ({ minValue: value, maxValue: value });
  return {
    id,
    name: product.name,
    slug: product.slug,
    visible: true,
    productType: product.kind === "PHYSICAL" ? "physical" : "digital",
    description: `<p>${product.description}</p>`,
    sku: product.sku,
    weight,
    weightRange: range(weight),
    stock: {
      trackInventory: stock !== null,
      ...(stock !== null && {
        quantity: stock * Math.max(variants.length, 1),
      }),
      inStock,
      inventoryStatus: inStock ? "IN_STOCK" : "OUT_OF_STOCK",
    },
    price: priceData,
    priceData,
    convertedPriceData: priceData,
    priceRange: range(product.unitPrice / 100),
    additionalInfoSections: [],
    ribbons: [],
    ribbon: "",
    brand: "",
    media: image
      ? { mainMedia: mediaItem(image), items: [mediaItem(image)] }
      : { items: [] },
    customTextFields: [],
    manageVariants: variants.length > 0,
    productOptions: options.map(({ name, type, choices }) => ({
      optionType: type,
      name,
      choices: choices.map((choice) => ({ ...choice, inStock, visible: true })),
    })),
    productPageUrl: pageUrl(product),
    numericId: String(1_000_000 + number),
    inventoryItemId: id,
    discount: { type: "NONE", value: 0 },
    collectionIds: ["00000000-000000-000000-000000000001"],
    variants: variants.length > 0
      ? variants.map((variant) => variantView(product, variant))
      : [variantView(product, { id: ONLY_VARIANT_ID, sku: "", choices: {} })],
    lastUpdated: product.lastUpdated,
    createdDate: product.createdDate,
  };
}

function pricesOf({ unitPrice }: CatalogProduct) {
  const { currency } = HOME_MARKET;
  const { amount, formattedAmount } = price(unitPrice, currency);
  return {
    currency,
    price: Number(amount),
    discountedPrice: Number(amount),
    formatted: { price: formattedAmount, discountedPrice: formattedAmount },
  };
}

function variantView(
  product: CatalogProduct,
  { id, choices, sku }: Pick<CatalogVariant, "id" | "choices" | "sku">,
) {
  const { stock, weight } = product;
  const priceData = pricesOf(product);
  return {
    id,
    choices,
    variant: {
      priceData,
      convertedPriceData: priceData,
      weight,
      sku: sku || product.sku,
      visible: true,
    },
    stock: {
      trackQuantity: stock !== null,
      ...(stock !== null && { quantity: stock }),
      inStock: isInStock(product),
    },
  };
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
