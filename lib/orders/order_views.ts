/**
 * Converts SDK orders to the values that pages show. Amounts are formatted by
 * Wix and never calculated here.
 *
 * @module
 */
import type { currentCartV2, orders } from "@wix/ecom";
import type { ImageUrl } from "@fresh-wix/core";

/** One row of the order history. */
export interface OrderSummary {
  /** Wix order id, a GUID. */
  readonly id: string;
  /** The order number shown to buyers, such as `10042`. */
  readonly number: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly items: readonly OrderItem[];
  /** Wix's statuses, such as `NOT_PAID`. */
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfillmentStatus: string;
  /** Formatted by Wix, with currency. */
  readonly total: string;
}

/** A product in a list of orders. */
export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
  /** URL of a square image. */
  readonly image: string | undefined;
}

/** One order with all details. */
export interface OrderDetail extends OrderSummary {
  readonly lines: readonly OrderLine[];
  /** Name and amount of each part of the total. */
  readonly totals: readonly Amount[];
  /** Amounts paid, due and refunded. */
  readonly balance: readonly Amount[];
  /** The delivery method, such as `Express, next day`. */
  readonly delivery: string;
  /** Lines of the shipping and billing addresses. */
  readonly shipTo: readonly string[];
  readonly billTo: readonly string[];
  readonly note: string | undefined;
  /** Events, oldest first. */
  readonly history: readonly { readonly at: string; readonly text: string }[];
}

/** A name and an amount formatted by Wix. */
export type Amount = readonly [name: string, amount: string];

/** One product of an order. */
export interface OrderLine extends OrderItem {
  readonly id: string;
  readonly options: readonly ProductOption[];
  /** Total price of the line. */
  readonly price: string;
  readonly refundedQuantity: number;
}

/** A chosen option, such as a size. */
export interface ProductOption {
  readonly name: string;
  readonly value: string;
  /** CSS colour of a colour option. */
  readonly color: string | undefined;
}

/** Twice the displayed size, for high-density screens. */
const THUMBNAIL_PIXELS = 128;

/** Returns an order for the order list. */
export function toSummary(
  order: orders.Order,
  imageUrl: ImageUrl,
): OrderSummary {
  return {
    id: order._id ?? "",
    number: order.number ?? "",
    createdAt: toIso(order._createdDate),
    items: (order.lineItems ?? []).map((line) => toItem(line, imageUrl)),
    status: order.status ?? "",
    paymentStatus: order.paymentStatus ?? "",
    fulfillmentStatus: order.fulfillmentStatus ?? "",
    total: order.priceSummary?.total?.formattedAmount ?? "",
  };
}

/** Returns an order for its own page. */
export function toDetail(
  order: orders.Order,
  imageUrl: ImageUrl,
): OrderDetail {
  const { logistics, title } = order.shippingInfo ?? {};
  return {
    ...toSummary(order, imageUrl),
    lines: (order.lineItems ?? []).map((line) => toLine(line, imageUrl)),
    totals: totals(order),
    balance: balance(order),
    delivery: [title, logistics?.deliveryTime].filter(Boolean).join(", "),
    shipTo: addressLines(
      logistics?.shippingDestination ??
        { ...logistics?.pickupDetails },
    ),
    billTo: addressLines(order.billingInfo),
    note: order.buyerNote || undefined,
    history: (order.activities ?? []).flatMap(({ _createdDate, type }) => {
      const text = ACTIVITIES[type ?? ""];
      return text === undefined ? [] : [{ at: toIso(_createdDate), text }];
    }),
  };
}

