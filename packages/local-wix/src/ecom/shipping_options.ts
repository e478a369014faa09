/** A way to send an order. */
export interface ShippingOption {
  readonly code: string;
  readonly title: string;
  readonly deliveryTime: string;
  readonly usCents: number;
}

/** Who carries the demo shop's parcels. */
export const CARRIER_ID = "local-carrier";

/** The ways to send an order; the first one is taken unless asked otherwise. */
export const SHIPPING_OPTIONS = [
  {
    code: "standard",
    title: "Standard",
    deliveryTime: "3-5 business days",
    usCents: 650,
  },
  {
    code: "express",
    title: "Express",
    deliveryTime: "Next day",
    usCents: 1_400,
  },
] as const satisfies readonly ShippingOption[];
