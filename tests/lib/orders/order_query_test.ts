import { assertEquals, assertThrows } from "@std/assert";
import {
  isFiltered,
  OrderQueryError,
  orderQueryString,
  readOrderQuery,
  searchFilter,
} from "@/lib/orders/order_query.ts";

const read = (query: string) => readOrderQuery(new URLSearchParams(query));

Deno.test("readOrderQuery() reads what orderQueryString() has written", () => {
  for (
    const query of [
      "",
      "?payment=PAID",
      "?payment=NOT_PAID&fulfillment=FULFILLED&from=2026-01-01&to=2026-12-31",
      "?from=2024-02-29&cursor=a%2Bb%3D%26",
    ]
  ) assertEquals(orderQueryString(read(query)), query);
});

Deno.test("readOrderQuery() takes no notice of empty values and other names", () => {
  assertEquals(read("?payment=&from=&utm_source=mail&__proto__=x"), {});
});

Deno.test("readOrderQuery() says which value means nothing, and does not repeat it", () => {
  for (
    const [query, field] of [
      ["payment=<b>", "payment"],
      ["payment=toString", "payment"],
      ["fulfillment=PAID", "fulfillment"],
      ["from=2025-02-29", "from"],
      ["from=2025-1-1", "from"],
      ["to=9999-99-99", "to"],
      ["from=2026-01-02&to=2026-01-01", "to"],
      ["cursor=" + "x".repeat(4_001), "cursor"],
    ] as const
  ) {
    const error = assertThrows(() => read(query), OrderQueryError);
    assertEquals([error.status, error.field], [400, field]);
    assertEquals(
      error.message,
      `Cannot list orders: ${field} is not understood`,
    );
  }
});

Deno.test("searchFilter() takes both days in, from their first to their last moment", () => {
  assertEquals(searchFilter(read("from=2026-11-01&to=2026-11-02")), {
    _createdDate: {
      $gte: "2026-11-01T00:00:00.000Z",
      $lte: "2026-11-02T23:59:59.999Z",
    },
  });
  assertEquals(searchFilter({}), {});
});

Deno.test("isFiltered() does not count the page", () => {
  assertEquals(isFiltered({ cursor: "x" }), false);
  assertEquals(isFiltered({ payment: "PAID" }), true);
});
