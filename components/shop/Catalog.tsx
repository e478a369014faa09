import { NavLinks } from "@/components/NavLinks.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import {
  type CatalogField,
  type CatalogQuery,
  catalogQueryString,
  isNarrowed,
} from "@/lib/shop/catalog_query.ts";
import type { CatalogData } from "@/lib/shop/catalog_page.ts";
import { CatalogFilter } from "./CatalogFilter.tsx";
import { ProductGrid } from "./ProductGrid.tsx";

/** The page of a category, or of all products. */
export function Catalog({ data, url }: { data: CatalogData; url: URL }) {
  const { categories, category, filter, path, result } = data;
  return (
    <>
      <PageHeading
        title={category?.name ?? "Shop"}
        breadcrumbs={category ? [{ href: "/shop", text: "Shop" }] : []}
      >
        {category?.description && <p>{category.description}</p>}
      </PageHeading>
      <nav class="tabs" aria-label="Categories">
        <NavLinks
          links={[
            { href: "/shop", text: "All" },
            ...categories.map(({ name, slug }) => ({
              href: `/shop/${slug}`,
              text: name,
            })),
          ]}
          url={url}
        />
      </nav>
      <CatalogFilter query={filter} path={path} />
      {"problem" in result
        ? <Problem field={result.problem} path={path} />
        : <Products query={filter} path={path} {...result} />}
    </>
  );
}

interface ProductsProps {
  readonly query: CatalogQuery;
  readonly path: string;
  readonly page: Extract<CatalogData["result"], { page: unknown }>["page"];
}

function Products(
  { page: { next, prev, products }, path, query }: ProductsProps,
) {
  const pageUrl = (cursor: string) =>
    path + catalogQueryString({ ...query, cursor });
  return (
    <>
      {products.length === 0 && (
        <Notice
          kind="empty"
          title={isNarrowed(query)
            ? "No products match these filters"
            : "No products yet"}
        >
          <p>
            <a href="/shop">Show all products</a>
          </p>
        </Notice>
      )}
      <ProductGrid products={products} />
      {(prev || next) && (
        <nav class="pages" aria-label="Pages">
          {prev && (
            <a class="button" rel="prev" href={pageUrl(prev)}>Previous</a>
          )}
          {next && <a class="button" rel="next" href={pageUrl(next)}>Next</a>}
        </nav>
      )}
    </>
  );
}

const PROBLEMS: Record<CatalogField, string> = {
  q: "The search is too long.",
  min: "The lowest price is not a whole number.",
  max: "The highest price is not a whole number, or below the lowest.",
  stock: "Unknown stock filter.",
  sort: "Unknown order.",
  cursor: "The page does not exist, or no longer.",
};

function Problem({ field, path }: { field: CatalogField; path: string }) {
  return (
    <Notice kind="bad" title="This link isn’t valid">
      <p>{PROBLEMS[field]}</p>
      <p>
        <a class="button" href={path}>Show the first page</a>
      </p>
    </Notice>
  );
}
