/**
 * What the pages of product lists show.
 *
 * @module
 */
import { HttpError } from "fresh";
import {
  type CategoryView,
  listCategories,
  listProducts,
  type ProductPage,
} from "./catalog.ts";
import { type CatalogQuery, readCatalogQuery } from "./catalog_query.ts";

/** A list page. */
export interface CatalogData extends ProductPage {
  readonly path: string;
  readonly categories: readonly CategoryView[];
  /** Missing on the page of all products. */
  readonly category: CategoryView | undefined;
  /** The query without its cursor. */
  readonly filter: CatalogQuery;
}

/** Products on the home page. */
const MAX_PICKS = 4;

/** Returns what the home page shows: new products with a picture, and categories. */
export async function readShopFront() {
  const [page, categories] = await Promise.all([
    listProducts({ stock: "in" }),
    listCategories(),
  ]);
  const picks = page?.products.filter(({ picture }) => picture) ?? [];
  return { picks: picks.slice(0, MAX_PICKS), categories };
}

/**
 * Returns the list page for a URL; the first one for an outdated cursor.
 *
 * @param slug Of a category. Default: all products.
 * @throws {HttpError} 404 for an unknown category.
 */
export async function readCatalogPage(
  params: URLSearchParams,
  slug?: string,
): Promise<CatalogData> {
  const categories = await listCategories();
  const category = categories.find((category) => category.slug === slug);
  if (slug !== undefined && category === undefined) throw new HttpError(404);
  const path = category ? `/shop/${category.slug}` : "/shop";
  const { cursor, ...filter } = readCatalogQuery(params);
  const query = cursor === undefined ? filter : { ...filter, cursor };
  const page = await listProducts(query, category?.id) ??
    await listProducts(filter, category?.id);
  if (page === undefined) throw new HttpError(404);
  return { ...page, path, categories, category, filter };
}
