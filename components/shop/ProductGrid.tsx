import type { ProductCard } from "@/lib/shop/product_views.ts";
import { Picture } from "./Picture.tsx";
import { Price } from "./Price.tsx";

interface ProductGridProps {
  readonly products: readonly ProductCard[];
  /** Level of the names among the page's headings. Default 2. */
  readonly level?: 2 | 3;
}

/** Maximum number of pictures visible without scrolling. */
const EAGER = 4;

/** Products with picture and price, each a link to its page. */
export function ProductGrid({ products, level = 2 }: ProductGridProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <ul class="products">
      {products.map(({ name, picture, price, ribbon, slug, isSoldOut }, i) => (
        <li key={slug}>
          <Picture picture={picture} isEager={i < EAGER}>
            {ribbon && <span class="badge">{ribbon}</span>}
          </Picture>
          <Heading>
            <a href={`/products/${slug}`}>{name}</a>
          </Heading>
          <p>
            <Price {...price} />
            {isSoldOut && <small>Sold out</small>}
          </p>
        </li>
      ))}
    </ul>
  );
}
