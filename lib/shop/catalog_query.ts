/**
 * The filter, order and page of a product list, as stored in the URL.
 *
 * @module
 */

const PRICE = "actualPriceRange.minValue.amount";
const STOCK = "inventory.availabilityStatus";
const CATEGORIES = "allCategoriesInfo.categories";
const FIELDS = ["q", "min", "max", "stock", "sort", "cursor"] as const;

/** The query parameters. All values are validated, except the cursor. */
export interface CatalogQuery {
  /** Words to look for. */
  readonly q?: string;
  /** Lowest and highest price, in the shop's currency: `20`. */
  readonly min?: string;
  readonly max?: string;
  /** `in` leaves out what is sold out. */
  readonly stock?: string;
  /** One of {@link SORTS}; without it the newest come first. */
  readonly sort?: string;
  /** Wix's cursor of a page after the first; opaque. */
  readonly cursor?: string;
}

/** Sort orders: label, Wix's field and direction. */
export const SORTS = {
  newest: ["Newest", "_createdDate", "DESC"],
  cheapest: ["Price, low to high", PRICE, "ASC"],
  dearest: ["Price, high to low", PRICE, "DESC"],
  name: ["Name", "name", "ASC"],
} as const satisfies Record<string, readonly [string, string, "ASC" | "DESC"]>;

const CHECKS: Record<keyof CatalogQuery, (value: string) => boolean> = {
  // Wix's limit of a search expression.
  q: (value) => value.length <= 100,
  min: isPrice,
  max: isPrice,
  stock: (value) => value === "in",
  sort: (value) => Object.hasOwn(SORTS, value),
  // Longer than the cursors that Wix returns.
  cursor: (value) => value.length <= 4_000,
};

/**
 * Parses the query parameters of a URL. Empty values, which forms send, invalid
 * ones and unknown names are ignored: the page shows the filters that apply.
 */
export function readCatalogQuery(params: URLSearchParams): CatalogQuery {
  return Object.fromEntries(FIELDS.flatMap((field) => {
    const value = params.get(field)?.replace(/\s+/g, " ").trim() ?? "";
    return value !== "" && CHECKS[field](value) ? [[field, value]] : [];
  }));
}

function isPrice(text: string): boolean {
  return /^\d{1,7}$/.test(text);
}

/** Returns the query string with its `?`, or `""`. */
export function catalogQueryString(query: CatalogQuery): string {
  const params = new URLSearchParams(
    FIELDS.flatMap((field) => query[field] ? [[field, query[field]]] : []),
  );
  return params.size === 0 ? "" : `?${params}`;
}

/**
 * Returns the query as a Wix search.
 *
 * @param categoryId Of the category to search, including its subcategories.
 * Default: all.
 */
export function catalogSearch(
  { q, min, max, stock, sort = "newest" }: CatalogQuery,
  categoryId?: string,
) {
  const [, fieldName, order] = SORTS[sort as keyof typeof SORTS];
  const conditions: Record<string, unknown>[] = [];
  // Each field takes one operator.
  if (min) conditions.push({ [PRICE]: { $gte: min } });
  if (max) conditions.push({ [PRICE]: { $lte: max } });
  if (stock) conditions.push({ [STOCK]: { $ne: "OUT_OF_STOCK" } });
  if (categoryId) {
    conditions.push({ [CATEGORIES]: { $matchItems: [{ _id: categoryId }] } });
  }
  return {
    ...(conditions.length > 0 && { filter: { $and: conditions } }),
    sort: [{ fieldName, order }],
    ...(q && { search: { expression: q, mode: "AND" as const } }),
  };
}
