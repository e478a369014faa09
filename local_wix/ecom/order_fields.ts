import type { FilterFields } from "../query/filter.ts";

const EQUALITY = ["$eq", "$in", "$ne", "$nin"];
const LISTS = ["$hasAll", "$hasSome"];

/** What orders can be filtered by: the SDK's `OrderSearchSpec`. */
export const FILTER_FIELDS: FilterFields = {
  "channelInfo.type": EQUALITY,
  fulfillmentStatus: EQUALITY,
  paymentStatus: EQUALITY,
  "shippingInfo.region.name": EQUALITY,
  "shippingInfo.title": EQUALITY,
  status: EQUALITY,
  id: EQUALITY,
  "buyerInfo.contactId": EQUALITY,
  "buyerInfo.memberId": EQUALITY,
  checkoutId: EQUALITY,
  createdDate: "*",
  updatedDate: "*",
  purchasedDate: "*",
  number: "*",
  "buyerInfo.email": "*",
  "billingInfo.contactDetails.firstName": "*",
  "billingInfo.contactDetails.lastName": "*",
  "priceSummary.total.amount": "*",
  "taxInfo.totalTax.amount": "*",
  archived: "*",
  "lineItems.catalogReference.appId": LISTS,
  "lineItems.catalogReference.catalogItemId": LISTS,
  "lineItems.productName.original": LISTS,
};

/** What orders can be sorted by. */
export const SORT_RULES = {
  max: 4,
  fields: [
    "createdDate",
    "updatedDate",
    "purchasedDate",
    "number",
    "status",
    "paymentStatus",
    "fulfillmentStatus",
    "buyerInfo.email",
    "billingInfo.contactDetails.firstName",
    "billingInfo.contactDetails.lastName",
    "priceSummary.total.amount",
    "shippingInfo.title",
  ],
};
