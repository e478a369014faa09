import type { LineItem } from "../ecom/order.ts";
import { HOME_MARKET, price } from "../seed/money.ts";
import type { CatalogProduct, CatalogVariant } from "./catalog.ts";

/** Where product pages would be on a site that Wix hosts. */
export const SHOP_URL = "https://shop.demo.example/";

/** The id of the variant that a product without options has. */
const ONLY_VARIANT_ID = "00000000-0000-0000-0000-000000000000";

/** A product in the field names of the REST API, catalog V1. */
export type ProductView = ReturnType<typeof productView>;

/** `product` as the Stores API has it. */
export function productView(product: CatalogProduct) {
  const { id, number, weight, options, variants } = product;
  const amount = product.unitPrice / 100;
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
      trackInventory: product.stock !== null,
      ...(product.stock !== null && { quantity: quantityOf(product) }),
      inStock,
      inventoryStatus: inStock ? "IN_STOCK" : "OUT_OF_STOCK",
    },
    price: priceData,
    priceData,
    convertedPriceData: priceData,
    priceRange: range(amount),
    additionalInfoSections: [],
    ribbons: [],
    ribbon: "",
    brand: "",
    media: mediaOf(product),
    customTextFields: [],
    manageVariants: variants.length > 0,
    productOptions: options.map(({ name, type, choices }) => ({
      optionType: type,
      name,
      choices: choices.map(({ value, description }) => ({
        value,
        description,
        inStock,
        visible: true,
      })),
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

/** Whether a variant of `product` can be bought. */
export function isInStock({ stock }: CatalogProduct): boolean {
  return stock === null || stock > 0;
}

/** The path and origin of a product's page. */
export function pageUrl({ slug }: CatalogProduct) {
  return { base: SHOP_URL, path: `product-page/${slug}` };
}

function quantityOf({ stock, variants }: CatalogProduct): number {
  return (stock ?? 0) * Math.max(variants.length, 1);
}

function pricesOf({ unitPrice }: CatalogProduct) {
  const { currency } = HOME_MARKET;
  const { amount, formattedAmount } = price(unitPrice, currency);
  const number = Number(amount);
  return {
    currency,
    price: number,
    discountedPrice: number,
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

function mediaOf({ image }: CatalogProduct) {
  if (!image) return { items: [] };
  const item = mediaItem(image);
  return { mainMedia: item, items: [item] };
}

function mediaItem(image: NonNullable<LineItem["image"]>) {
  const { id, url, width, height, altText, filename } = image;
  const file = { url, width, height, altText };
  const small = `${url}/v1/fit/w_50,h_50,q_90/file.jpg`;
  return {
    id,
    title: filename,
    mediaType: "image",
    image: file,
    thumbnail: { ...file, url: small, width: 50, height: 50 },
  };
}
