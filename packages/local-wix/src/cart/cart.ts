import type {
  Catalog,
  CatalogItem,
  CatalogReference,
} from "../stores/catalog.ts";
import { customCatalogItem, type CustomItem } from "./custom_item.ts";

/** The owner of a cart. */
export type Buyer =
  | { readonly visitorId: string }
  | { readonly memberId: string; readonly contactId: string };

/** An item, of the catalog or custom, and how many of it: what carts remember. */
export interface CatalogLine {
  readonly id: string;
  readonly catalogReference?: CatalogReference;
  readonly custom?: CustomItem;
  /** How many the buyer wants, which may be more than are left. */
  readonly quantity: number;
}

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
  readonly addressLine2?: string;
}

/** Where something is sold. */
export const CHANNEL_TYPES = [
  "UNSPECIFIED",
  "WEB",
  "POS",
  "EBAY",
  "AMAZON",
  "WIX_APP_STORE",
  "WIX_INVOICES",
  "BACKOFFICE_MERCHANT",
  "OTHER_PLATFORM",
] as const;

/**
 * Goods on their way to an order, without what follows from the catalog. Cart
 * V2, Cart V1 and Checkout V1 are views of it.
 */
export interface Cart {
  readonly id: string;
  /** Goes up with each change. */
  readonly revision: number;
  readonly buyer: Buyer;
  readonly lines: readonly CatalogLine[];
  readonly couponCode?: string;
  /** Whether the coupon is fixed. */
  readonly isCouponLocked?: boolean;
  readonly giftCardCode?: string;
  /** What the gift card paid of the order, in US cents. */
  readonly redeemed?: number;
  readonly note?: string;
  readonly channelType: (typeof CHANNEL_TYPES)[number];
  readonly languageCode?: string;
  /** In which the buyer reads prices. */
  readonly currencyCode: string;
  readonly email?: string;
  readonly recipient: Recipient;
  /** Default: the recipient. */
  readonly billing?: Recipient;
  readonly shippingCode?: string;
  /** Checkout V1: made from the cart, or without one. */
  readonly checkout?: "from cart" | "alone";
  /** The site's own checkout page, instead of Wix's. */
  readonly checkoutUrl?: string;
  /** The order that was placed; then nothing changes any more. */
  readonly orderId?: string;
  readonly createdDate: string;
  readonly updatedDate: string;
}

/** A line and what its reference means. */
export interface ResolvedLine extends CatalogLine, CatalogItem {
  /** How many of the wanted there are. */
  readonly confirmed: number;
}

/** `lines` with their products; those that the shop no longer has drop out. */
export function resolveLines(
  lines: readonly CatalogLine[],
  catalog: Catalog,
): ResolvedLine[] {
  return lines.flatMap((line) => {
    const item = findItem(line, catalog);
    if (!item) return [];
    const confirmed = Math.min(line.quantity, item.left ?? Infinity);
    return [{ ...line, ...item, confirmed }];
  });
}

/** What a line is about; undefined when the shop no longer has it. */
export function findItem(
  { catalogReference, custom }: NewLine,
  catalog: Catalog,
): CatalogItem | undefined {
  if (custom) return customCatalogItem(custom);
  return catalogReference && catalog.find(catalogReference);
}

/** Whether a line is sent in a parcel. */
export function isShipped({ product }: CatalogItem): boolean {
  return product.kind === "PHYSICAL";
}

/** A line that is not in a cart yet. */
export type NewLine = Omit<CatalogLine, "id">;

/** `present` and `added` lines; an item that is there already gets more. */
export function addLines(
  present: readonly CatalogLine[],
  added: readonly NewLine[],
  { catalog, newId }: {
    readonly catalog: Catalog;
    readonly newId: () => string;
  },
): CatalogLine[] {
  const lines = [...present];
  for (const line of added) {
    const wanted = findItem(line, catalog);
    const index = lines.findIndex((other) =>
      isSame(findItem(other, catalog), wanted)
    );
    const found = lines[index];
    if (found) {
      const quantity = found.quantity + line.quantity;
      lines[index] = { ...found, quantity };
    } else lines.push({ id: newId(), ...line });
  }
  return lines;
}

function isSame(a: CatalogItem | undefined, b: CatalogItem | undefined) {
  return a?.variant === b?.variant &&
    JSON.stringify(a?.descriptionLines) === JSON.stringify(b?.descriptionLines);
}
