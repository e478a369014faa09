import { guid } from "../ids.ts";
import {
  buildOrder,
  type Order,
  type OrderLine,
} from "../orders/build_order.ts";
import type {
  FulfillmentStatus,
  OrderState,
  OrderStatus,
  PaymentStatus,
} from "../orders/order.ts";
import { phoneNumber } from "./members.ts";
import { daysBefore, type Person, type PlannedOrder } from "./people.ts";
import { seedProducts } from "./products.ts";
import {
  HOME_MARKET,
  lineAmounts,
  type Market,
  MARKETS,
  totals,
} from "../shop/money.ts";
import {
  EXPRESS_SHIPPING,
  STANDARD_SHIPPING,
  WELCOME_COUPON,
} from "../shop/offers.ts";
import { STORES_APP_ID } from "../stores/catalog.ts";
import { type CatalogProduct, descriptionLine } from "../stores/product.ts";

/** Numbers come in blocks of this size, at least one for each member. */
const BLOCK = 1000;
/** Where in a member's last block the orders that searches hide have numbers. */
const HIDDEN_FROM_END = 100;
/** The market of each order, the shop's own most often. */
const MARKET_ORDER = [0, 0, 1, 0, 2, 3, 4] as const;

const PAYMENTS: readonly PaymentStatus[] = [
  "PAID",
  "NOT_PAID",
  "PARTIALLY_REFUNDED",
  "PENDING",
  "FULLY_REFUNDED",
  "PARTIALLY_PAID",
  "PENDING_MERCHANT",
  "DECLINED",
  "CANCELED",
  "UNSPECIFIED",
];

/** The first forty of a member: every payment, fulfillment, and canceled. */
const SHOWN: readonly OrderState[] = PAYMENTS.flatMap((payment) => [
  state("APPROVED", payment, "NOT_FULFILLED"),
  state("APPROVED", payment, "PARTIALLY_FULFILLED"),
  state("APPROVED", payment, "FULFILLED"),
  state("CANCELED", payment, "NOT_FULFILLED"),
]);
const DONE = state("APPROVED", "PAID", "FULFILLED");

/** Left out by searches: three unless the filter names a status, one always. */
const HIDDEN: readonly OrderState[] = [
  state("PENDING", "PENDING", "NOT_FULFILLED"),
  state("PENDING", "PENDING_MERCHANT", "NOT_FULFILLED"),
  state("REJECTED", "DECLINED", "NOT_FULFILLED"),
  state("INITIALIZED", "NOT_PAID", "NOT_FULFILLED"),
];

function state(
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  fulfillmentStatus: FulfillmentStatus,
): OrderState {
  return { status, paymentStatus, fulfillmentStatus };
}

/**
 * All orders of `people`, for visible `products`; the first one also has some
 * that searches hide.
 */
export function seedOrders(
  people: readonly Person[],
  products: readonly CatalogProduct[] = seedProducts(),
): Order[] {
  const sold = products.filter(({ visible }) => visible);
  let end = BLOCK;
  return people.flatMap((owner, memberIndex) => {
    const { orderCount } = owner;
    const start = end;
    end += BLOCK * Math.ceil((orderCount + HIDDEN_FROM_END) / BLOCK);
    const memberNumber = memberIndex + 1;
    const states = Array.from(
      { length: orderCount },
      (_, i) => SHOWN[i] ?? DONE,
    );
    const shown = states.map((state, age) =>
      seedOrder(
        sold,
        owner,
        memberNumber,
        start + orderCount - age,
        age,
        { ...state, ...statusOf(owner.orders?.[age]) },
        owner.orders?.[age],
      )
    );
    if (memberIndex > 0 || orderCount === 0 || owner.orders) return shown;
    const hidden = HIDDEN.map((state, age) =>
      seedOrder(
        sold,
        owner,
        memberNumber,
        end - HIDDEN_FROM_END + age,
        age,
        state,
      )
    );
    return [...shown, ...hidden];
  });
}

function statusOf(plan: PlannedOrder | undefined): Partial<OrderState> {
  const { lines: _lines, date: _date, ...state } = plan ?? { lines: [] };
  return state;
}

