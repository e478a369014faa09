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
import {
  type CatalogField,
  type CatalogQuery,
  CatalogQueryError,
  readCatalogQuery,
} from "./catalog_query.ts";

/** A list page. */
export interface CatalogData {
  readonly path: string;
  readonly categories: readonly CategoryView[];
  /** Missing on the page of all products. */
  readonly category: CategoryView | undefined;
  /** The query without its cursor. */
  readonly filter: CatalogQuery;
  readonly result:
    | { readonly page: ProductPage }
    | { readonly problem: CatalogField };
}

/** Products on the home page. */
const MAX_PICKS = 4;

/** Returns what the home page shows: new products with a picture, and categories. */
export async function readShopFront() {
  const [{ products }, categories] = await Promise.all([
    listProducts({ stock: "in" }),
    listCategories(),
  ]);
  const picks = products.filter(({ picture }) => picture).slice(0, MAX_PICKS);
  return { picks, categories };
}

/**
 * Returns the list page for a URL.
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
  const data = { path, categories, category };
  try {
    const query = readCatalogQuery(params);
    const { cursor: _, ...filter } = query;
    return {
      ...data,
      filter,
      result: { page: await listProducts(query, category?.id) },
    };
  } catch (error) {
    if (!(error instanceof CatalogQueryError)) throw error;
    return { ...data, filter: error.filter, result: { problem: error.field } };
  }
}
