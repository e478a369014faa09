import { applicationError } from "../http/errors.ts";
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

/**
 * Throws when there is no coupon with this code.
 *
 * UNDOCUMENTED: the status for an unknown coupon, and whether a cart refuses
 * it as a checkout does. Here both do, with 400.
 */
export function requireCoupon(code: string): void {
  if (findCoupon(code)) return;
  const text = "There is no such coupon";
  throw applicationError(400, "ERROR_COUPON_DOES_NOT_EXIST", text);
}
