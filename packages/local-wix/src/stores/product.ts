/**
 * Products, as the shop keeps them.
 *
 * @module
 */
import type { Translations } from "../languages/language.ts";
import type { SeoTag } from "../seo/seo.ts";

/** A text in the shop's language and, when it was bought in another, in that. */
export interface TranslatableText {
  readonly original: string;
  readonly translated?: string;
}

/** A chosen option of a product, as carts and orders show it. */
export interface DescriptionLine {
  readonly name: TranslatableText;
  readonly plainText?: TranslatableText;
  readonly colorInfo?: { readonly original: string; readonly code: string };
  readonly lineType: "PLAIN_TEXT" | "COLOR";
}

/** A picture of a product, as Wix Media describes it. */
export interface ProductImage {
  readonly id: string;
  readonly url: string;
  readonly height: number;
  readonly width: number;
  readonly altText: string;
  readonly filename: string;
}

/** One of the choices that a product's option offers. */
export interface Choice {
  readonly id: string;
  readonly description: string;
  /** A CSS color, or the description again. */
  readonly value: string;
}

/**
 * Something to choose before buying a product, such as its color. Products share
 * the options of the same name, and their choices.
 */
export interface ProductOption {
  readonly id: string;
  readonly name: string;
  readonly type: "drop_down" | "color";
  readonly choices: readonly Choice[];
}

/** A choice of a modifier. */
export interface ModifierChoice {
  readonly id: string;
  readonly name: string;
  /** In minor units of the shop's currency. */
  readonly addedPrice: number;
}

/** Something to add to a product, which makes no variant of it. */
export interface Modifier {
  readonly id: string;
  readonly name: string;
  readonly mandatory: boolean;
  /** What to choose from, or how long a text may be. */
  readonly choices?: readonly ModifierChoice[];
  readonly maxLength?: number;
}

/** A product with one choice of each option. */
export interface CatalogVariant {
  readonly id: string;
  readonly inventoryItemId: string;
  readonly sku: string;
  /** In minor units of the shop's currency. */
  readonly unitPrice: number;
  /** The price before the reduction. */
  readonly compareAtPrice?: number;
  /** Description of the choice by name of the option. */
  readonly choices: Readonly<Record<string, string | undefined>>;
  readonly descriptionLines: readonly DescriptionLine[];
  /** That of its prices, when it is not the shop's. */
  readonly currency?: string;
  /** How many there were at first; null when stock is not tracked. */
  readonly stock: number | null;
}

/** A brand, or a ribbon such as "Sale". */
export interface Label {
  readonly id: string;
  readonly name: string;
}

/** A part of a product's page, such as "Care". */
export interface InfoSection {
  readonly id: string;
  readonly uniqueName: string;
  readonly title: string;
  readonly text: string;
}

/** A product, as the shop keeps it. */
export interface CatalogProduct {
  readonly id: string;
  readonly number: number;
  readonly slug: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  /** Of the first variant, in minor units of the shop's currency. */
  readonly unitPrice: number;
  readonly kind: "PHYSICAL" | "DIGITAL" | "GIFT_CARD";
  /** Hidden products are for the shop's owner only. */
  readonly visible: boolean;
  /** Goes up with each change. */
  readonly revision: number;
  /** Kilograms; 0 for what is not shipped. */
  readonly weight: number;
  /** The main picture, which is the first of all. */
  readonly image?: ProductImage;
  readonly images: readonly ProductImage[];
  readonly brand?: Label;
  readonly ribbon?: Label;
  readonly options: readonly ProductOption[];
  readonly modifiers: readonly Modifier[];
  readonly infoSections: readonly InfoSection[];
  /** At least one; the only one when there is nothing to choose. */
  readonly variants: readonly [CatalogVariant, ...CatalogVariant[]];
  readonly createdDate: string;
  readonly lastUpdated: string;
  readonly translations?: Translations;
  /** Tags of its page that replace the default ones. */
  readonly seoTags?: readonly SeoTag[];
  /** That of its prices, when it is not the shop's. */
  readonly currency?: string;
}

/** Where a site that Wix hosts has its pages. */
export const SITE_URL = "https://shop.demo.example/";

/** The path and origin of a product's page on a site that Wix hosts. */
export function pageUrl(
  { slug }: CatalogProduct,
): { readonly base: string; readonly path: string } {
  return { base: SITE_URL, path: `product-page/${slug}` };
}

/** A chosen option, as carts and orders show it. */
export function descriptionLine(
  { name, type }: ProductOption,
  { description, value }: Choice,
): DescriptionLine {
  return type === "color"
    ? {
      name: { original: name },
      colorInfo: { original: description, code: value },
      lineType: "COLOR",
    }
    : {
      name: { original: name },
      plainText: { original: description },
      lineType: "PLAIN_TEXT",
    };
}

/** `name` as a part of a URL. */
export function slugify(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
