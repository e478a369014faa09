interface PriceProps {
  /** Formatted by Wix. */
  readonly price: string;
  /** The price before it was reduced. */
  readonly before?: string | undefined;
  /** Whether other variants cost more. */
  readonly isLowest?: boolean;
}

/** A price, and what it was before. */
export function Price({ before, isLowest, price }: PriceProps) {
  return (
    <span class="price">
      {isLowest && "From "}
      <strong>{price}</strong>
      {before && " "}
      {before && (
        <s>
          <span class="visually-hidden">before:</span> {before}
        </s>
      )}
    </span>
  );
}
