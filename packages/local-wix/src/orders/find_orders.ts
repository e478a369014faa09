import type { Call } from "../call.ts";
import { invalidField, notFound } from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { objectIn, partsIn } from "../http/validate.ts";
import { isElevated } from "../identity/identity.ts";
import {
  compileFilter,
  type FilterFields,
  mentionsField,
} from "../query/filter.ts";
import { cursorPage, readCursorQuery } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import type { Order } from "./build_order.ts";

/**
 * The orders that the caller may read: visitors and members their own, apps all.
 *
 * UNDOCUMENTED: whether a visitor may read the order they have just placed. Here
 * they may, by its id: public thank-you pages do.
 */
export function visibleOrders({ identity, backend }: Call): readonly Order[] {
  const orders = backend.store.orders.list;
  if (isElevated(identity)) return orders;
  return orders.filter(({ buyerInfo }) =>
    identity.kind === "member"
      ? buyerInfo.memberId === identity.memberId
      : identity.kind === "visitor" &&
        buyerInfo.visitorId === identity.visitorId
  );
}

/**
 * The order with this id, if the caller may read it.
 *
 * UNDOCUMENTED: another member's order, and an id that is no GUID. Here both
 * are the 404 of an order that does not exist.
 */
export function requireOrder(call: Call, id: string | undefined): Order {
  const order = visibleOrders(call).find((item) => item.id === id);
  if (order) return order;
  throw notFound("ORDER_NOT_FOUND", "Order not found");
}

const NEWEST_FIRST = [{ fieldName: "createdDate", order: "DESC" }];
const PAGE_SIZES = { max: 100, otherwise: 100 };

/**
 * `POST /ecom/v1/orders/search`
 *
 * UNDOCUMENTED: a filter or sort sent along with a cursor, which already holds
 * both. Here it is refused, so that no program relies on it.
 */
export async function searchOrders(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const sent = partsIn(body.search, "search", [
    "filter",
    "sort",
    "cursorPaging",
  ]);
  const { cursor } = objectIn(sent.cursorPaging, "search.cursorPaging");
  if (cursor && (sent.filter !== undefined || sent.sort !== undefined)) {
    const text = "A cursor cannot be combined with filter or sort";
    throw invalidField("search.cursorPaging.cursor", text);
  }
  const search = readCursorQuery(
    { ...sent, sort: sent.sort ?? NEWEST_FIRST },
    "search.cursorPaging",
    PAGE_SIZES,
  );
  const { filter } = search;
  const steps = readSort(search.sort, SORT_RULES);
  const matches = compileFilter(filter, FILTER_FIELDS);
  const namesStatus = mentionsField(filter, "status");
  const found = visibleOrders(call).filter((order) =>
    order.status !== "INITIALIZED" && matches(order) &&
    (namesStatus || !["PENDING", "REJECTED"].includes(order.status))
  );
  const { items, metadata } = cursorPage(sortBy(found, steps), steps, search);
  return reply({ orders: items, metadata });
}

const COMPARABLE = ["$eq", "$in", "$ne", "$nin"];
const LISTS = ["$hasAll", "$hasSome"];

/** The SDK's `OrderSearchSpec`, in the field names of the REST API. */
const SORTABLE: FilterFields & object = {
  "channelInfo.type": COMPARABLE,
  fulfillmentStatus: COMPARABLE,
  paymentStatus: COMPARABLE,
  "shippingInfo.region.name": COMPARABLE,
  "shippingInfo.title": COMPARABLE,
  status: COMPARABLE,
  createdDate: "*",
  updatedDate: "*",
  "balanceSummary.authorized.amount": "*",
  "balanceSummary.pending.amount": "*",
  "balanceSummary.pendingRefund.amount": "*",
  "billingInfo.contactDetails.firstName": "*",
  "billingInfo.contactDetails.lastName": "*",
  "businessLocation.id": "*",
  "businessLocation.name": "*",
  "buyerInfo.email": "*",
  number: "*",
  "priceSummary.total.amount": "*",
  purchasedDate: "*",
  "shippingInfo.logistics.deliveryTime": "*",
  "shippingInfo.logistics.deliveryTimeSlot.from": "*",
  "shippingInfo.logistics.deliveryTimeSlot.to": "*",
  "taxInfo.totalExempt.amount": "*",
  "taxInfo.totalTax.amount": "*",
  "fulfillmentStatusesAggregate.statuses": LISTS,
  "lineItems.productName.original": LISTS,
};

const FILTER_FIELDS: FilterFields = {
  ...SORTABLE,
  archived: "*",
  imported: "*",
  seenByAHuman: "*",
  demo: "*",
  id: COMPARABLE,
  "buyerInfo.contactId": COMPARABLE,
  "buyerInfo.memberId": COMPARABLE,
  "channelInfo.externalOrderId": COMPARABLE,
  checkoutId: COMPARABLE,
  "createdBy.userId": COMPARABLE,
  "lineItems.subscriptionInfo.id": COMPARABLE,
  "lineItems.catalogReference.appId": LISTS,
  "lineItems.catalogReference.catalogItemId": LISTS,
  "lineItems.locations.id": LISTS,
};

const SORT_RULES = { max: 4, fields: Object.keys(SORTABLE) };
