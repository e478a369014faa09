import type { Order, PaymentStatus, Price } from "./order.ts";

/** What is paid, returned and still owed of `total`, in minor units. */
export function balance(
  status: PaymentStatus,
  total: number,
  money: (minor: number) => Price,
): Order["balanceSummary"] {
  const paid = paidShare(status) * total;
  const refunded = refundedShare(status) * total;
  const pending = status.startsWith("PENDING") ? total : 0;
  return {
    balance: money(total - Math.round(paid)),
    paid: money(Math.round(paid)),
    refunded: money(Math.round(refunded)),
    authorized: money(0),
    pendingRefund: money(0),
    pending: money(pending),
  };
}

function paidShare(status: PaymentStatus): number {
  switch (status) {
    case "PAID":
    case "PARTIALLY_REFUNDED":
    case "FULLY_REFUNDED":
      return 1;
    case "PARTIALLY_PAID":
      return 0.5;
    default:
      return 0;
  }
}

function refundedShare(status: PaymentStatus): number {
  if (status === "FULLY_REFUNDED") return 1;
  return status === "PARTIALLY_REFUNDED" ? 0.25 : 0;
}
