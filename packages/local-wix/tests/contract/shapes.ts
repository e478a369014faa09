/**
 * The views of local Wix beside the types that Wix's own packages give the same
 * responses. It holds no test: the compiler reads it.
 *
 * @module
 */
import type { getLocale } from "@wix/auto_sdk_multilingual_locales/meta";
import type { categories } from "@wix/categories/meta";
import type {
  customizationsV3,
  inventoryItemsV3,
  productsV3,
  readOnlyVariantsV3,
} from "@wix/stores/meta";
import type { cartV2, currentCartV2 } from "@wix/ecom/meta";
import type { cartView, summaryView } from "../../src/cart/view_v2.ts";
import type { categoryView } from "../../src/categories/routes.ts";
import type { localeView } from "../../src/languages/routes.ts";
import type {
  modifierView,
  optionView,
} from "../../src/stores/customizations_v3.ts";
import type { itemView } from "../../src/stores/inventory_v3.ts";
import type { productView } from "../../src/stores/product_view_v3.ts";
import type { variantView } from "../../src/stores/variants_v3.ts";

/** The JSON of a method's response, in the field names of the REST API. */
type ReplyOf<M extends () => { __originalResponseType: unknown }> = Json<
  ReturnType<M>["__originalResponseType"]
>;

type Json<T> = T extends Date ? string
  : T extends readonly (infer I)[] ? readonly Json<I>[]
  : T extends object ? { readonly [K in keyof T]: Json<T[K]> | undefined }
  : T;

/** `Own`, when it fits `Theirs` and has no field that `Theirs` lacks. */
type Fits<Own, Theirs> = Own extends Theirs
  ? [Excess<Own, Theirs>] extends [never] ? Own
  : { excess: Excess<Own, Theirs> }
  : never;

/** The names of fields of `Own` that `Theirs` lacks, at any depth. */
type Excess<Own, Theirs> = Own extends readonly (infer I)[]
  ? Theirs extends readonly (infer J)[] ? Excess<I, J> : never
  : Own extends object ? {
      [K in keyof Own]-?: K extends keyof Theirs
        ? Excess<NonNullable<Own[K]>, NonNullable<Theirs[K]>>
        : K;
    }[keyof Own]
  : never;

type Item<L> = L extends readonly (infer I)[] ? I : never;
type Own<F extends (...args: never[]) => unknown> = ReturnType<F>;
type Entity<T> = NonNullable<T>;

declare const product: Own<typeof productView>;
product satisfies Fits<
  typeof product,
  Entity<ReplyOf<typeof productsV3.getProduct>["product"]>
>;

declare const variant: Own<typeof variantView>;
variant satisfies Fits<
  typeof variant,
  Item<Entity<ReplyOf<typeof readOnlyVariantsV3.queryVariants>["variants"]>>
>;

declare const item: Own<typeof itemView>;
item satisfies Fits<
  typeof item,
  Entity<ReplyOf<typeof inventoryItemsV3.getInventoryItem>["inventoryItem"]>
>;

declare const customization: Own<typeof optionView | typeof modifierView>;
customization satisfies Fits<
  typeof customization,
  Entity<
    ReplyOf<typeof customizationsV3.getCustomization>["customization"]
  >
>;

declare const category: Own<typeof categoryView>;
category satisfies Fits<
  typeof category,
  Entity<ReplyOf<typeof categories.getCategory>["category"]>
>;

declare const cart: Own<typeof cartView>;
cart satisfies Fits<
  typeof cart,
  Entity<ReplyOf<typeof currentCartV2.getCurrentCart>["cart"]>
>;

declare const summary: Own<typeof summaryView>;
summary satisfies Fits<
  typeof summary,
  Entity<ReplyOf<typeof cartV2.calculateCart>["summary"]>
>;

declare const locale: Own<typeof localeView>;
locale satisfies Fits<
  typeof locale,
  Entity<ReplyOf<typeof getLocale>["locale"]>
>;