/** The events shown to buyers. Wix also returns events for shop owners. */
const ACTIVITIES: Readonly<Record<string, string>> = {
  ORDER_PLACED: "Order placed",
  ORDER_PAID: "Paid",
  ORDER_PARTIALLY_PAID: "Partially paid",
  ORDER_PENDING: "Payment pending",
  ORDER_FULFILLED: "Shipped",
  ORDER_NOT_FULFILLED: "Marked as not shipped",
  ORDER_REFUNDED: "Refunded",
  PAYMENT_REFUNDED: "Refunded",
  ORDER_CANCELED: "Canceled",
  ORDER_REJECTED: "Rejected",
  TRACKING_NUMBER_ADDED: "Tracking number added",
  PICKUP_READY_EMAIL_SENT: "Ready for pickup",
};

function toItem(
  line: orders.OrderLineItem,
  imageUrl: ImageUrl,
): OrderItem {
  return {
    name: line.productName?.translated ?? line.productName?.original ??
      "Product",
    quantity: line.quantity ?? 1,
    image: imageUrl(line.image, THUMBNAIL_PIXELS),
  };
}

function toLine(
  line: orders.OrderLineItem,
  imageUrl: ImageUrl,
): OrderLine {
  return {
    ...toItem(line, imageUrl),
    id: line._id ?? "",
    options: (line.descriptionLines ?? []).map(toOption),
    // Tax is a separate line below the subtotal.
    price: line.totalPriceBeforeTax?.formattedAmount ??
      line.price?.formattedAmount ?? "",
    refundedQuantity: line.refundQuantity ?? 0,
  };
}

/** Returns a chosen option, of a line of an order or of a cart. */
export function toOption(
  { name, colorInfo, plainText }:
    | orders.DescriptionLine
    | currentCartV2.DescriptionLine,
): ProductOption {
  return {
    name: name?.translated ?? name?.original ?? "",
    value: colorInfo?.translated ?? colorInfo?.original ??
      plainText?.translated ?? plainText?.original ?? "",
    color: colorInfo?.code ?? undefined,
  };
}

function totals({ priceSummary = {} }: orders.Order): Amount[] {
  const { subtotal, shipping, tax, discount, total, totalAdditionalFees } =
    priceSummary;
  return [
    ...amount("Subtotal", subtotal),
    ...amount("Discount", nonZero(discount), "−"),
    ...amount("Shipping", shipping),
    ...amount("Fees", nonZero(totalAdditionalFees)),
    ...amount("Tax", tax),
    ...amount("Total", total),
  ];
}

function balance({ balanceSummary = {} }: orders.Order): Amount[] {
  const { paid, refunded, pendingRefund, pending, balance } = balanceSummary;
  return [
    ...amount("Paid", paid),
    ...amount("Pending", nonZero(pending)),
    ...amount("Refunded", nonZero(refunded)),
    ...amount("Pending refund", nonZero(pendingRefund)),
    ...amount("Amount due", nonZero(balance)),
  ];
}

function amount(
  name: string,
  price: { formattedAmount?: string | null } | undefined,
  sign = "",
): Amount[] {
  return price?.formattedAmount ? [[name, sign + price.formattedAmount]] : [];
}

function nonZero<T extends { amount?: string | null }>(
  price: T | undefined,
): T | undefined {
  return Number(price?.amount ?? 0) === 0 ? undefined : price;
}

function addressLines(place: orders.AddressWithContact | undefined): string[] {
  const { firstName, lastName, company, phone } = place?.contactDetails ?? {};
  const address = place?.address ?? {};
  const { streetAddress, city, postalCode, country } = address;
  return [
    [firstName, lastName].filter(Boolean).join(" "),
    company,
    address.addressLine1 ??
      [streetAddress?.number, streetAddress?.name].filter(Boolean).join(" "),
    address.addressLine2,
    [postalCode, city].filter(Boolean).join(" "),
    address.countryFullname ?? (country && countryName(country)),
    phone,
  ].filter((text): text is string => Boolean(text));
}

const COUNTRIES = new Intl.DisplayNames("en", { type: "region" });

/** Returns the name of a country, or the code when it is not in ISO 3166. */
function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? COUNTRIES.of(code) ?? code : code;
}

function toIso(date: Date | null | undefined): string {
  return new Date(date ?? 0).toISOString();
}
