import type { Shipment } from "@/lib/wix/shipments.ts";
import LocalTime from "@/islands/LocalTime.tsx";

interface ShipmentsProps {
  /** `undefined` when Wix did not tell. */
  shipments: readonly Shipment[] | undefined;
  /** Fulfillment status of the order. */
  status: string;
}

/** The parcels of an order, and where to follow them. */
export function Shipments({ shipments, status }: ShipmentsProps) {
  if (status === "NOT_FULFILLED" && !shipments?.length) {
    return <p>Nothing has been sent yet.</p>;
  }
  if (shipments === undefined) {
    return <p>Tracking is not available right now.</p>;
  }
  return (
    <ul class="shipments">
      {shipments.map((parcel) => (
        <li key={parcel.at}>
          Sent <LocalTime iso={parcel.at} />
          {parcel.carrier && <>{" "}with {parcel.carrier}</>}
          {parcel.trackingNumber && (
            <>
              : <Tracking {...parcel} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Tracking({ trackingNumber, trackingUrl }: Shipment) {
  return trackingUrl === undefined
    ? <code>{trackingNumber}</code>
    : <a href={trackingUrl} rel="noreferrer">{trackingNumber}</a>;
}
