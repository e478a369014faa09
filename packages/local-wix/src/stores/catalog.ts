import type { DescriptionLine, LineItem } from "../ecom/order.ts";
import type { Product, ProductOption } from "../seed/products.ts";

/** The app by which carts and orders refer to products of Wix Stores. */
export const STORES_APP_ID = "215238eb-22a5-4c36-9e7b-e7c08025e04e";

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
  readonly kind: Product["kind"];
  /** Kilograms; 0 for what is not shipped. */
  readonly weight: number;
  readonly image?: NonNullable<LineItem["image"]>;
  readonly options: readonly ProductOption[];
  /** Empty when there is nothing to choose. */
  readonly variants: readonly CatalogVariant[];
  /** How many are left of each variant; null when nobody counts. */
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

  /** The product with this id, if there is one. */
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
