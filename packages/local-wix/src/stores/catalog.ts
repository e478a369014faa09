import type { Table } from "../state/tables.ts";

/** The app by which carts and orders refer to products of Wix Stores. */
export const STORES_APP_ID = "215238eb-22a5-4c36-9e7b-e7c08025e04e";

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
  /** What it cost before it was reduced. */
  readonly compareAtPrice?: number;
  /** Description of the choice by name of the option. */
  readonly choices: Readonly<Record<string, string | undefined>>;
  readonly descriptionLines: readonly DescriptionLine[];
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
}

/** By which a cart or order refers to a product. */
export interface CatalogReference {
  readonly appId: string;
  readonly catalogItemId: string;
  readonly options?: {
    readonly variantId?: string;
    /** A choice by name of an option or, with a variant's id, of a modifier. */
    readonly options?: Readonly<Record<string, string>>;
    /** A text by name of a modifier. */
    readonly customTextFields?: Readonly<Record<string, string>>;
  };
}

/** What a reference means. */
export interface CatalogItem {
  readonly product: CatalogProduct;
  readonly variant: CatalogVariant;
  /** With what its modifiers add, in minor units. */
  readonly unitPrice: number;
  readonly descriptionLines: readonly DescriptionLine[];
  /** How many are left; null when there is no end of them. */
  readonly left: number | null;
}

/** What has changed of a product since the seed. */
export interface ProductChange extends
  Pick<
    CatalogProduct,
    "id" | "name" | "visible" | "revision" | "lastUpdated"
  > {}

/** How much of a variant there is, where that has changed since the seed. */
export interface StockLevel {
  /** The variant's. */
  readonly id: string;
  readonly revision: number;
  readonly trackQuantity: boolean;
  readonly quantity: number;
  readonly inStock: boolean;
  readonly updatedDate: string;
}

/** The products of the shop, and what is left of them. */
export class Catalog {
  readonly #seeded: ReadonlyMap<string, CatalogProduct>;
  readonly #changes: Table<ProductChange>;
  readonly #stock: Table<StockLevel>;

  constructor(
    products: readonly CatalogProduct[],
    tables: {
      readonly changes: Table<ProductChange>;
      readonly stock: Table<StockLevel>;
    },
  ) {
    this.#seeded = new Map(products.map((product) => [product.id, product]));
    this.#changes = tables.changes;
    this.#stock = tables.stock;
  }

  /** Every product, hidden ones included. */
  get products(): CatalogProduct[] {
    return [...this.#seeded.values()].map((product) => this.#current(product));
  }

  /** The product with this id. */
  product(id: string): CatalogProduct | undefined {
    const seeded = this.#seeded.get(id);
    return seeded && this.#current(seeded);
  }

  #current(seeded: CatalogProduct): CatalogProduct {
    const change = this.#changes.get(seeded.id);
    return change ? { ...seeded, ...change } : seeded;
  }

  /** Changes what a product says about itself. */
  change(
    product: CatalogProduct,
    changes: Partial<Pick<ProductChange, "name" | "visible">>,
    lastUpdated: string,
  ): void {
    const { id, name, visible } = product;
    const revision = product.revision + 1;
    this.#changes.put({
      ...{ id, name, visible },
      ...changes,
      revision,
      lastUpdated,
    });
  }

  /** What `reference` means; undefined when that can't be bought. */
  find(reference: CatalogReference): CatalogItem | undefined {
    const { appId, catalogItemId, options = {} } = reference;
    const product = this.product(catalogItemId);
    if (!product?.visible || appId !== STORES_APP_ID) return undefined;
    const { variantId, options: choices = {} } = options;
    const variant = product.variants.find((item) =>
      variantId
        ? item.id === variantId
        : product.options.every(({ name }) =>
          item.choices[name] === choices[name]
        )
    );
    const chosen = chooseModifiers(product, options);
    if (!variant || !chosen) return undefined;
    const added = chosen.reduce((sum, { addedPrice }) => sum + addedPrice, 0);
    return {
      product,
      variant,
      unitPrice: variant.unitPrice + added,
      descriptionLines: [
        ...variant.descriptionLines,
        ...chosen.map(({ line }) => line),
      ],
      left: this.left(variant),
    };
  }

  /** How much of `variant` there is. */
  level({ id, stock }: CatalogVariant): StockLevel {
    return this.#stock.get(id) ?? {
      id,
      revision: 1,
      trackQuantity: stock !== null,
      quantity: stock ?? 0,
      inStock: stock !== 0,
      updatedDate: "",
    };
  }

  /** How many of `variant` are left; null when there is no end of them. */
  left(variant: CatalogVariant): number | null {
    const { trackQuantity, quantity, inStock } = this.level(variant);
    return trackQuantity ? quantity : inStock ? null : 0;
  }

  /** Whether one of `variants` can be bought. */
  isInStock(variants: readonly CatalogVariant[]): boolean {
    return variants.some((variant) => this.left(variant) !== 0);
  }

  /** Changes how much of `variant` there is. */
  setLevel(
    variant: CatalogVariant,
    changes: Partial<Omit<StockLevel, "id" | "revision">>,
  ): StockLevel {
    const before = this.level(variant);
    const after = { ...before, ...changes, revision: before.revision + 1 };
    const inStock = after.trackQuantity ? after.quantity > 0 : after.inStock;
    const level = { ...after, inStock };
    this.#stock.put(level);
    return level;
  }
}

interface ChosenModifier {
  readonly line: DescriptionLine;
  readonly addedPrice: number;
}

/**
 * The modifiers that a reference chooses; undefined when it lacks a mandatory
 * one, or names what the product does not offer.
 *
 * UNDOCUMENTED: what a cart does with such a reference. Here the catalog has no
 * item for it.
 */
function chooseModifiers(
  { modifiers, options }: CatalogProduct,
  { options: choices = {}, customTextFields: texts = {} }: NonNullable<
    CatalogReference["options"]
  >,
): ChosenModifier[] | undefined {
  const chosen = modifiers.map((modifier) => {
    const { name, mandatory, choices: offered, maxLength = 0 } = modifier;
    const text = offered ? choices[name] : texts[name];
    if (!text) return mandatory ? undefined : null;
    const choice = offered?.find((choice) => choice.name === text);
    if (offered ? !choice : text.length > maxLength) return undefined;
    const line = {
      name: { original: name },
      plainText: { original: text },
      lineType: "PLAIN_TEXT",
    } as const;
    return { line, addedPrice: choice?.addedPrice ?? 0 };
  });
  const known = [...modifiers, ...options].map(({ name }) => name);
  const named = [...Object.keys(choices), ...Object.keys(texts)];
  const isOffered = named.every((name) => known.includes(name)) &&
    !chosen.includes(undefined);
  return isOffered ? chosen.flatMap((item) => item ?? []) : undefined;
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
