import type { FilterFields } from "../query/filter.ts";

const EQUALITY = ["$eq", "$in", "$ne", "$nin"];
const LISTS = ["$hasAll", "$hasSome"];

/** The SDK's `OrderSearchSpec`, in the field names of the REST API. */
const GROUPS = [
  {
    operators: EQUALITY,
    isSortable: true,
    fields: [
      "channelInfo.type",
      "fulfillmentStatus",
      "paymentStatus",
      "shippingInfo.region.name",
      "shippingInfo.title",
      "status",
    ],
  },
  {
    operators: "*",
    isSortable: true,
    fields: [
      "createdDate",
      "updatedDate",
      "balanceSummary.authorized.amount",
      "balanceSummary.pending.amount",
      "balanceSummary.pendingRefund.amount",
      "billingInfo.contactDetails.firstName",
      "billingInfo.contactDetails.lastName",
      "businessLocation.id",
      "businessLocation.name",
      "buyerInfo.email",
      "number",
      "priceSummary.total.amount",
      "purchasedDate",
      "shippingInfo.logistics.deliveryTime",
      "shippingInfo.logistics.deliveryTimeSlot.from",
      "shippingInfo.logistics.deliveryTimeSlot.to",
      "taxInfo.totalExempt.amount",
      "taxInfo.totalTax.amount",
    ],
  },
  {
    operators: "*",
    isSortable: false,
    fields: ["archived", "imported", "seenByAHuman", "demo"],
  },
  {
    operators: EQUALITY,
    isSortable: false,
    fields: [
      "id",
      "buyerInfo.contactId",
      "buyerInfo.memberId",
      "channelInfo.externalOrderId",
      "checkoutId",
      "createdBy.userId",
      "lineItems.subscriptionInfo.id",
    ],
  },
  {
    operators: LISTS,
    isSortable: false,
    fields: [
      "lineItems.catalogReference.appId",
      "lineItems.catalogReference.catalogItemId",
      "lineItems.locations.id",
    ],
  },
  {
    operators: LISTS,
    isSortable: true,
    fields: [
      "fulfillmentStatusesAggregate.statuses",
      "lineItems.productName.original",
    ],
  },
] as const;

/** What orders can be filtered by, and how. */
export const FILTER_FIELDS: FilterFields = Object.fromEntries(
  GROUPS.flatMap(({ fields, operators }) =>
    fields.map((field) => [field, operators])
  ),
);

/** What orders can be sorted by. */
export const SORT_RULES = {
  max: 4,
  fields: GROUPS.filter(({ isSortable }) => isSortable)
    .flatMap(({ fields }): readonly string[] => fields),
};
