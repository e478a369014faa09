/**
 * Reads the shipments of an order from Wix.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/ecom/order-fulfillments
 * @module
 */
import { toWixError } from "@fresh-wix/core/errors";
import { orderFulfillments } from "@wix/ecom";
import { isGuid } from "@/lib/guid.ts";

/** A parcel. */
export interface Shipment {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly carrier: string | undefined;
  readonly trackingNumber: string | undefined;
  /** The carrier's tracking page; `https:` or `http:`. */
  readonly trackingUrl: string | undefined;
  /** Order lines in the parcel, with quantities. */
  readonly items: readonly {
    readonly lineId: string;
    readonly quantity: number;
  }[];
}

/**
 * Returns the parcels of an order; `undefined` when Wix does not return them, so
 * that the order page works without them.
 *
 * @param orderId Id of an order that belongs to the member; see `findOrder()`.
 */
export async function listShipments(
  orderId: string,
): Promise<readonly Shipment[] | undefined> {
  if (!isGuid(orderId)) return undefined;
  try {
    const { orderWithFulfillments } = await orderFulfillments
      .listFulfillmentsForSingleOrder(orderId);
    return (orderWithFulfillments?.fulfillments ?? []).map(toShipment);
  } catch (error) {
    if (toWixError(error) === undefined) throw error;
    return undefined;
  }
}

/** Names of Wix's built-in carriers; others are shown as the shop entered them. */
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

/** Shop staff enter these links: `javascript:` and other schemes are dropped. */
function webUrl(text: string | null | undefined): string | undefined {
  const url = text ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
