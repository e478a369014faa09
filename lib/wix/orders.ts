/**
 * The orders of the current member: SDK orders in, what pages show out.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/ecom/orders
 * @module
 */
import { orders } from "@wix/ecom";
import { HttpError } from "fresh";
import { toWixError } from "./wix_error.ts";

/** One row of the order history. */
export interface OrderSummary {
  /** Wix order id, a GUID. */
  readonly id: string;
  /** The number that people use, such as `10042`. */
  readonly number: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Products with their quantity, such as `2 × Shirt`. */
  readonly items: readonly string[];
  /** Wix's status words, such as `NOT_PAID`. */
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfillmentStatus: string;
  /** Formatted by Wix, with currency. */
  readonly total: string;
}

/** One page of the order history. */
export interface OrderPage {
  readonly orders: readonly OrderSummary[];
  /** Cursor of the page after (older) or before (newer), when there is one. */
  readonly next: string | undefined;
  readonly prev: string | undefined;
}

/** One order in full. */
export interface OrderDetail extends OrderSummary {
  readonly lines: readonly OrderLine[];
  /** Name and amount of each part of the total, as Wix formats it. */
  readonly totals: readonly (readonly [name: string, amount: string])[];
  /** Lines of the address it goes to. */
  readonly shipTo: readonly string[];
}

/** One product of an order. */
export interface OrderLine {
  readonly name: string;
  readonly quantity: number;
  /** What was chosen, such as `Size: M`. */
  readonly options: readonly string[];
  readonly price: string;
}

/** Orders per page. */
export const ORDERS_PER_PAGE = 10;

/**
 * Returns a page of the current member's orders, newest first. Like Wix it
 * leaves out orders that wait for approval or were rejected.
 *
 * @param cursor From an earlier page; `undefined` for the newest orders.
 * @throws {HttpError} 400 for a cursor that Wix does not know.
 */
export async function listOrders(
  cursor: string | undefined,
): Promise<OrderPage> {
  const limit = ORDERS_PER_PAGE;
  const search = cursor === undefined
    ? { sort: NEWEST_FIRST, cursorPaging: { limit } }
    : { cursorPaging: { limit, cursor } };
  const answer = await orders.searchOrders(search).catch((error) => {
    const unknown = cursor !== undefined && toWixError(error)?.status === 400;
    throw unknown ? new HttpError(400, "", { cause: error }) : error;
  });
  const cursors = answer.metadata?.cursors;
  return {
    orders: (answer.orders ?? []).map(toSummary),
    next: cursors?.next ?? undefined,
    prev: cursors?.prev ?? undefined,
  };
}

const NEWEST_FIRST: NonNullable<orders.OrderSearch["sort"]> = [
  { fieldName: "_createdDate", order: orders.SortOrder.DESC },
];

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns an order of the current member, `undefined` when there is none with
 * this id or it is somebody else's: the two must look the same.
 *
 * @param memberId Checked against the buyer when known, besides Wix's check.
 */
export async function findOrder(
  id: string,
  memberId: string | undefined,
): Promise<OrderDetail | undefined> {
  if (!GUID.test(id)) return undefined;
  try {
    const order = await orders.getOrder(id);
    const buyer = order.buyerInfo?.memberId;
    return memberId !== undefined && buyer !== memberId
      ? undefined
      : toDetail(order);
  } catch (error) {
    const status = toWixError(error)?.status;
    if (status === 403 || status === 404) return undefined;
    throw error;
  }
}

function toSummary(order: orders.Order): OrderSummary {
  return {
    id: order._id ?? "",
    number: order.number ?? "",
    createdAt: new Date(order._createdDate ?? 0).toISOString(),
    items: (order.lineItems ?? []).map(
      (line) => `${line.quantity ?? 1} × ${productName(line)}`,
    ),
    status: order.status ?? "",
    paymentStatus: order.paymentStatus ?? "",
    fulfillmentStatus: order.fulfillmentStatus ?? "",
    total: order.priceSummary?.total?.formattedAmount ?? "",
  };
}

function toDetail(order: orders.Order): OrderDetail {
  const { subtotal, shipping, tax, discount, total } = order.priceSummary ?? {};
  const { paid, refunded } = order.balanceSummary ?? {};
  return {
    ...toSummary(order),
    lines: (order.lineItems ?? []).map((line) => ({
      name: productName(line),
      quantity: line.quantity ?? 1,
      options: (line.descriptionLines ?? []).map(descriptionText),
      price: line.totalPriceAfterTax?.formattedAmount ??
        line.price?.formattedAmount ?? "",
    })),
    totals: [
      ...row("Subtotal", subtotal),
      ...row("Discount", nonZero(discount)),
      ...row("Shipping", shipping),
      ...row("Tax", tax),
      ...row("Total", total),
      ...row("Paid", paid),
      ...row("Refunded", nonZero(refunded)),
    ],
    shipTo: shippingLines(order),
  };
}

function row(
  name: string,
  price: orders.Price | undefined,
): [name: string, amount: string][] {
  return price?.formattedAmount ? [[name, price.formattedAmount]] : [];
}

function nonZero(price: orders.Price | undefined): orders.Price | undefined {
  return Number(price?.amount ?? 0) === 0 ? undefined : price;
}

function productName(line: orders.OrderLineItem): string {
  return line.productName?.translated ?? line.productName?.original ??
    "Product";
}

function descriptionText(line: orders.DescriptionLine): string {
  const value = line.colorInfo?.original ?? line.plainText?.original ?? "";
  return `${line.name?.original ?? ""}: ${value}`;
}

function shippingLines(order: orders.Order): string[] {
  const destination = order.shippingInfo?.logistics?.shippingDestination;
  const { firstName, lastName } = destination?.contactDetails ?? {};
  const { addressLine1, city, postalCode, country } = destination?.address ??
    {};
  return [
    [firstName, lastName].filter(Boolean).join(" "),
    addressLine1 ?? "",
    [postalCode, city].filter(Boolean).join(" "),
    country ?? "",
  ].filter((text) => text !== "");
}
