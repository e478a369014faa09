/**
 * Converts SDK carts to views for pages. All amounts come from Wix: none are
 * calculated here.
 *
 * @module
 */
import type { currentCartV2 } from "@wix/ecom";
import { type Amount, toOption } from "@/lib/orders/order_views.ts";
import type { ProductCard } from "./product_views.ts";

/** A cart as Cart V2 has it. */
export type Cart = currentCartV2.Cart;

/** A cart as its page shows it. */
export type CartView = ReturnType<typeof toCartView>;
/** A line of a cart. */
export type CartLine = ReturnType<typeof toLine>;

/**
 * Returns a cart as its page shows it.
 *
 * @param products Those in its lines: Wix's lines have no pictures, and no
 * links to pages of this site.
 */
export function toCartView(
  cart: Cart = {},
  summary?: currentCartV2.CartSummary,
  products: readonly ProductCard[] = [],
) {
  const { businessInfo, customerInfo, lineItems = [], orderId } = cart;
  const currency = customerInfo?.currencyCode ??
    businessInfo?.currencyCode ?? undefined;
  const [coupon] = cart.coupons ?? [];
  return {
    lines: lineItems.map((line) => toLine(line, products, currency)),
    /** Number of items. */
    count: countPieces(cart),
    /** Name and amount of each part of the total; without delivery and tax. */
    totals: toTotals(summary, currency),
    coupon: coupon?._id && coupon.code
      ? { id: coupon._id, code: coupon.code }
      : undefined,
    note: cart.note ?? "",
    /** Problems of the cart as a whole, such as a coupon that has expired. */
    problems: (summary?.violations ?? []).flatMap(({ code }) =>
      VIOLATIONS[code ?? ""] ?? []
    ),
    /** Whether the cart can be checked out unchanged. */
    isReady: isReady(cart),
    /** Id of the order, when this cart has been bought. */
    orderId: cart.orderPlaced && orderId ? orderId : undefined,
  };
}

/** Returns the number of available items in a cart. */
export function countPieces({ lineItems = [] }: Cart): number {
  return lineItems.reduce(
    (sum, { quantityInfo }) => sum + (quantityInfo?.requestedQuantity ?? 0),
    0,
  );
}

/** Returns whether a cart can be checked out unchanged. */
export function isReady({ lineItems = [], orderPlaced }: Cart): boolean {
  return lineItems.length > 0 && !orderPlaced &&
    lineItems.every((line) => lineProblem(line) === undefined);
}

/**
 * Returns why a line cannot be bought unchanged. Wix includes this in a
 * successful response.
 */
export function lineProblem(
  { status, quantityInfo }: currentCartV2.V2LineItem,
): string | undefined {
  const { confirmedQuantity = 0, requestedQuantity = 0 } = quantityInfo ?? {};
  if (status === "REMOVED_FROM_CATALOG") {
    return "No longer sold. Remove it to check out.";
  }
  if (status === "OUT_OF_STOCK" || confirmedQuantity === 0) {
    return "Sold out. Remove it to check out.";
  }
  return confirmedQuantity < requestedQuantity
    ? `Only ${confirmedQuantity} left. Change the quantity to check out.`
    : undefined;
}

/** Other problems than those of lines; see `lineProblem`. */
const VIOLATIONS: Readonly<Record<string, string>> = {
  INVALID_COUPON_CODE: "The coupon is not valid. Remove it to check out.",
  INVALID_COUPON_STATUS:
    "The coupon does not apply to this cart. Remove it to check out.",
  SUBTOTAL_BELOW_ORDER_MINIMUM: "The total is below the shop's minimum order.",
  MEMBERS_ONLY_ITEM: "Some items are for members. Log in to check out.",
};

function toLine(
  line: currentCartV2.V2LineItem,
  products: readonly ProductCard[],
  currency: string | undefined,
) {
  const { attributes, name, pricing, quantityInfo, source } = line;
  const product = products.find(({ id }) =>
    id === source?.catalogReference?.catalogItemId
  );
  return {
    /** Wix id of the line, not of the product. */
    id: line._id ?? "",
    name: name?.translated || name?.original || product?.name ||
      "Removed product",
    /** The product's page, if the shop still has it. */
    href: product && `/products/${product.slug}`,
    picture: product?.picture,
    options: (attributes?.descriptionLines ?? []).map(toOption),
    /** The requested quantity, and the available one, if known. */
    quantity: quantityInfo?.requestedQuantity ?? 0,
    available: quantityInfo?.availableQuantity ?? undefined,
    unitPrice: formatMoney(pricing?.unitPrice, currency),
    total: formatMoney(pricing?.totalPrice, currency),
    /** Why it cannot be bought as it is. */
    problem: lineProblem(line),
  };
}

function toTotals(
  summary: currentCartV2.CartSummary | undefined,
  currency: string | undefined,
): Amount[] {
  const { subtotal, discount, total } = summary?.priceSummary ?? {};
  const isReduced = Number(discount?.amount ?? 0) > 0;
  return [
    ["Subtotal", formatMoney(subtotal, currency)],
    ...(isReduced
      ? [["Discount", `−${formatMoney(discount, currency)}`] as const]
      : []),
    ["Total", formatMoney(total, currency)],
  ];
}

/**
 * Formats a decimal amount with its currency: Cart V2 has no formatted amounts.
 */
export function formatMoney(
  price: currentCartV2.MultiCurrencyPrice | undefined,
  currency: string | undefined,
): string {
  const amount = price?.convertedAmount || price?.amount;
  if (!amount || !currency) return amount ?? "";
  return new Intl.NumberFormat("en-US", { style: "currency", currency })
    .format(amount as `${number}`);
}
