import { guid } from "../seed/guid.ts";

/** A discount for those who know its code. */
export interface Coupon {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly percent: number;
}

/** The coupons of the demo shop. */
export const COUPONS = [
  {
    id: guid("discount", 1),
    code: "WELCOME10",
    name: "10% welcome discount",
    percent: 10,
  },
] as const satisfies readonly Coupon[];

/** The coupon with this code, whatever its case. */
export function findCoupon(code: string): Coupon | undefined {
  return COUPONS.find((coupon) => coupon.code === code.trim().toUpperCase());
}
