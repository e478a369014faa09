import type { Buyer, CatalogLine } from "../cart/cart.ts";
import { type Quote, quote } from "../cart/quote.ts";
import type { Catalog } from "../stores/catalog.ts";

/** Name and address of the recipient; every part may still be missing. */
export interface Recipient {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  /** Two letters. */
  readonly country?: string;
  readonly subdivision?: string;
  readonly city?: string;
  readonly postalCode?: string;
  readonly addressLine?: string;
}

/** Goods on their way from a cart to an order. */
export interface Checkout {
  readonly id: string;
  /** The cart it was made from, which goes when the order is placed. */
  readonly cartId?: string;
  readonly buyer: Buyer;
  readonly lines: readonly CatalogLine[];
  readonly couponCode?: string;
  readonly channelType: string;
  readonly email?: string;
  readonly recipient: Recipient;
  readonly shippingCode?: string;
  readonly buyerNote?: string;
  /** The order that was placed; then the checkout is completed. */
  readonly orderId?: string;
  readonly createdDate: string;
  readonly updatedDate: string;
}

/** What the goods of `checkout` cost. */
export function quoteCheckout(checkout: Checkout, catalog: Catalog): Quote {
  const { lines, couponCode, shippingCode, recipient: { country } } = checkout;
  return quote(lines, catalog, { couponCode, country, shippingCode });
}
