import { ParcelIcon } from "./ParcelIcon.tsx";

/**
 * A small square picture, hidden from screen readers because its text is next to
 * it. Shows a parcel until the image has loaded, or without one.
 */
export function Thumbnail({ image }: { image: string | undefined }) {
  return (
    <span class="thumbnail">
      <ParcelIcon />
      {image && (
        <img
          src={image}
          alt=""
          width="64"
          height="64"
          loading="lazy"
        />
      )}
    </span>
  );
}
