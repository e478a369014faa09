/**
 * A small square picture, hidden from screen readers because its text is next to
 * it. Shows a parcel until the image has loaded, or without one.
 */
export function Thumbnail({ image }: { image: string | undefined }) {
  return (
    <span class="thumbnail">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="m4 8 8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8" />
      </svg>
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
