import { Field } from "@/components/Field.tsx";
import { NavLinks } from "@/components/NavLinks.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import type { CatalogData } from "@/lib/shop/catalog.ts";
import { catalogQueryString, SORTS } from "@/lib/shop/catalog_query.ts";
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
          links={[{ name: "All", slug: "" }, ...categories].map((
            { name, slug },
          ) => ({ href: slug ? `/shop/${slug}` : "/shop", text: name }))}
          url={url}
        />
      </nav>
      <CatalogFilter filter={filter} path={path} />
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

const PRICE = { inputMode: "numeric", maxLength: 7 } as const;

/** Search, filters and sort order of a product list; stored in the URL. */
function CatalogFilter(
  { filter, path }: Pick<CatalogData, "filter" | "path">,
) {
  const { max, min, q, sort, stock } = filter;
  return (
    <form class="filter-form" action={path} role="search">
      <Field label="Search" name="q" type="search" value={q} maxLength={100} />
      <Field label="Sort by" name="sort" value={sort}>
        {Object.entries(SORTS).map(([name, [text]]) => (
          <option key={name} value={name} selected={name === sort}>
            {text}
          </option>
        ))}
      </Field>
      <Field label="Price from" name="min" value={min} {...PRICE} />
      <Field label="Price to" name="max" value={max} {...PRICE} />
      <label class="check">
        <input
          type="checkbox"
          name="stock"
          value="in"
          checked={stock === "in"}
        />
        In stock
      </label>
      <div class="actions">
        <button type="submit">Apply</button>
        {Object.keys(filter).length > 0 && <a href={path}>Clear</a>}
      </div>
    </form>
  );
}
