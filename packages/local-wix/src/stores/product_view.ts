import { HOME_MARKET, price } from "../shop/money.ts";
import {
  type CatalogProduct,
  type CatalogVariant,
  isInStock,
  pageUrl,
  type ProductImage,
} from "./catalog.ts";

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
