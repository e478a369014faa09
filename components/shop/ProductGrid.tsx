import type { ProductCard } from "@/lib/shop/product_views.ts";
import { Price } from "./Price.tsx";

interface ProductGridProps {
  readonly products: readonly ProductCard[];
  /** Level of the names among the page's headings. Default 2. */
  readonly level?: 2 | 3;
}

/** How many pictures are seen without scrolling, at most. */
const EAGER = 4;

/** Products with picture and price, each a link to its page. */
export function ProductGrid({ products, level = 2 }: ProductGridProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <ul class="products">
      {products.map((
        { id, name, picture, price, ribbon, slug, ...rest },
        i,
      ) => (
        <li key={id}>
          <div class="picture">
            {picture && (
              <img
                src={picture.src}
                srcset={picture.srcSet}
                sizes="(min-width: 44rem) 15rem, 45vw"
                alt=""
                width="320"
                height="320"
                loading={i < EAGER ? "eager" : "lazy"}
              />
            )}
            {ribbon && <span class="badge">{ribbon}</span>}
          </div>
          <Heading>
            <a href={`/products/${slug}`}>{name}</a>
          </Heading>
          <p>
            <Price {...price} />
            {rest.isSoldOut && <small>Sold out</small>}
          </p>
        </li>
      ))}
    </ul>
  );
}
