import { orders } from "@wix/ecom";
import { assert, assertEquals } from "@std/assert";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";

const modules = { orders };
type Orders = OAuthClient<typeof modules>["orders"];
const NO_ORDER = "00000000-0000-4000-8000-0000000000ff";
const DMYTRO = "dmytro@demo.example";

it.member("searchOrders() returns newest first, with cursors, at most 100 a page", async (site) => {
  const { orders: api } = await site.member(modules);
  const page = (limit: number) => api.searchOrders({ cursorPaging: { limit } });
  const { orders: found = [], metadata } = await page(10);
  const dates = found.map(({ _createdDate }) => Number(_createdDate));
  assertEquals(dates, dates.toSorted((a, b) => b - a));
  assertEquals(metadata?.count, dates.length);
  assertEquals(metadata?.hasNext, Boolean(metadata?.cursors?.next));
  await assertWixError(() => page(101), 400);
});

it.local("a cursor keeps filter, sort and limit of its search, and shows members their own orders", async (site) => {
  const { orders: api } = await site.member(modules);
  const first = await api.searchOrders({
    filter: { status: "CANCELED" },
    sort: [{ fieldName: "number", order: "ASC" }],
    cursorPaging: { limit: 4 },
  });
  const cursorPaging = { cursor: first.metadata?.cursors?.next ?? "" };
  const second = await api.searchOrders({ cursorPaging });
  const both = [...first.orders ?? [], ...second.orders ?? []];
  assertEquals(both.length, 8);
  assert(both.every(({ status }) => status === "CANCELED"));
  const numbers = both.map((order) => Number(order.number));
  assertEquals(numbers, numbers.toSorted((a, b) => a - b));
  const { orders: theirs } = await site.member(modules, DMYTRO);
  const { orders: found = [] } = await theirs.searchOrders({ cursorPaging });
  for (const { buyerInfo } of found) assertEquals(buyerInfo?.email, DMYTRO);
});

it.local("another member's orders cannot be found by a filter, and [assumed] look like missing ones", async (site) => {
  const { orders: theirs } = await site.member(modules, DMYTRO);
  const { orders: [order] = [] } = await theirs.searchOrders({});
  assert(order?._id && order.buyerInfo?.memberId);
  const { orders: anns } = await site.member(modules);
  for (const id of [order._id, NO_ORDER, "not-a-guid"]) {
    await assertWixError(() => anns.getOrder(id), 404, "ORDER_NOT_FOUND");
  }
  const theirOwn = { "buyerInfo.memberId": order.buyerInfo.memberId };
  for (const filter of [theirOwn, { $or: [theirOwn, { imported: true }] }]) {
    assertEquals((await anns.searchOrders({ filter })).orders, []);
  }
});
