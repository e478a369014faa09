/**
 * Reads the orders of the current member from Wix.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/ecom/orders
 * @module
 */
import type { ImageUrl, Session } from "@fresh-wix/core";
import { toWixError } from "@fresh-wix/core/errors";
import { orders } from "@wix/ecom";
import { currentMember } from "@/lib/account/current_member.ts";
import { isGuid } from "@/lib/guid.ts";
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

/**
 * Returns an order of the current user; `undefined` when it does not exist or is
 * another buyer's, so that the two look the same. Orders of others are not
 * returned even if Wix sends them.
 *
 * @param session Of the current user. A member without an id has it read from Wix.
 * @param cartId Id of the cart that this browser checked out, which identifies
 * a visitor's order.
 */
export async function findOrder(
  id: string,
  session: Session,
  cartId?: string,
): Promise<orders.Order | undefined> {
  if (!isGuid(id)) return undefined;
  try {
    const order = await orders.getOrder(id);
    return await isOwn(order, session, cartId) ? order : undefined;
  } catch (error) {
    const status = toWixError(error)?.status;
    if (status === 403 || status === 404) return undefined;
    throw error;
  }
}

async function isOwn(
  { buyerInfo, checkoutId }: orders.Order,
  { member }: Session,
  cartId: string | undefined,
): Promise<boolean> {
  if (member === undefined) {
    return cartId !== undefined && cartId === checkoutId;
  }
  const ownId = member.id ?? (await currentMember())?._id;
  return Boolean(ownId) && ownId === buyerInfo?.memberId;
}