/** `age` is 0 for the member's newest order, 1 for the one before ... */
function seedOrder(
  products: readonly CatalogProduct[],
  owner: Person,
  memberNumber: number,
  number: number,
  age: number,
  state: OrderState,
  plan?: PlannedOrder,
): Order {
  const market = plan
    ? HOME_MARKET
    : MARKETS[MARKET_ORDER[age % MARKET_ORDER.length] ?? 0] ??
      HOME_MARKET;
  const discountPercent = !plan && age % 4 === 1 ? WELCOME_COUPON.percent : 0;
  const lines = Array.from(
    { length: plan?.lines.length ?? lineCount(age, state) },
    (_, position) =>
      seedLine(
        products,
        owner,
        number,
        position,
        market,
        discountPercent,
        plan,
      ),
  );
  const ships = lines.some(({ product }) => product.kind === "PHYSICAL");
  const shipping = Math.round(STANDARD_SHIPPING.usCents * market.perCent);
  const { firstName, lastName, email } = owner;
  const phone = phoneNumber(memberNumber);
  const option = age % 2 === 1 ? EXPRESS_SHIPPING : STANDARD_SHIPPING;
  return buildOrder({
    id: guid("order", number),
    number,
    date: plan?.date ?? orderDate(age),
    state,
    currency: market.currency,
    taxPerMille: market.taxPerMille,
    lines,
    totals: totals(lines.map(({ amounts }) => amounts), ships ? shipping : 0),
    checkoutId: guid("checkout", number),
    channelType: "WEB",
    buyer: { memberId: guid("member", memberNumber) },
    contactId: guid("contact", memberNumber),
    email,
    recipient: {
      address: market.address,
      contactDetails: { firstName, lastName, phone },
    },
    buyerNote: age % 10 === 3
      ? "Please leave it with the neighbors."
      : undefined,
    shipping: ships ? { option, region: market.region } : undefined,
    discount: discountPercent > 0
      ? { id: guid("discount", number), coupon: WELCOME_COUPON }
      : undefined,
    activityId: (index) => guid("activity", number * 10 + index),
  });
}

/** Two orders share a date, so that paging has to break a tie. */
function orderDate(age: number): string {
  const days = age === 10 ? 9 : age;
  return daysBefore(days * 6 + 1, days * 37);
}

/** An order that was sent in part has more than one line. */
function lineCount(age: number, { fulfillmentStatus }: OrderState): number {
  if (age === 5) return 9;
  const least = fulfillmentStatus === "PARTIALLY_FULFILLED" ? 2 : 1;
  return Math.max(least, 1 + age % 3);
}

/**
 * One line of an order. SKU and gift tag name the owner, so that a test can
 * tell whose order it is looking at.
 */
function seedLine(
  products: readonly CatalogProduct[],
  owner: Person,
  orderNumber: number,
  position: number,
  { perCent, taxPerMille }: Market,
  discountPercent: number,
  plan?: PlannedOrder,
): OrderLine {
  const planned = plan?.lines[position];
  const index = (orderNumber * 5 + position * 7) % products.length;
  const product = planned
    ? products.find(({ slug }) => slug === planned.slug)
    : products[index];
  if (!product) throw new RangeError(`Cannot seed: no product ${index}`);
  const { options } = product;
  const quantity = planned?.quantity ?? 1 + (orderNumber + position) % 3;
  const unit = Math.round(product.unitPrice * perCent);
  const chosen = options.flatMap((option) =>
    option.choices.slice(0, 1).map((choice) => descriptionLine(option, choice))
  );
  const giftTag = {
    name: { original: "Gift tag" },
    plainText: { original: `For ${owner.nickname}` },
    lineType: "PLAIN_TEXT",
  } as const;
  return {
    id: guid("lineItem", orderNumber * 100 + position),
    product,
    sku: `${owner.slug.toUpperCase()}-${orderNumber}-${product.sku}`,
    catalogReference: {
      catalogItemId: product.id,
      appId: STORES_APP_ID,
      ...(options.length > 0 &&
        { options: { variantId: product.variants[0].id } }),
    },
    quantity,
    unit,
    amounts: lineAmounts(unit, quantity, { discountPercent, taxPerMille }),
    descriptionLines: [...chosen, giftTag],
  };
}
