import { orders } from "@wix/ecom";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { assertWixError, contract, IS_LIVE } from "../helpers/site.ts";

const modules = { orders };
const NO_ORDER = "00000000-0000-4000-8000-0000000000ff";

contract(
  "searchOrders() answers newest first, with cursors",
  ["member"],
  async (
    site,
  ) => {
    const client = await site.member(modules);
    const { orders: page, metadata } = await client.orders.searchOrders({
      cursorPaging: { limit: 10 },
    });
    const dates = page?.map(({ _createdDate }) => Number(_createdDate)) ?? [];
    assertEquals(dates, dates.toSorted((a, b) => b - a));
    assertEquals(metadata?.count, dates.length);
    assertEquals(metadata?.hasNext, Boolean(metadata?.cursors?.next));
  },
);

contract("cursors lead forth and back", ["member", "seed"], async (site) => {
  const { orders: api } = await site.member(modules);
  const first = await api.searchOrders({ cursorPaging: { limit: 20 } });
  const next = first.metadata?.cursors?.next ?? "";
  const second = await api.searchOrders({ cursorPaging: { cursor: next } });
  const prev = second.metadata?.cursors?.prev ?? "";
  const back = await api.searchOrders({ cursorPaging: { cursor: prev } });
  assertEquals(first.metadata?.cursors?.prev ?? null, null);
  assertEquals(second.orders?.length, 20);
  assertEquals(
    back.orders?.map(({ _id }) => _id),
    first.orders?.map(({ _id }) => _id),
  );
});

contract("getOrder() finds what searchOrders() found", ["member"], async (
  site,
) => {
  const { orders: api } = await site.member(modules);
  const { orders: page } = await api.searchOrders({
    cursorPaging: { limit: 1 },
  });
  const found = page?.[0];
  if (!found?._id) return;
  const order = await api.getOrder(found._id);
  assertEquals([order._id, order.number], [found._id, found.number]);
  for (const { image, price } of order.lineItems ?? []) {
    if (image) assertMatch(image, /^(wix:image:\/\/v1\/|https?:)/);
    assertEquals(typeof price?.amount, "string");
  }
});

contract(
  "[assumed] getOrder() of a missing order is 404 ORDER_NOT_FOUND",
  ["member"],
  async (site) => {
    const client = await site.member(modules);
    await assertWixError(
      () => client.orders.getOrder(NO_ORDER),
      404,
      "ORDER_NOT_FOUND",
    );
  },
);

contract(
  "[assumed] a stranger's order looks like a missing one",
  ["seed"],
  async (site) => {
    const dmytro = await site.member(modules, "dmytro@demo.example");
    const { orders: theirs } = await dmytro.orders.searchOrders({});
    const ann = await site.member(modules);
    await assertWixError(
      () => ann.orders.getOrder(theirs?.[0]?._id ?? ""),
      404,
      "ORDER_NOT_FOUND",
    );
  },
);

contract("a filter cannot show a member other people's orders", [
  "seed",
], async (site) => {
  const dmytro = await site.member(modules, "dmytro@demo.example");
  const { orders: theirs } = await dmytro.orders.searchOrders({});
  const memberId = theirs?.[0]?.buyerInfo?.memberId ?? "";
  assert(memberId);
  const ann = await site.member(modules);
  const { orders: found } = await ann.orders.searchOrders({
    filter: { "buyerInfo.memberId": memberId },
  });
  assertEquals(found, []);
});

contract("[assumed] a cursor goes with no other filter or sort", [
  "seed",
], async (site) => {
  const { orders: api } = await site.member(modules);
  const { metadata } = await api.searchOrders({ cursorPaging: { limit: 1 } });
  const cursorPaging = { cursor: metadata?.cursors?.next ?? "" };
  const sort = [{ fieldName: "number" as const }];
  await assertWixError(() => api.searchOrders({ cursorPaging, sort }), 400);
  const filter = { archived: false };
  await assertWixError(() => api.searchOrders({ cursorPaging, filter }), 400);
});

contract("searchOrders() takes the filters and sorts that Wix documents", [
  "member",
], async (site) => {
  const { orders: api } = await site.member(modules);
  await api.searchOrders({
    filter: {
      status: { $in: ["APPROVED", "CANCELED"] },
      paymentStatus: { $ne: "DECLINED" },
      number: { $gte: "0" },
      "priceSummary.total.amount": { $gt: "0" },
      archived: false,
    },
    sort: [
      { fieldName: "status", order: "ASC" },
      { fieldName: "priceSummary.total.amount", order: "DESC" },
      { fieldName: "shippingInfo.logistics.deliveryTime", order: "ASC" },
    ],
  });
});

contract("searchOrders() sorts by amount, not by text", ["seed"], async (
  site,
) => {
  const { orders: api } = await site.member(modules);
  const { orders: page } = await api.searchOrders({
    sort: [{ fieldName: "priceSummary.total.amount", order: "ASC" }],
  });
  const amounts = page?.map(({ priceSummary }) =>
    Number(priceSummary?.total?.amount)
  ) ?? [];
  assert(amounts.length > 10);
  assertEquals(amounts, amounts.toSorted((a, b) => a - b));
});

contract("searchOrders() takes at most 100 a page", ["member"], async (
  site,
) => {
  const client = await site.member(modules);
  await assertWixError(
    () => client.orders.searchOrders({ cursorPaging: { limit: 101 } }),
    400,
  );
});

contract("an API key searches the orders of everybody", ["apiKey"], async (
  site,
) => {
  const { orders: page } = await site.admin(modules).orders.searchOrders({
    cursorPaging: { limit: 100 },
  });
  const buyers = new Set(page?.map(({ buyerInfo }) => buyerInfo?.memberId));
  // A real site may have had no orders, or those of one member.
  assert(IS_LIVE ? page : buyers.size > 1);
});
