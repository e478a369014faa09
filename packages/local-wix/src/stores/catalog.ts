import type { Coupon } from "../shop/offers.ts";
import type { Table } from "../state/tables.ts";
import type {
  CatalogProduct,
  CatalogVariant,
  DescriptionLine,
} from "./product.ts";

/** The app by which carts and orders refer to products of Wix Stores. */
export const STORES_APP_ID = "215238eb-22a5-4c36-9e7b-e7c08025e04e";

/** The id that Wix Stores had before, and that programs still send. */
const FORMER_STORES_APP_ID = "1380b703-ce81-ff05-f115-39571d94dfcd";

/** Whether `appId` is Wix Stores, by its present id or the former one. */
export function isStoresApp(appId: string): boolean {
  return [STORES_APP_ID, FORMER_STORES_APP_ID].includes(appId);
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

/** A product that is not as in the seed: new, changed or deleted. */
export type ProductChange =
  | CatalogProduct
  | { readonly id: string; readonly isDeleted: true };

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

/** The products of the shop, what is left of them, and its coupons. */
export class Catalog {
  readonly #seeded: ReadonlyMap<string, CatalogProduct>;
  readonly #coupons: readonly Coupon[];
  readonly #changes: Table<ProductChange>;
  readonly #stock: Table<StockLevel>;

  constructor(
    products: readonly CatalogProduct[],
    coupons: readonly Coupon[],
    tables: {
      readonly changes: Table<ProductChange>;
      readonly stock: Table<StockLevel>;
    },
  ) {
    this.#seeded = new Map(products.map((product) => [product.id, product]));
    this.#coupons = coupons;
    this.#changes = tables.changes;
    this.#stock = tables.stock;
  }

  /** Every product, hidden ones included. */
  get products(): CatalogProduct[] {
    const ids = new Set([...this.#seeded.keys(), ...this.#changes.keys()]);
    return [...ids].flatMap((id) => this.product(id) ?? []);
  }

  /** The product with this id. */
  product(id: string): CatalogProduct | undefined {
    const change = this.#changes.get(id);
    if (!change) return this.#seeded.get(id);
    return "isDeleted" in change ? undefined : change;
  }

  /** The ids of the products that are not in the seed. */
  get added(): string[] {
    return [...this.#changes.keys()].filter((id) => !this.#seeded.has(id));
  }

  /** Keeps a new or changed product. */
  put(product: CatalogProduct): void {
    this.#changes.put(product);
  }

  /** Removes a product. */
  remove(id: string): void {
    if (this.#seeded.has(id)) this.#changes.put({ id, isDeleted: true });
    else this.#changes.delete(id);
  }

  /** The coupon with this code, whatever its case. */
  coupon(code = ""): Coupon | undefined {
    const wanted = code.trim().toUpperCase();
    return this.#coupons.find((coupon) => coupon.code === wanted);
  }

  /** The product that `reference` names; undefined when that can't be bought. */
  findProduct(
    { appId, catalogItemId }: CatalogReference,
  ): CatalogProduct | undefined {
    const product = this.product(catalogItemId);
    return product?.visible && isStoresApp(appId) ? product : undefined;
  }

  /** What `reference` means; undefined when that can't be bought. */
  find(reference: CatalogReference): CatalogItem | undefined {
    const product = this.findProduct(reference);
    if (!product) return undefined;
    const { options = {} } = reference;
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

  /** Whether `reference` names a variant, where there is a choice of them. */
  namesVariant(reference: CatalogReference): boolean {
    const product = this.findProduct(reference);
    return product?.options.length === 0 ||
      reference.options?.variantId !== undefined;
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
