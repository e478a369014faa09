/**
 * Converts SDK products to views for pages. Prices are formatted by Wix; they
 * are compared, never calculated.
 *
 * @module
 */
import type { ImageUrl } from "@fresh-wix/core";
import type { productsV3 } from "@wix/stores";
import { htmlToText, sanitizeHtml } from "./sanitize_html.ts";

/** A product of Wix's Catalog V3. */
export type Product = productsV3.V3Product;

/** A square image, and the same with twice the pixels for dense screens. */
export interface Picture {
  readonly src: string;
  readonly src2x: string;
  readonly alt: string;
}

/** A product as lists show it. */
export type ProductCard = ReturnType<typeof toCard>;
/** A product as its own page shows it. */
export type ProductView = ReturnType<typeof toProductView>;
/** A combination of choices, with its own price and stock. */
export type VariantView = ReturnType<typeof toVariant>;
/** An addition to a product: a text, or a choice. */
export type ModifierView = ReturnType<typeof toModifier>;

/** Pixels of a picture in a list, and of one on a product's page. */
const CARD_SIZE = 320;
const PAGE_SIZE = 640;
/** Of link previews and search results. */
const PREVIEW_SIZE = 1200;
/** Search results show little more. */
const MAX_META_LENGTH = 160;

/** Returns a product as a list shows it. */
export function toCard(product: Product, imageUrl: ImageUrl) {
  const { _id: id = "", inventory, media, name, ribbon, slug } = product;
  return {
    id: id ?? "",
    slug: slug ?? "",
    name: name ?? "",
    picture: toPicture(media?.main, name, CARD_SIZE, imageUrl),
    price: toPrice(product),
    /** Such as `Sale`; written by the owner. */
    ribbon: ribbon?.name ?? undefined,
    isSoldOut: inventory?.availabilityStatus === "OUT_OF_STOCK",
  };
}

/** Returns a product, read with its variants, as its page shows it. */
export function toProductView(product: Product, imageUrl: ImageUrl) {
  const { media, name, variantsInfo, breadcrumbsInfo } = product;
  const description = product.plainDescription ?? "";
  const variants = (variantsInfo?.variants ?? []).filter(({ visible }) =>
    visible !== false
  ).map(toVariant);
  const items = media?.itemsInfo?.items ?? [];
  return {
    ...toCard(product, imageUrl),
    pictures: (items.length > 0 ? items : [media?.main])
      .flatMap((item) => toPicture(item, name, PAGE_SIZE, imageUrl) ?? []),
    options: (product.options ?? []).map((option) =>
      toOption(option, variants)
    ),
    variants,
    modifiers: (product.modifiers ?? []).map(toModifier),
    /** HTML of a few elements without attributes. */
    description: sanitizeHtml(description),
    sections: (product.infoSections ?? []).flatMap(
      ({ title, plainDescription }) =>
        title && plainDescription
          ? [{ title, html: sanitizeHtml(plainDescription) }]
          : [],
    ),
    breadcrumbs: (breadcrumbsInfo?.breadcrumbs ?? []).flatMap(
      ({ categorySlug, categoryName }) =>
        categorySlug && categoryName
          ? [{ href: `/shop/${categorySlug}`, text: categoryName }]
          : [],
    ),
    categoryIds: (breadcrumbsInfo?.breadcrumbs ?? [])
      .flatMap(({ categoryId }) => categoryId ?? []),
    seo: toSeo(product, description, imageUrl),
  };
}

