import { orders } from "@wix/ecom";
import { assert, assertEquals } from "@std/assert";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";

const modules = { orders };
type Orders = OAuthClient<typeof modules>["orders"];
const NO_ORDER = "00000000-0000-4000-8000-0000000000ff";
const DMYTRO = "dmytro@demo.example";

type Run = (api: Orders) => Promise<void>;
const test = {
  /** With the orders of a member of any site. */
  member: (name: string, run: Run) =>
    it.member(name, async (site) => run((await site.member(modules)).orders)),
  /** With those of Ann. */
  ann: (name: string, run: Run) =>
    it.local(name, async (site) => run((await site.member(modules)).orders)),
};

test.member("searchOrders() returns newest first, with cursors, at most 100 a page", async (api) => {
  const page = (limit: number) => api.searchOrders({ cursorPaging: { limit } });
  const { orders: found = [], metadata } = await page(10);
  const dates = found.map(({ _createdDate }) => Number(_createdDate));
  assertEquals(dates, dates.toSorted((a, b) => b - a));
  assertEquals(metadata?.count, dates.length);
  assertEquals(metadata?.hasNext, Boolean(metadata?.cursors?.next));
  await assertWixError(() => page(101), 400);
});

it.local("a cursor keeps filter, sort and limit of its search, and shows members their own", async (site) => {
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

test.ann("searchOrders() hides what is pending, rejected or not placed", async (api) => {
  const count = async (filter: Record<string, unknown>) =>
    (await api.searchOrders({ filter })).orders?.length;
  assertEquals(await count({ status: { $in: ["PENDING", "REJECTED"] } }), 3);
  assertEquals(await count({ $and: [{ status: { $ne: "APPROVED" } }] }), 13);
  assertEquals(await count({ paymentStatus: "PENDING" }), 4);
  assertEquals(await count({ status: "INITIALIZED" }), 0);
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

test.ann("searchOrders() compares amounts and dates by value", async (api) => {
  const { orders: [newest, , third] = [] } = await api.searchOrders({});
  const after = { $gt: third?._createdDate ?? new Date() };
  const filter = { _createdDate: after };
  const { orders: recent } = await api.searchOrders({ filter });
  assertEquals([recent?.length, recent?.[0]?._id], [2, newest?._id]);
  const { orders: page = [] } = await api.searchOrders({
    sort: [{ fieldName: "priceSummary.total.amount", order: "ASC" }],
  });
  const amounts = page.map((o) => Number(o.priceSummary?.total?.amount));
  assert(amounts.length > 10);
  assertEquals(amounts, amounts.toSorted((a, b) => a - b));
});
