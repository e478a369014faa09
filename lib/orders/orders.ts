/**
 * The orders of the current member, asked of Wix.
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
import {
  type OrderDetail,
  type OrderSummary,
  toDetail,
  toSummary,
} from "./order_views.ts";

/** One page of the order history. */
export interface OrderPage {
  readonly orders: readonly OrderSummary[];
  /** Cursor of the page after (older) or before (newer), when there is one. */
  readonly next: string | undefined;
  readonly prev: string | undefined;
}

/** Orders per page. */
export const ORDERS_PER_PAGE = 10;

/**
 * Returns a page of the current member's orders, newest first. Like Wix it
 * leaves out orders that wait for approval or were rejected.
 *
 * @throws {OrderQueryError} for a cursor that Wix does not know.
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
    // Everything else in a search is ours, so a 400 is about the cursor.
    const { cursor, ...filter } = query;
    throw cursor !== undefined && toWixError(error)?.status === 400
      ? new OrderQueryError("cursor", filter, { cause: error })
      : error;
  }
}

/** A cursor holds the filter and the order that it was made with. */
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

/** Returns whether a text can be the id of an order. */
export function isOrderId(text: string): boolean {
  return GUID.test(text);
}

/**
 * Returns an order of the current member, `undefined` when there is none with
 * this id or it is another member's: the two must look the same.
 *
 * @param memberId The member's id: an order of any other buyer is not returned,
 * even if Wix sends it. When undefined, it is read from Wix; if Wix has none
 * either, no order is returned.
 */
export async function findOrder(
  id: string,
  memberId: string | undefined,
  imageUrl: ImageUrl,
): Promise<OrderDetail | undefined> {
  if (!isOrderId(id)) return undefined;
  try {
    const order = await orders.getOrder(id);
    const ownId = memberId ?? (await currentMember())?._id;
    return ownId && ownId === order.buyerInfo?.memberId
      ? toDetail(order, imageUrl)
      : undefined;
  } catch (error) {
    const status = toWixError(error)?.status;
    if (status === 403 || status === 404) return undefined;
    throw error;
  }
}
