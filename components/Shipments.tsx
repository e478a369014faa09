import type { OrderDetail } from "@/lib/orders/order_views.ts";
import type { Shipment } from "@/lib/orders/shipments.ts";
import LocalTime from "@/islands/LocalTime.tsx";

interface ShipmentsProps {
  /** `undefined` when Wix did not return them. */
  shipments: readonly Shipment[] | undefined;
  order: Pick<OrderDetail, "lines" | "fulfillmentStatus">;
}

/** The parcels of an order, with their contents and tracking links. */
export function Shipments({ shipments, order }: ShipmentsProps) {
  if (order.fulfillmentStatus === "NOT_FULFILLED" && !shipments?.length) {
    return <p>Not shipped yet.</p>;
  }
  if (shipments === undefined) {
    return <p>Tracking information isn't available right now.</p>;
  }
  return (
    <ul class="history">
      {shipments.map((parcel, index) => (
        <li key={index}>
          {parcel.items.map(({ lineId, quantity }) => (
            <div key={lineId}>
              {quantity} × {order.lines.find(({ id }) => id === lineId)?.name}
            </div>
          ))}
          <Tracking {...parcel} />
          <LocalTime iso={parcel.at} />
        </li>
      ))}
    </ul>
  );
}

function Tracking({ carrier, trackingNumber, trackingUrl }: Shipment) {
  if (trackingNumber === undefined) return null;
  return (
    <div>
      {carrier} {trackingUrl === undefined
        ? <code>{trackingNumber}</code>
        : <a href={trackingUrl} rel="noreferrer">{trackingNumber}</a>}
    </div>
  );
}
