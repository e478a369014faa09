import type { ComponentChildren } from "preact";
import { ParcelIcon } from "@/components/ParcelIcon.tsx";
import type { Picture as PictureView } from "@/lib/shop/product_views.ts";

interface PictureProps {
  /** Without one, a parcel is shown. */
  readonly picture: PictureView | undefined;
  /** As in `<img>`. Default: empty, because the text next to it says the same. */
  readonly alt?: string;
  /** Whether it is visible without scrolling. */
  readonly isEager?: boolean;
  /** What lies on it. */
  readonly children?: ComponentChildren;
}

/** A square picture of a product. */
export function Picture(
  { alt = "", children, isEager, picture }: PictureProps,
) {
  return (
    <div class="picture">
      {picture
        ? (
          <img
            src={picture.src}
            srcset={`${picture.src2x} 2x`}
            alt={alt}
            width="640"
            height="640"
            loading={isEager ? "eager" : "lazy"}
            fetchpriority={isEager ? "high" : undefined}
          />
        )
        : <ParcelIcon />}
      {children}
    </div>
  );
}
