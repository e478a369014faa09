import { NavLinks } from "@/components/NavLinks.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import type { CatalogData } from "@/lib/shop/catalog.ts";
import { catalogQueryString } from "@/lib/shop/catalog_query.ts";
import { CatalogFilter } from "./CatalogFilter.tsx";
import { ProductGrid } from "./ProductGrid.tsx";

/** The page of a category, or of all products. */
export function Catalog({ data, url }: { data: CatalogData; url: URL }) {
  const { categories, category, filter, path, next, prev, products } = data;
  const pageUrl = (cursor: string) =>
    path + catalogQueryString({ ...filter, cursor });
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
      {products.length === 0 && (
        <Notice kind="empty" title="No products match these filters">
          <p>
            <a href="/shop">Show all products</a>
          </p>
        </Notice>
      )}
      <ProductGrid products={products} />
      {(prev || next) && (
        <nav class="actions" aria-label="Pages">
          {prev && (
            <a class="button" rel="prev" href={pageUrl(prev)}>Previous</a>
          )}
          {next && <a class="button" rel="next" href={pageUrl(next)}>Next</a>}
        </nav>
      )}
    </>
  );
}
