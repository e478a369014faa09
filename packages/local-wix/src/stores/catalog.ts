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
  readonly description: string;
  /** A CSS color, or the description again. */
  readonly value: string;
}

/** Something to choose before buying a product, such as its color. */
export interface ProductOption {
  readonly name: string;
  readonly type: "drop_down" | "color";
  readonly choices: readonly Choice[];
}

/** A product with one choice of each option. */
export interface CatalogVariant {
  readonly id: string;
  readonly sku: string;
  /** Description of the choice by name of the option. */
  readonly choices: Readonly<Record<string, string | undefined>>;
  readonly descriptionLines: readonly DescriptionLine[];
}

/** A product, as the shop keeps it. */
export interface CatalogProduct {
  readonly id: string;
  readonly number: number;
  readonly slug: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  /** In minor units of the shop's currency. */
  readonly unitPrice: number;
  readonly kind: "PHYSICAL" | "DIGITAL" | "GIFT_CARD";
  /** Kilograms; 0 for what is not shipped. */
  readonly weight: number;
  readonly image?: ProductImage;
  readonly options: readonly ProductOption[];
  /** Empty when there is nothing to choose. */
  readonly variants: readonly CatalogVariant[];
  /** How many are left of each variant; null when stock is not tracked. */
  readonly stock: number | null;
  readonly createdDate: string;
  readonly lastUpdated: string;
}

/** By which a cart or order refers to a product. */
export interface CatalogReference {
  readonly appId: string;
  readonly catalogItemId: string;
  /** `variantId`, or `options` with a choice for each option's name. */
  readonly options?: {
    readonly variantId?: string;
    readonly options?: Readonly<Record<string, string>>;
  };
}

/** What a reference means. */
export interface CatalogItem {
  readonly product: CatalogProduct;
  /** Absent when the product has nothing to choose. */
  readonly variant?: CatalogVariant;
}

/** The products of the shop. */
export class Catalog {
  readonly products: readonly CatalogProduct[];
  readonly #byId: ReadonlyMap<string, CatalogProduct>;

  constructor(products: readonly CatalogProduct[]) {
    this.products = products;
    this.#byId = new Map(products.map((product) => [product.id, product]));
  }

  /** The product with this id. */
  product(id: string): CatalogProduct | undefined {
    return this.#byId.get(id);
  }

  /** What `reference` means; undefined when that can't be bought. */
  find(reference: CatalogReference): CatalogItem | undefined {
    const { appId, catalogItemId, options = {} } = reference;
    const product = this.product(catalogItemId);
    if (!product || appId !== STORES_APP_ID) return undefined;
    if (product.variants.length === 0) return { product };
    const { variantId, options: choices } = options;
    const variant = product.variants.find((item) =>
      variantId
        ? item.id === variantId
        : choices && product.options.every(({ name }) =>
          item.choices[name] === choices[name]
        )
    );
    return variant && { product, variant };
  }
}

/** Whether a variant of `product` can be bought. */
export function isInStock({ stock }: CatalogProduct): boolean {
  return stock === null || stock > 0;
}

/** The path and origin of a product's page on a site that Wix hosts. */
export function pageUrl(
  { slug }: CatalogProduct,
): { readonly base: string; readonly path: string } {
  const base = "https://shop.demo.example/";
  return { base, path: `product-page/${slug}` };
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
