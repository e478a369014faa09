/**
 * What the views of products, variants and customizations share.
 *
 * @module
 */
import { decimal, HOME_MARKET, price } from "../shop/money.ts";
import type { Catalog } from "./catalog.ts";
import type {
  CatalogProduct,
  CatalogVariant,
  Modifier,
  ProductImage,
  ProductOption,
} from "./product.ts";

/** What a variant is a combination of. */
export function choicesOf(
  { choices }: CatalogVariant,
  { options }: CatalogProduct,
  withNames: boolean,
) {
  return options.flatMap((option) => {
    const choice = option.choices.find(({ description }) =>
      description === choices[option.name]
    );
    if (!choice) return [];
    return [{
      optionChoiceIds: { optionId: option.id, choiceId: choice.id },
      ...(withNames && {
        optionChoiceNames: {
          optionName: option.name,
          choiceName: choice.description,
          renderType: renderType(option.type),
        },
      }),
    }];
  });
}

/** What a variant costs, and cost before. */
export function variantPrice(
  { unitPrice, compareAtPrice, currency }: CatalogVariant,
  fields: readonly string[],
) {
  return {
    actualPrice: money(unitPrice, fields, currency),
    ...(compareAtPrice !== undefined &&
      { compareAtPrice: money(compareAtPrice, fields, currency) }),
  };
}

/** Whether a variant can be bought. */
export function inventoryStatus(variant: CatalogVariant, catalog: Catalog) {
  return { inStock: catalog.left(variant) !== 0, preorderEnabled: false };
}

function money(
  minor: number,
  fields: readonly string[],
  currency = HOME_MARKET.currency,
) {
  return fields.includes("CURRENCY")
    ? price(minor, currency)
    : { amount: decimal(minor, currency) };
}

/** The lowest and the highest of some prices. */
export function priceRange(
  minors: readonly number[],
  fields: readonly string[],
  currency?: string,
) {
  return {
    minValue: money(Math.min(...minors), fields, currency),
    maxValue: money(Math.max(...minors), fields, currency),
  };
}

/** A picture of a product or variant. */
export function mediaItem(image: ProductImage, withThumbnail: boolean) {
  const { id, url, altText, filename } = image;
  const small = `${url}/v1/fit/w_50,h_50,q_90/file.jpg`;
  return {
    id,
    url,
    image,
    altText,
    displayName: filename,
    mediaType: "IMAGE",
    ...(withThumbnail &&
      { thumbnail: { url: small, width: 50, height: 50, altText } }),
  } as const;
}

/** What a modifier's text has to be. */
export function freeText({ name, mandatory, maxLength = 0 }: Modifier) {
  return {
    minCharCount: mandatory ? 1 : 0,
    maxCharCount: maxLength,
    title: name,
    key: name,
  };
}

/** How an option is shown. */
export function renderType(type: ProductOption["type"]) {
  return type === "color" ? "SWATCH_CHOICES" as const : "TEXT_CHOICES" as const;
}

/** What a choice of an option shows. */
export function choiceValue(type: ProductOption["type"], value: string) {
  return type === "color"
    ? { choiceType: "ONE_COLOR", colorCode: hexColor(value) } as const
    : { choiceType: "CHOICE_TEXT" } as const;
}

/** `rgb(94,112,78)` as `#5E704E`. */
function hexColor(rgb: string): string {
  const parts = rgb.match(/\d+/g) ?? [];
  return `#${
    parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")
  }`.toUpperCase();
}
