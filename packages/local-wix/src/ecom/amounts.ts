/** What a line adds to its cart or order, in minor units. */
export interface LineAmounts {
  /** Unit price times quantity. */
  readonly beforeDiscount: number;
  readonly discount: number;
  readonly tax: number;
}

/** What applies to every line of a cart or order. */
export interface Rates {
  readonly discountPercent: number;
  /** In per mille, so that it stays an integer. */
  readonly taxPerMille: number;
}

/** What a cart or order costs, in minor units. */
export interface Totals {
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly shipping: number;
  readonly total: number;
}

/** The amounts of `quantity` pieces at `unit` minor units each. */
export function lineAmounts(
  unit: number,
  quantity: number,
  { discountPercent, taxPerMille }: Rates,
): LineAmounts {
  const beforeDiscount = unit * quantity;
  const discount = Math.round(beforeDiscount * discountPercent / 100);
  const tax = Math.round((beforeDiscount - discount) * taxPerMille / 1000);
  return { beforeDiscount, discount, tax };
}

/** The sum of `lines`, with `shipping` on top. */
export function totals(
  lines: readonly LineAmounts[],
  shipping: number,
): Totals {
  const subtotal = sum(lines.map((line) => line.beforeDiscount));
  const discount = sum(lines.map((line) => line.discount));
  const tax = sum(lines.map((line) => line.tax));
  const total = subtotal - discount + tax + shipping;
  return { subtotal, discount, tax, shipping, total };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
