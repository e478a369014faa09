import { guid, type GuidKind } from "../ids.ts";
import {
  type LineAmounts,
  type Price,
  price,
  rateText,
  type Totals,
} from "../shop/money.ts";
import {
  CARRIER_ID,
  type Coupon,
  type ShippingOption,
} from "../shop/offers.ts";
import type { CatalogReference } from "../stores/catalog.ts";
import type { CatalogProduct, DescriptionLine } from "../stores/product.ts";
import type {
  AddressWithContact,
  OrderBuyer,
  OrderState,
  PaymentStatus,
} from "./order.ts";

/** A line of an order to be. */
export interface OrderLine {
  readonly id: string;
  /** Absent for custom items. */
  readonly catalogReference?: CatalogReference;
  readonly descriptionLines: readonly DescriptionLine[];
  readonly product: Pick<CatalogProduct, "name" | "kind" | "weight" | "image">;
  readonly sku: string;
  readonly quantity: number;
  /** Price of one piece, in minor units. */
  readonly unit: number;
  readonly amounts: LineAmounts;
}

/** What an order is made of. */
export interface OrderParts {
  readonly id: string;
  readonly number: number;
  /** ISO date. */
  readonly date: string;
  readonly state: OrderState;
  readonly currency: string;
  readonly taxPerMille: number;
  readonly lines: readonly OrderLine[];
  readonly totals: Totals;
  readonly checkoutId: string;
  readonly channelType: string;
  readonly buyer: OrderBuyer;
  readonly contactId: string;
  readonly email: string;
  readonly recipient: AddressWithContact;
  /** Default: the recipient. */
  readonly billing?: AddressWithContact;
  /** Default: the shop's. */
  readonly buyerLanguage?: string | undefined;
  readonly buyerNote?: string | undefined;
  /** Absent when nothing is shipped. */
  readonly shipping?:
    | { readonly option: ShippingOption; readonly region: string }
    | undefined;
  readonly discount?:
    | { readonly id: string; readonly coupon: Coupon }
    | undefined;
  /** Makes the id of the `index`th activity. */
  readonly activityId: (index: number) => string;
}

/** An eCommerce order, in the field names of the REST API. */
export type Order = Readonly<ReturnType<typeof buildOrder>>;

/** The order made of `parts`. */
export function buildOrder(parts: OrderParts) {
  const { id, number, date, state, currency, totals, recipient } = parts;
  const { buyer, contactId, email, buyerNote, shipping, discount } = parts;
  const money = (minor: number) => price(minor, currency);
  const cost = money(totals.shipping);
  return {
    id,
    number: String(number),
    createdDate: date,
    updatedDate: date,
    purchasedDate: date,
    ...state,
    currency,
    currencyConversionDetails: {
      originalCurrency: currency,
      conversionRate: "1",
    },
    buyerLanguage: parts.buyerLanguage ?? "en",
    siteLanguage: "en",
    weightUnit: "KG",
    taxIncludedInPrices: false,
    archived: false,
    checkoutId: parts.checkoutId,
    purchaseFlowId: parts.checkoutId,
    channelInfo: { type: parts.channelType },
    buyerInfo: { ...buyer, contactId, email },
    createdBy: buyer,
    ...(buyerNote && { buyerNote }),
    lineItems: parts.lines.map((line) => lineItem(line, parts)),
    priceSummary: {
      subtotal: money(totals.subtotal),
      shipping: cost,
      tax: money(totals.tax),
      discount: money(totals.discount),
      total: money(totals.total),
      totalAdditionalFees: money(0),
    },
    balanceSummary: balance(state.paymentStatus, totals.total, money),
    taxInfo: { totalTax: money(totals.tax) },
    ...(shipping && {
      shippingInfo: {
        title: shipping.option.title,
        code: shipping.option.code,
        carrierId: CARRIER_ID,
        logistics: {
          deliveryTime: shipping.option.deliveryTime,
          shippingDestination: recipient,
        },
        cost: { price: cost, totalPriceAfterTax: cost },
        region: { name: shipping.region },
      },
    }),
    appliedDiscounts: discount
      ? [{
        id: discount.id,
        discountType: "GLOBAL",
        coupon: {
          id: discount.coupon.id,
          code: discount.coupon.code,
          name: discount.coupon.name,
          amount: money(totals.discount),
        },
      }]
      : [],
    billingInfo: parts.billing ?? recipient,
    recipientInfo: recipient,
    activities: activityTypes(state).map((type, index) => ({
      id: parts.activityId(index),
      createdDate: date,
      type,
    })),
    additionalFees: [],
    customFields: [],
    tags: {},
    extendedFields: { namespaces: {} },
  };
}

function lineItem(line: OrderLine, { currency, taxPerMille }: OrderParts) {
  const { id, product, sku, catalogReference, quantity, unit } = line;
  const { beforeDiscount, discount, tax } = line.amounts;
  const net = beforeDiscount - discount;
  const money = (minor: number) => price(minor, currency);
  return {
    id,
    productName: { original: product.name, translated: product.name },
    ...(catalogReference && { catalogReference }),
    quantity,
    price: money(Math.round(net / quantity)),
    priceBeforeDiscounts: money(unit),
    totalDiscount: money(discount),
    lineItemPrice: money(net),
    totalPriceBeforeTax: money(net),
    totalPriceAfterTax: money(net + tax),
    taxInfo: { taxRate: rateText(taxPerMille), taxAmount: money(tax) },
    descriptionLines: line.descriptionLines,
    ...(product.image && { image: product.image }),
    physicalProperties: {
      sku,
      ...(product.weight > 0 && { weight: product.weight }),
      shippable: product.kind === "PHYSICAL",
    },
    itemType: { preset: product.kind },
    paymentOption: "FULL_PAYMENT_ONLINE",
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

/** The shares of the total that are paid and refunded; none by default. */
const SHARES: Partial<Record<PaymentStatus, [paid: number, refunded: number]>> =
  {
    PAID: [1, 0],
    PARTIALLY_REFUNDED: [1, 0.25],
    FULLY_REFUNDED: [1, 1],
    PARTIALLY_PAID: [0.5, 0],
  };

function balance(
  status: PaymentStatus,
  total: number,
  money: (minor: number) => Price,
) {
  const [paid, refunded] = SHARES[status] ?? [0, 0];
  return {
    balance: money(total - Math.round(paid * total)),
    paid: money(Math.round(paid * total)),
    refunded: money(Math.round(refunded * total)),
    authorized: money(0),
    pendingRefund: money(0),
    pending: money(status.startsWith("PENDING") ? total : 0),
  };
}

/** The `index`th id of something that follows from `order`. */
export function orderGuid(
  kind: GuidKind,
  { number }: Order,
  index: number,
): string {
  return guid(kind, Number(number) * 10 + index);
}
