import type { Translations } from "../languages/language.ts";
import type { SeoTag } from "../seo/seo.ts";
import type { ProductImage } from "../stores/product.ts";

/** A category of the shop. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly visible: boolean;
  /** Absent for those at the top. */
  readonly parentId?: string;
  readonly image?: ProductImage;
  /** The products that were put into it: place by id. */
  readonly places: ReadonlyMap<string, number>;
  readonly createdDate: string;
  readonly translations?: Translations;
  /** Tags of its page that replace the default ones. */
  readonly seoTags?: readonly SeoTag[];
}

/** The category and those above it, from the top. */
export function pathTo(
  category: Category,
  categories: readonly Category[],
): Category[] {
  const parent = categories.find(({ id }) => id === category.parentId);
  return [...(parent ? pathTo(parent, categories) : []), category];
}

/** The categories that `productId` was put into. */
export function directCategories(
  productId: string,
  categories: readonly Category[],
): Category[] {
  return categories.filter(({ places }) => places.has(productId));
}

/**
 * The category whose page leads to a product. The first of all categories, which
 * has every product, does not.
 */
export function mainCategory(
  productId: string,
  categories: readonly Category[],
): Category | undefined {
  return directCategories(productId, categories)
    .find(({ id }) => id !== categories[0]?.id);
}

/** The categories that have a product, and those above them, each once. */
export function allCategories(
  productId: string,
  categories: readonly Category[],
): Category[] {
  const direct = directCategories(productId, categories);
  return [...new Set(direct.flatMap((item) => pathTo(item, categories)))];
}
