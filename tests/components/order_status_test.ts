import { assertEquals } from "@std/assert";
import {
  FULFILLMENT_STATUSES,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
  statusView,
} from "@/components/order_status.ts";

Deno.test("statusView() has a different label for each status of Wix", () => {
  for (
    const statuses of [ORDER_STATUSES, PAYMENT_STATUSES, FULFILLMENT_STATUSES]
  ) {
    const texts = Object.values(statuses).map(({ text }) => text);
    assertEquals(new Set(texts).size, texts.length);
  }
});

Deno.test("statusView() shows an unknown status as Wix names it", () => {
  for (
    const [status, text] of [
      ["LOST_IN_SPACE", "Lost in space"],
      ["__proto__", "  proto  "],
      ["constructor", "Constructor"],
      ["", ""],
    ] as const
  ) {
    assertEquals(statusView(PAYMENT_STATUSES, status), { text, tone: "plain" });
  }
});
