import type { Picture } from "@/lib/shop/product_views.ts";

/** The pictures of a product: side by side, to scroll on a phone. */
export function Gallery({ pictures }: { pictures: readonly Picture[] }) {
  return (
    <div class="gallery" role="group" aria-label="Pictures" tabIndex={0}>
      {pictures.length === 0 && <div class="picture" />}
      {pictures.map(({ alt, src, srcSet }, index) => (
        <div class="picture" key={src}>
          <img
            src={src}
            srcset={srcSet}
            sizes="(min-width: 44rem) 32rem, 100vw"
            alt={index === 0 ? alt : `${alt}, picture ${index + 1}`}
            width="640"
            height="640"
            loading={index === 0 ? "eager" : "lazy"}
          />
        </div>
      ))}
    </div>
  );
}
