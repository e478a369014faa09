import * as v from "valibot";
import { allow, type Call, type Route } from "../call.ts";
import type { Category } from "../categories/category.ts";
import { notFound, notImplemented } from "../http/errors.ts";
import { readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { carriedObject, requiredText, validate } from "../http/validate.ts";
import { ELEVATED, EVERYONE } from "../identity/identity.ts";
import { cursorPage, readCursorQuery } from "../query/paging.ts";
import { sortBy } from "../query/sort.ts";
import { decimal, HOME_MARKET } from "../shop/money.ts";
import type { CatalogProduct } from "../stores/product.ts";
import {
  visibleCategories,
  visibleProducts,
} from "../stores/visible_products.ts";
import { isNoIndex, merge, meta, type SeoTag, tag, title } from "./seo.ts";
import { SEO_TAG } from "./seo_tag_schema.ts";

/** What search engines read: tags of pages, and which pages there are. */
export const SEO_ROUTES: readonly Route[] = [
  ...allow(EVERYONE, {
    "GET /promote/seo/v1/resolve-item-seo-tags": resolveItemTags,
    "GET /promote/seo/v1/resolve-static-page-seo-tags": resolvePageTags,
  }),
  ...allow(ELEVATED, { "GET /v1/list-sitemap-pages": listSitemapPages }),
];

const PAGE_URL = v.pipe(v.string(), v.url(), v.maxLength(2048));

const ITEM_TYPES = [
  "STORES_PRODUCT",
  "STORES_CATEGORY",
  "STORES_SUB_CATEGORY",
] as const;

/** What other apps of Wix show: the site has none of them. */
const OTHER_ITEM_TYPES = [
  "BLOG_POST",
  "BLOG_CATEGORY",
  "BOOKINGS_SERVICE",
  "CHALLENGES_PAGE",
  "EVENTS_PAGE",
  "PORTFOLIO_COLLECTIONS",
  "PORTFOLIO_PROJECTS",
  "PRICING_PLANS",
  "RESTAURANTS_MENU_PAGE",
] as const;

const ITEM = carriedObject({
  pageUrl: PAGE_URL,
  itemType: v.picklist([...ITEM_TYPES, ...OTHER_ITEM_TYPES]),
  slug: requiredText,
});

/**
 * UNDOCUMENTED: the code for an item that does not exist, or that the caller may
 * not see. Here it is NOT_FOUND, with 404.
 */
function resolveItemTags(call: Call): Response {
  const { pageUrl, itemType, slug } = validate(ITEM, readQuery(call.url));
  const items = itemsOf(call, itemType);
  const item = items.find((item) => item.slug === slug);
  if (!item) throw notFound("NOT_FOUND", `${itemType} ${slug} not found`);
  const tags = merge(itemTags(call, item, pageUrl), item.seoTags ?? []);
  return seoTags(item.id, tags);
}

const STATIC = carriedObject({
  pageUrl: PAGE_URL,
  pageName: v.optional(v.string()),
  seoData: v.optional(
    carriedObject({
      tags: v.optional(v.array(SEO_TAG), []),
      settings: v.optional(v.unknown()),
    }),
    {},
  ),
});

/** A page that is not in the seed has the tags that are sent. */
async function resolvePageTags(call: Call): Promise<Response> {
  const sent = validate(STATIC, await readPayload(call.request));
  const { site, store } = call.backend;
  const { pathname } = new URL(sent.pageUrl);
  const page = store.seo.pages.find(({ path }) => path === pathname);
  const name = sent.pageName ?? page?.name ?? "";
  const { description } = store.siteProperties;
  const defaults = pageTags(call, {
    name: name ? `${name} | ${site.name}` : site.name,
    description: String(description ?? ""),
    pageUrl: sent.pageUrl,
    type: "website",
  });
  const tags = merge(merge(defaults, page?.tags ?? []), sent.seoData.tags);
  return seoTags(page?.path ?? pathname, tags);
}

function seoTags(id: string, tags: readonly SeoTag[]): Response {
  return reply({ seoTags: { id, tags } });
}

/** Tags that every page has, from what it is about. */
function pageTags(
  { backend }: Call,
  { name, description, pageUrl, type, image }: {
    readonly name: string;
    readonly description: string;
    readonly pageUrl: string;
    readonly type: "website" | "product";
    readonly image?: string | undefined;
  },
): SeoTag[] {
  return [
    title(name),
    ...(description ? [meta("description", description)] : []),
    tag("link", { rel: "canonical", href: pageUrl }),
    meta("og:title", name),
    ...(description ? [meta("og:description", description)] : []),
    ...(image ? [meta("og:image", image)] : []),
    meta("og:url", pageUrl),
    meta("og:site_name", backend.site.name),
    meta("og:type", type),
    ...(backend.store.seo.indexable ? [] : [meta("robots", "noindex")]),
  ];
}

function itemTags(
  call: Call,
  item: CatalogProduct | Category,
  pageUrl: string,
): SeoTag[] {
  const { name, description, image } = item;
  const isProduct = "variants" in item;
  const tags = pageTags(call, {
    name: `${name} | ${call.backend.site.name}`,
    description,
    pageUrl,
    type: isProduct ? "product" : "website",
    image: image?.url,
  });
  return isProduct ? [...tags, structuredData(call, item, pageUrl)] : tags;
}

/** @see https://schema.org/Product */
function structuredData(
  { backend: { store } }: Call,
  product: CatalogProduct,
  url: string,
): SeoTag {
  const { name, description, sku, image, unitPrice, variants } = product;
  const priceCurrency = product.currency ?? HOME_MARKET.currency;
  const isInStock = store.catalog.isInStock(variants);
  return tag(
    "script",
    { type: "application/ld+json" },
    JSON.stringify({
      "@context": "https://schema.org/",
      "@type": "Product",
      name,
      description,
      sku,
      ...(image && { image: image.url }),
      offers: {
        "@type": "Offer",
        url,
        priceCurrency,
        price: decimal(unitPrice, priceCurrency),
        availability: `https://schema.org/${
          isInStock ? "InStock" : "OutOfStock"
        }`,
      },
    }),
  );
}

const SITEMAP = carriedObject({
  itemType: v.picklist([
    ...ITEM_TYPES,
    ...OTHER_ITEM_TYPES,
    "BLOG_TAGS",
    "BLOG_ARCHIVE",
    "FORUM_POST",
    "FORUM_CATEGORY",
    "GROUPS_POST",
    "GROUPS_PAGE",
    "MEMBERS_AREA_PROFILE",
  ]),
  paging: v.optional(v.unknown()),
});

/**
 * UNDOCUMENTED: the order of the pages, and how many there are at once. Here they
 * are in the order of their ids, 100 and at most 1000.
 */
function listSitemapPages(call: Call): Response {
  const { itemType, paging } = validate(SITEMAP, readQuery(call.url));
  if (!call.backend.store.seo.indexable) {
    throw notFound("NOT_FOUND", "The site is not indexable");
  }
  const query = readCursorQuery({ cursorPaging: paging }, "paging", {
    max: 1000,
    otherwise: 100,
  });
  const sorted = sortBy(itemsOf(call, itemType, "sitemap"), []);
  const { items, metadata } = cursorPage(sorted, [], query);
  const { count, cursors: { next } } = metadata;
  return reply({
    pages: items.map((item) => ({
      id: item.id,
      shouldBeIncludedInSitemap: item.visible && !isNoIndex(item.seoTags),
      updatedDate: "variants" in item ? item.lastUpdated : item.createdDate,
      images: [("images" in item ? item.images : item.image) ?? []].flat()
        .map(({ url, altText }) => ({ url, altText })),
      videos: [],
    })),
    pagingMetadata: { count, cursors: next ? { next } : {} },
  });
}

/** The items of a type that the caller may see. */
function itemsOf(
  call: Call,
  itemType: string,
  use: "tags" | "sitemap" = "tags",
): readonly (CatalogProduct | Category)[] {
  if (itemType === "STORES_PRODUCT") return visibleProducts(call);
  const isSub = itemType === "STORES_SUB_CATEGORY";
  if (isSub || itemType === "STORES_CATEGORY") {
    return visibleCategories(call).filter(({ parentId }) =>
      !!parentId === isSub
    );
  }
  if (use === "sitemap") return [];
  throw notImplemented("GET", call.url.pathname, `items of type ${itemType}`);
}