/** Data for search engines; the owner's settings at Wix come first. */
function toSeo(product: Product, description: string, imageUrl: ImageUrl) {
  const { name, media, currency, actualPriceRange, brand } = product;
  const tags = (product.seoData?.tags ?? []).filter((tag) => !tag.disabled);
  const meta = (attribute: string, value: string): string | undefined =>
    tags.find(({ type, props }) =>
      type === "meta" && props?.[attribute] === value
    )?.props?.content;
  const title = tags.find(({ type }) => type === "title")?.children;
  return {
    title: title || name || "",
    description: (meta("name", "description") || htmlToText(description))
      .slice(0, MAX_META_LENGTH),
    image: imageUrl(meta("property", "og:image"), PREVIEW_SIZE) ??
      imageUrl(media?.main?.image, PREVIEW_SIZE),
    /** ISO 4217 code, and the lowest price without currency. */
    currency: currency ?? undefined,
    amount: actualPriceRange?.minValue?.amount,
    brand: brand?.name ?? undefined,
    /** The page in the site's languages, if Wix has any. */
    alternates: tags.flatMap(({ type, props }) => {
      const { rel, hreflang, href } = props ?? {};
      return type === "link" && rel === "alternate" && hreflang &&
          /^https?:/.test(href)
        ? [{ hreflang: String(hreflang), href: String(href) }]
        : [];
    }),
  };
}

function toPicture(
  media: productsV3.ProductMedia | undefined,
  name: string | null | undefined,
  size: number,
  imageUrl: ImageUrl,
): Picture | undefined {
  const src = imageUrl(media?.image, size);
  const src2x = imageUrl(media?.image, 2 * size);
  return src && src2x
    ? { src, src2x, alt: media?.altText || name || "" }
    : undefined;
}

/** The price, or the lowest of several, and the former price. */
function toPrice({ actualPriceRange, compareAtPriceRange }: Product) {
  const { minValue, maxValue } = actualPriceRange ?? {};
  return {
    isLowest: minValue?.amount !== maxValue?.amount,
    price: minValue?.formattedAmount ?? "",
    before: priceBefore(minValue, compareAtPriceRange?.minValue),
  };
}

/** Returns the former price, if it was higher. */
function priceBefore(
  price: productsV3.FixedMonetaryAmount | undefined,
  before: productsV3.FixedMonetaryAmount | undefined,
): string | undefined {
  return Number(before?.amount ?? 0) > Number(price?.amount ?? 0)
    ? before?.formattedAmount ?? undefined
    : undefined;
}

function toVariant(variant: productsV3.Variant) {
  const { choices = [], inventoryStatus, price } = variant;
  const { actualPrice, compareAtPrice } = price ?? {};
  return {
    id: variant._id ?? "",
    /** Name of the choice by name of its option. */
    choices: Object.fromEntries(choices.map(({ optionChoiceNames: names }) => [
      names?.optionName ?? "",
      names?.choiceName ?? "",
    ])),
    price: actualPrice?.formattedAmount ?? "",
    before: priceBefore(actualPrice, compareAtPrice),
    isInStock: inventoryStatus?.inStock === true ||
      inventoryStatus?.preorderEnabled === true,
  };
}

const HEX = /^#[\da-f]{3,8}$/i;

/** Omits retired choices, and those without a variant. */
function toOption(
  { choicesSettings, name }: productsV3.ConnectedOption,
  variants: readonly VariantView[],
) {
  const option = name ?? "";
  return {
    name: option,
    choices: (choicesSettings?.choices ?? []).flatMap(
      ({ name, visible, colorCode }) => {
        const isUsed = variants.some(({ choices }) => choices[option] === name);
        return name && visible !== false && isUsed
          ? [{ name, color: HEX.exec(colorCode ?? "")?.[0] }]
          : [];
      },
    ),
  };
}

/** A choice, or a text when it has no choices, for its field in the form. */
function toModifier(modifier: productsV3.ConnectedModifier, index: number) {
  const { choicesSettings, freeTextSettings: text, name } = modifier;
  const key = text?.key ?? modifier.key ?? name ?? "";
  const label = text?.title || name || key;
  const required = modifier.mandatory === true;
  const maxLength = text?.maxCharCount ?? 0;
  return {
    /** By which carts refer to it. */
    key,
    field: `modifier-${index + 1}`,
    label: required ? label : `${label} (optional)`,
    required,
    choices: text ? undefined : [
      { key: "", name: required ? "Choose…" : "None" },
      ...(choicesSettings?.choices ?? []).map(({ key, name }) => ({
        key: key ?? name ?? "",
        name: name ?? key ?? "",
      })),
    ],
    hint: text ? `At most ${maxLength} characters.` : "",
    minLength: text?.minCharCount ?? 0,
    maxLength,
  };
}
