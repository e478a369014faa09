/** A parcel, shown if a product has no picture. */
export function ParcelIcon() {
  return (
    <svg class="parcel" viewBox="0 0 24 24" aria-hidden="true">
      <path d="m4 8 8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8" />
    </svg>
  );
}
