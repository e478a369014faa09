import {
  type CatalogQuery,
  isNarrowed,
  SORTS,
} from "@/lib/shop/catalog_query.ts";
import { Field } from "@/components/Field.tsx";

interface CatalogFilterProps {
  readonly query: CatalogQuery;
  /** Path of the list. */
  readonly path: string;
}

/** Search, filter and order of a product list, which the URL has. */
export function CatalogFilter({ query, path }: CatalogFilterProps) {
  const { max, min, q, sort, stock } = query;
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
      <Field
        label="Price from"
        name="min"
        inputMode="numeric"
        value={min}
        maxLength={7}
      />
      <Field
        label="Price to"
        name="max"
        inputMode="numeric"
        value={max}
        maxLength={7}
      />
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
        {isNarrowed(query) && <a href={path}>Clear</a>}
      </div>
    </form>
  );
}
