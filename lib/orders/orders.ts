/**
 * Reads the orders of the current member from Wix.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/ecom/orders
 * @module
 */
import type { ImageUrl } from "@fresh-wix/core";
import { toWixError } from "@fresh-wix/core/errors";
import { orders } from "@wix/ecom";
import { currentMember } from "@/lib/account/current_member.ts";
import {
  type OrderQuery,
  OrderQueryError,
  searchFilter,
} from "./order_query.ts";
import { type OrderSummary, toSummary } from "./order_views.ts";

/** One page of the order history. */
export interface OrderPage {
  readonly orders: readonly OrderSummary[];
  /** Cursors of the next (older) and previous (newer) page. */
  readonly next: string | undefined;
  readonly prev: string | undefined;
}

/** Orders per page. */
export const ORDERS_PER_PAGE = 10;

/**
 * Returns a page of the current member's orders, newest first. Wix leaves out
 * orders that await approval or were rejected.
 *
 * @throws {OrderQueryError} for a cursor that Wix rejects.
 */
export async function listOrders(
  query: OrderQuery,
  imageUrl: ImageUrl,
): Promise<OrderPage> {
  try {
    // #region orders
    const search = searchFor(query);
    const { orders: found, metadata } = await orders.searchOrders(search);
    const { next, prev } = metadata?.cursors ?? {};
    // #endregion
    return {
      orders: found?.map((order) => toSummary(order, imageUrl)) ?? [],
      next: next ?? undefined,
      prev: prev ?? undefined,
    };
  } catch (error) {
    // The cursor is the only user input in a search, so a 400 is about it.
    const { cursor, ...filter } = query;
    throw cursor !== undefined && toWixError(error)?.status === 400
      ? new OrderQueryError("cursor", filter, { cause: error })
      : error;
  }
}

/** A cursor contains the filter and sort order it was created with. */
function searchFor({ cursor, ...query }: OrderQuery): orders.OrderSearch {
  const limit = ORDERS_PER_PAGE;
  return cursor === undefined
    ? { filter: searchFilter(query), sort, cursorPaging: { limit } }
    : { cursorPaging: { limit, cursor } };
}

const sort: NonNullable<orders.OrderSearch["sort"]> = [
  { fieldName: "_createdDate", order: orders.SortOrder.DESC },
];

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns whether a string has the format of an order id. */
export function isOrderId(text: string): boolean {
  return GUID.test(text);
}

/**
 * Returns an order of the current member; `undefined` when it does not exist or
 * belongs to another member, so that the two look the same.
 *
 * @param memberId The member's id. Orders of other buyers are not returned, even
 * if Wix sends them. When undefined, it is read from Wix; without an id, no order
 * is returned.
 */
export async function findOrder(
  id: string,
  memberId: string | undefined,
): Promise<orders.Order | undefined> {
  if (!isOrderId(id)) return undefined;
  try {
    const order = await orders.getOrder(id);
    const ownId = memberId ?? (await currentMember())?._id;
    return ownId && ownId === order.buyerInfo?.memberId ? order : undefined;
  } catch (error) {
    const status = toWixError(error)?.status;
    if (status === 403 || status === 404) return undefined;
    throw error;
  }
}
