/**
 * Products and categories of the shop, from Wix's catalog V3. They are read
 * once for all users, as a shared visitor: pages that show them need no
 * session, and hidden products are not included.
 *
 * @see https://dev.wix.com/docs/api-reference/business-solutions/stores/catalog-v3
 * @module
 */
import { toWixError } from "@fresh-wix/core/errors";
import { categories } from "@wix/categories";
import { productsV3 } from "@wix/stores";
import { HttpError } from "fresh";
import { wix } from "@/lib/wix.ts";
import {
  type CatalogQuery,
  catalogSearch,
  readCatalogQuery,
} from "./catalog_query.ts";
import {
  type ProductCard,
  type ProductView,
  toCard,
  toProductView,
} from "./product_views.ts";

/** Products per page. */
export const PRODUCTS_PER_PAGE = 24;
/** Wix's limit of a search. */
const MAX_PRODUCTS = 100;

/** Prices and stock on pages are at most a minute old. */
const AGES = { freshMs: 30_000, staleMs: 30_000 };

/**
 * Returns a page of the products of a category, or of all products; `undefined`
 * for a cursor that Wix rejects, such as an outdated one. `next` and `prev` are
 * the cursors of the pages after and before, if there are any.
 */
export async function listProducts(query: CatalogQuery, categoryId = "") {
  try {
    return await readPage(query, categoryId);
  } catch (error) {
    // All other values were validated: 400 means that the cursor is invalid.
    const isCursor = query.cursor && toWixError(error)?.status === 400;
    if (isCursor) return undefined;
    throw error;
  }
}

const readPage = wix.shared(
  async (query: CatalogQuery, categoryId: string) => {
    const cursorPaging = {
      limit: PRODUCTS_PER_PAGE,
      ...(query.cursor && { cursor: query.cursor }),
    };
    // A cursor contains the filter and order that it was created with.
    const search = query.cursor ? {} : catalogSearch(query, categoryId);
    const { products, pagingMetadata } = await productsV3.searchProducts(
      { ...search, cursorPaging } as productsV3.V3ProductSearch,
      { fields: ["CURRENCY"] },
    );
    const { next, prev } = pagingMetadata?.cursors ?? {};
    return {
      products: products?.map((product) => toCard(product, wix.imageUrl)) ?? [],
      next: next ?? undefined,
      prev: prev ?? undefined,
    };
  },
  AGES,
);

/** The characters of Wix's own slugs; the SDK does not escape them. */
const SLUG = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,299}$/u;

/**
 * Returns a product with its variants, `undefined` if it doesn't exist or is
 * hidden.
 */
export async function findProduct(
  slug: string,
): Promise<ProductView | undefined> {
  return SLUG.test(slug) ? await readProduct(slug) : undefined;
}

const readProduct = wix.shared(async (slug: string) => {
  try {
    const { product } = await productsV3.getProductBySlug(slug, {
      fields: [
        "CURRENCY",
        "PLAIN_DESCRIPTION",
        "MEDIA_ITEMS_INFO",
        "INFO_SECTION",
        "INFO_SECTION_PLAIN_DESCRIPTION",
        "VARIANT_OPTION_CHOICE_NAMES",
        "BREADCRUMBS_INFO",
      ],
    });
    return product && toProductView(product, wix.imageUrl);
  } catch (error) {
    if (toWixError(error)?.status === 404) return undefined;
    throw error;
  }
}, AGES);

/** Returns products by their ids, for carts; unknown ids are omitted. */
export async function findProducts(
  ids: readonly string[],
): Promise<readonly ProductCard[]> {
  const wanted = [...new Set(ids)].toSorted().slice(0, MAX_PRODUCTS);
  return wanted.length === 0 ? [] : await readProducts(wanted);
}

const readProducts = wix.shared(async (ids: string[]) => {
  const filter = { _id: { $in: ids } };
  const { products } = await productsV3.searchProducts(
    { filter, cursorPaging: { limit: MAX_PRODUCTS } },
    { fields: ["CURRENCY"] },
  );
  return products?.map((product) => toCard(product, wix.imageUrl)) ?? [];
}, AGES);

/** Enough for 20,000 products; Wix limits the number of calls. */
const MAX_SLUG_PAGES = 200;

/** Returns the slugs of all products. */
export const listSlugs = wix.shared(async () => {
  const slugs: string[] = [];
  let cursor: string | null | undefined;
  for (let pages = 0; pages < MAX_SLUG_PAGES; pages++) {
    const cursorPaging = { limit: MAX_PRODUCTS, ...(cursor && { cursor }) };
    const { products = [], pagingMetadata } = await productsV3.searchProducts(
      { cursorPaging },
      {},
    );
    slugs.push(...products.flatMap(({ slug }) => slug || []));
    cursor = pagingMetadata?.cursors?.next;
    if (!cursor) break;
  }
  return slugs.filter((slug) => SLUG.test(slug));
}, AGES);

/** The category that Wix creates automatically, with every product. */
const SYSTEM_CATEGORY = "all-products";

/** Returns the shop's visible categories, in the owner's order. */
export const listCategories = wix.shared(async () => {
  const { items } = await categories.queryCategories({
    treeReference: { appNamespace: "@wix/stores" },
    fields: ["DESCRIPTION"],
    // Wix rejects an empty filter, and one by visibility.
  }).exists("name", true).limit(1000).find();
  return items.flatMap(({ _id, slug, name, description, visible }) =>
    visible && _id && slug && slug !== SYSTEM_CATEGORY
      ? [{ id: _id, slug, name: name ?? "", description: description ?? "" }]
      : []
  );
}, AGES);

/** A list page; `category` is missing on that of all products. */
export type CatalogData = Awaited<ReturnType<typeof readCatalogPage>>;

/** Products on the home page. */
const MAX_PICKS = 4;

/** Returns the home page's data: new products with a picture, and categories. */
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
export async function readCatalogPage(params: URLSearchParams, slug = "") {
  const categories = await listCategories();
  const category = categories.find((category) => category.slug === slug);
  if (slug !== "" && category === undefined) throw new HttpError(404);
  const path = category ? `/shop/${category.slug}` : "/shop";
  const { cursor, ...filter } = readCatalogQuery(params);
  const query = cursor === undefined ? filter : { ...filter, cursor };
  const page = await listProducts(query, category?.id) ??
    await listProducts(filter, category?.id);
  if (page === undefined) throw new HttpError(404);
  return { ...page, path, categories, category, filter };
}
