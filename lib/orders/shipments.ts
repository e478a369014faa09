/**
 * What has been sent of an order, and where it is.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/ecom/order-fulfillments
 * @module
 */
import { orderFulfillments } from "@wix/ecom";
import { isOrderId } from "./orders.ts";
import { toWixError } from "@fresh-wix/core/errors";

/** One parcel. */
export interface Shipment {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly carrier: string | undefined;
  readonly trackingNumber: string | undefined;
  /** The carrier's page; `https:` or `http:`. */
  readonly trackingUrl: string | undefined;
  /** How many of which line of the order. */
  readonly items: readonly {
    readonly lineId: string;
    readonly quantity: number;
  }[];
}

/**
 * Returns the parcels of an order of the current member, `undefined` when Wix
 * does not tell: an order can be read without them.
 *
 * @param orderId Whose order it is has to be checked; see `findOrder()`.
 */
export async function listShipments(
  orderId: string,
): Promise<readonly Shipment[] | undefined> {
  if (!isOrderId(orderId)) return undefined;
  try {
    const { orderWithFulfillments } = await orderFulfillments
      .listFulfillmentsForSingleOrder(orderId);
    return (orderWithFulfillments?.fulfillments ?? []).map(toShipment);
  } catch (error) {
    if (toWixError(error) === undefined) throw error;
    return undefined;
  }
}

/** Names of those that Wix knows; the others come as their shop wrote them. */
const CARRIERS: Readonly<Record<string, string>> = {
  canadaPost: "Canada Post",
  dhl: "DHL",
  fedex: "FedEx",
  ups: "UPS",
  usps: "USPS",
};

function toShipment(
  { _createdDate, lineItems, trackingInfo }: orderFulfillments.Fulfillment,
): Shipment {
  const { shippingProvider, trackingNumber, trackingLink } = trackingInfo ?? {};
  return {
    at: new Date(_createdDate ?? 0).toISOString(),
    carrier: CARRIERS[shippingProvider ?? ""] ?? shippingProvider ?? undefined,
    trackingNumber: trackingNumber ?? undefined,
    trackingUrl: webUrl(trackingLink),
    items: (lineItems ?? []).map(({ _id, quantity }) => ({
      lineId: _id ?? "",
      quantity: quantity ?? 1,
    })),
  };
}

/** Links come from whoever packed the parcel: no `javascript:` among them. */
function webUrl(text: string | null | undefined): string | undefined {
  const url = text ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
