import type { AddressWithContact, Order } from "../ecom/order.ts";
import { daysBefore } from "./dates.ts";
import { guid } from "./guid.ts";
import { seedLine } from "./line_items.ts";
import { type Market, MARKETS } from "./money.ts";
import type { OrderState } from "./order_states.ts";
import { orderTotals } from "./order_totals.ts";
import type { Person } from "./people.ts";
import { phoneNumber } from "./phone_number.ts";

/** Which market each order comes from, the shop's own most often. */
const MARKET_ORDER = [0, 0, 1, 0, 2, 3, 4] as const;

/** What makes one seeded order differ from the others. */
export interface OrderSeed {
  readonly owner: Person;
  readonly memberNumber: number;
  readonly number: number;
  /** 0 for the member's newest order, 1 for the one before ... */
  readonly age: number;
  readonly state: OrderState;
}

/** One order of the demo site. */
export function seedOrder(seed: OrderSeed): Order {
  const { owner, memberNumber, number, age, state } = seed;
  const market = MARKETS[MARKET_ORDER[age % MARKET_ORDER.length] ?? 0];
  const lines = Array.from(
    { length: lineCount(age, state) },
    (_, position) =>
      seedLine({
        orderNumber: number,
        position,
        ownerSlug: owner.slug,
        ownerNickname: owner.nickname,
        market,
        discountPercent: age % 4 === 1 ? 10 : 0,
      }),
  );
  const recipient = addressOf(owner, memberNumber, market);
  const createdDate = orderDate(age);
  const memberId = guid("member", memberNumber);
  return {
    id: guid("order", number),
    number: String(number),
    createdDate,
    updatedDate: createdDate,
    purchasedDate: createdDate,
    ...state,
    ...constants(market),
    checkoutId: guid("checkout", number),
    buyerInfo: {
      memberId,
      contactId: guid("contact", memberNumber),
      email: owner.email,
    },
    createdBy: { memberId },
    ...(age % 10 === 3 && { buyerNote: "Please leave it with the neighbors." }),
    lineItems: lines.map(({ item }) => item),
    ...orderTotals({ number, age, market, lines, recipient, ...state }),
    billingInfo: recipient,
    recipientInfo: recipient,
    activities: activityTypes(state).map((type, index) => ({
      id: guid("activity", number * 10 + index),
      createdDate,
      type,
    })),
  };
}

/** Two orders share a date, so that paging has to break a tie. */
function orderDate(age: number): string {
  const days = age === 10 ? 9 : age;
  return daysBefore(days * 6 + 1, days * 37);
}

/** An order that was sent in part has more than one line. */
function lineCount(age: number, { fulfillmentStatus }: OrderState): number {
  if (age === 5) return 9;
  const count = 1 + age % 3;
  return fulfillmentStatus === "PARTIALLY_FULFILLED"
    ? Math.max(2, count)
    : count;
}

function constants({ currency }: Market) {
  return {
    currency,
    currencyConversionDetails: {
      originalCurrency: currency,
      conversionRate: "1",
    },
    buyerLanguage: "en",
    siteLanguage: "en",
    weightUnit: "KG",
    taxIncludedInPrices: false,
    archived: false,
    channelInfo: { type: "WEB" },
    additionalFees: [],
    customFields: [],
    tags: {},
    extendedFields: { namespaces: {} },
  } as const;
}

function activityTypes({ status, ...state }: OrderState): string[] {
  const paid = ["PAID", "PARTIALLY_REFUNDED", "FULLY_REFUNDED"];
  return [
    "ORDER_PLACED",
    ...(paid.includes(state.paymentStatus) ? ["ORDER_PAID"] : []),
    ...(state.fulfillmentStatus === "FULFILLED" ? ["ORDER_FULFILLED"] : []),
    ...(state.paymentStatus.endsWith("REFUNDED") ? ["ORDER_REFUNDED"] : []),
    ...(status === "CANCELED" ? ["ORDER_CANCELED"] : []),
  ];
}

function addressOf(
  { firstName, lastName }: Person,
  memberNumber: number,
  { address }: Market,
): AddressWithContact {
  const phone = phoneNumber(memberNumber);
  return { address, contactDetails: { firstName, lastName, phone } };
}
