import type { Picture as PictureView } from "@/lib/shop/product_views.ts";
import { Picture } from "./Picture.tsx";

/** The pictures of a product: side by side, to scroll on a phone. */
export function Gallery({ pictures }: { pictures: readonly PictureView[] }) {
  const shown = pictures.length > 0 ? pictures : [undefined];
  return (
    <div class="gallery" role="group" aria-label="Pictures" tabIndex={0}>
      {shown.map((picture, index) => (
        <Picture
          key={index}
          picture={picture}
          alt={(picture?.alt ?? "") + (index ? `, picture ${index + 1}` : "")}
          isEager={index === 0}
        />
      ))}
    </div>
  );
}
