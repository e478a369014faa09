import { assertEquals, assertThrows } from "@std/assert";
import {
  OrderQueryError,
  orderQueryString,
  readOrderQuery,
  searchFilter,
} from "@/lib/orders/order_query.ts";

const read = (query: string) => readOrderQuery(new URLSearchParams(query));

Deno.test("readOrderQuery() parses the output of orderQueryString()", () => {
  for (
    const query of [
      "",
      "?payment=PAID",
      "?payment=NOT_PAID&fulfillment=FULFILLED&from=2026-01-01&to=2026-12-31",
      "?from=2024-02-29&cursor=a%2Bb%3D%26",
    ]
  ) assertEquals(orderQueryString(read(query)), query);
});

Deno.test("readOrderQuery() ignores empty values and unknown names", () => {
  assertEquals(read("?payment=&from=&utm_source=mail&__proto__=x"), {});
});

Deno.test("readOrderQuery() names the invalid parameter without repeating its value", () => {
  const wrong = {
    payment: ["payment=<b>", "payment=toString"],
    fulfillment: ["fulfillment=PAID"],
    from: ["from=2025-02-29", "from=2025-1-1"],
    to: ["to=9999-99-99", "from=2026-01-02&to=2026-01-01"],
    cursor: ["cursor=" + "x".repeat(4_001)],
  };
  for (const [field, queries] of Object.entries(wrong)) {
    for (const query of queries) {
      const error = assertThrows(() => read(query), OrderQueryError);
      assertEquals([error.status, error.field], [400, field]);
      const message = `Cannot list orders: ${field} is invalid`;
      assertEquals(error.message, message);
    }
  }
});

Deno.test("searchFilter() includes the first and the last day", () => {
  assertEquals(searchFilter(read("from=2026-11-01&to=2026-11-02")), {
    _createdDate: {
      $gte: "2026-11-01T00:00:00.000Z",
      $lte: "2026-11-02T23:59:59.999Z",
    },
  });
  assertEquals(searchFilter({}), {});
});
