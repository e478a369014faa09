import type { AddressWithContact, Order } from "../ecom/order.ts";
import { balance } from "./balance.ts";
import { daysBefore } from "./dates.ts";
import { guid } from "./guid.ts";
import { seedLine } from "./line_items.ts";
import { type Market, MARKETS, price } from "./money.ts";
import type { OrderState } from "./order_states.ts";
import type { Person } from "./people.ts";

const MARKET_ORDER = [0, 0, 1, 0, 2, 3, 4] as const;
const SHIPPING_US_CENTS = 650;

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
  const { currency } = market;
  const money = (minor: number) => price(minor, currency);
  const discountPercent = age % 4 === 1 ? 10 : 0;
  const lines = Array.from(
    { length: lineCount(age) },
    (_, position) =>
      seedLine({
        orderNumber: number,
        position,
        ownerSlug: owner.slug,
        ownerNickname: owner.nickname,
        market,
        discountPercent,
      }),
  );
  const lineItems = lines.map(({ item }) => item);
  const subtotal = sum(lines.map(({ amounts }) => amounts.beforeDiscount));
  const discount = sum(lines.map(({ amounts }) => amounts.discount));
  const tax = sum(lines.map(({ amounts }) => amounts.tax));
  const ships = lineItems.some((item) => item.physicalProperties.shippable);
  const shipping = ships ? Math.round(SHIPPING_US_CENTS * market.perCent) : 0;
  const total = subtotal - discount + tax + shipping;
  const createdDate = orderDate(age);
  const recipient = addressOf(owner, memberNumber, market);
  return {
    id: guid("order", number),
    number: String(number),
    createdDate,
    updatedDate: createdDate,
    purchasedDate: createdDate,
    ...state,
    currency,
    buyerLanguage: "en",
    siteLanguage: "en",
    weightUnit: "KG",
    taxIncludedInPrices: false,
    archived: false,
    checkoutId: guid("checkout", number),
    channelInfo: { type: "WEB" },
    buyerInfo: {
      memberId: guid("member", memberNumber),
      contactId: guid("contact", memberNumber),
      email: owner.email,
    },
    createdBy: { memberId: guid("member", memberNumber) },
    currencyConversionDetails: {
      originalCurrency: currency,
      conversionRate: "1",
    },
    ...(age % 10 === 3 && { buyerNote: "Please leave it with the neighbors." }),
    lineItems,
    priceSummary: {
      subtotal: money(subtotal),
      shipping: money(shipping),
      tax: money(tax),
      discount: money(discount),
      total: money(total),
      totalAdditionalFees: money(0),
    },
    balanceSummary: balance(state.paymentStatus, total, money),
    billingInfo: recipient,
    recipientInfo: recipient,
    ...(ships && {
      shippingInfo: {
        title: age % 2 === 0 ? "Standard" : "Express",
        code: age % 2 === 0 ? "standard" : "express",
        carrierId: "local-carrier",
        logistics: {
          deliveryTime: age % 2 === 0 ? "3-5 business days" : "Next day",
          shippingDestination: recipient,
        },
        cost: { price: money(shipping), totalPriceAfterTax: money(shipping) },
        region: { name: market.region },
      },
    }),
    appliedDiscounts: discount === 0 ? [] : [{
      id: guid("discount", number),
      discountType: "GLOBAL",
      coupon: {
        id: guid("discount", 1),
        code: "WELCOME10",
        name: "10% welcome discount",
        amount: money(discount),
      },
    }],
    additionalFees: [],
    activities: activityTypes(state).map((type, index) => ({
      id: guid("activity", number * 10 + index),
      createdDate,
      type,
    })),
    customFields: [],
    taxInfo: { totalTax: money(tax) },
    tags: {},
    extendedFields: { namespaces: {} },
  };
}

/** Two orders share a date, so that paging has to break a tie. */
function orderDate(age: number): string {
  const days = age === 10 ? 9 : age;
  return daysBefore(days * 6 + 1, days * 37);
}

function lineCount(age: number): number {
  return age === 5 ? 9 : 1 + age % 3;
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
  market: Market,
): AddressWithContact {
  const { country, subdivision, city, postalCode, addressLine } = market;
  const phone = `+1 555 01${String(memberNumber).padStart(2, "0")}`;
  return {
    address: {
      country,
      ...(subdivision && { subdivision }),
      city,
      postalCode,
      addressLine,
    },
    contactDetails: { firstName, lastName, phone },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
