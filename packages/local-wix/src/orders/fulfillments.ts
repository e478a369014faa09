import { type Order, orderGuid } from "./order.ts";

/** Goods that were sent together: in a parcel, or by e-mail. */
export interface Fulfillment {
  readonly id: string;
  readonly createdDate: string;
  readonly lineItems: readonly {
    readonly id: string;
    readonly quantity: number;
  }[];
  readonly status: "Fulfilled" | "In_Delivery";
  readonly completed: boolean;
  readonly trackingInfo?: {
    readonly trackingNumber: string;
    readonly shippingProvider: string;
    readonly trackingLink: string;
  };
  readonly customInfo?: {
    readonly fieldsData: Readonly<Record<string, string>>;
  };
}

/**
 * The parcels of `order`, as its status says. Goods that are not shipped have a
 * fulfillment of their own, without tracking.
 */
export function fulfillmentsOf(order: Order): Fulfillment[] {
  const shipped = new Set(
    order.lineItems.filter((item) => item.physicalProperties.shippable)
      .map(({ id }) => id),
  );
  const sent = sentItems(order);
  const parcel = sent.filter(({ id }) => shipped.has(id));
  const mail = sent.filter(({ id }) => !shipped.has(id));
  const isDone = order.fulfillmentStatus === "FULFILLED";
  const base = (index: number) => ({
    id: orderGuid("fulfillment", order, index),
    createdDate: order.updatedDate,
    status: isDone ? "Fulfilled" : "In_Delivery",
    completed: isDone,
  } as const);
  const trackingInfo = tracking(order);
  const customInfo = { fieldsData: { sentBy: "e-mail" } };
  return [
    { ...base(0), lineItems: parcel, trackingInfo },
    { ...base(1), lineItems: mail, customInfo },
  ].filter(({ lineItems }) => lineItems.length > 0);
}

/** All lines; of an order that was sent in part, all pieces but the last. */
function sentItems({ lineItems, fulfillmentStatus }: Order) {
  const all = lineItems.map(({ id, quantity }) => ({ id, quantity }));
  const last = all.pop();
  if (fulfillmentStatus === "NOT_FULFILLED" || !last) return [];
  if (fulfillmentStatus === "FULFILLED") return [...all, last];
  const rest = { ...last, quantity: last.quantity - 1 };
  return rest.quantity > 0 ? [...all, rest] : all;
}

const PROVIDERS = [
  ["fedex", "https://www.fedex.com/fedextrack/?trknbr="],
  ["dhl", "https://www.dhl.com/en/express/tracking.html?AWB="],
  ["Juniper Couriers", "https://couriers.demo.example/track/"],
] as const;

function tracking({ number }: Order) {
  const trackingNumber = `LW${number.padStart(10, "0")}`;
  const [shippingProvider, page] =
    PROVIDERS[Number(number) % PROVIDERS.length] ?? PROVIDERS[0];
  const trackingLink = page + trackingNumber;
  return { trackingNumber, shippingProvider, trackingLink };
}
