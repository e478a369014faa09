import type { Order } from "./order.ts";
import { orderGuid } from "./order_guid.ts";

/** A parcel, or what stands for one. */
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
 * The parcels of `order`, as its status says. What is not sent in one has a
 * fulfillment of its own, without tracking.
 */
export function fulfillmentsOf(order: Order): Fulfillment[] {
  const sent = sentItems(order);
  const isParcel = ({ id }: { readonly id: string }) =>
    order.lineItems.some((item) =>
      item.id === id && item.physicalProperties.shippable
    );
  const parcel = sent.filter(isParcel);
  const mail = sent.filter((item) => !isParcel(item));
  return [
    ...(parcel.length > 0
      ? [{
        ...base(order, 0),
        lineItems: parcel,
        trackingInfo: tracking(order),
      }]
      : []),
    ...(mail.length > 0
      ? [{ ...base(order, 1), lineItems: mail, customInfo: SENT_BY_MAIL }]
      : []),
  ];
}

/** All lines; of an order that was sent in part, all pieces but the last. */
function sentItems(
  { lineItems, fulfillmentStatus }: Order,
): { id: string; quantity: number }[] {
  const all = lineItems.map(({ id, quantity }) => ({ id, quantity }));
  const last = all.pop();
  if (fulfillmentStatus === "NOT_FULFILLED" || !last) return [];
  if (fulfillmentStatus === "FULFILLED") return [...all, last];
  const rest = { ...last, quantity: last.quantity - 1 };
  return rest.quantity > 0 ? [...all, rest] : all;
}

function base(order: Order, index: number) {
  const isDone = order.fulfillmentStatus === "FULFILLED";
  return {
    id: orderGuid("fulfillment", order, index),
    createdDate: order.updatedDate,
    status: isDone ? "Fulfilled" : "In_Delivery",
    completed: isDone,
  } as const;
}

const SENT_BY_MAIL = { fieldsData: { sentBy: "e-mail" } };

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
