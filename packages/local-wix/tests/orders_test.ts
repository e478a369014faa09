import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { guid, startLocalWix } from "../src/mod.ts";
import { at, get, memberTokens, post } from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

Deno.test("searchOrders() finds a member's 47 orders, newest first", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member();
  const { orders: found = [], metadata } = await orders.searchOrders({});
  assertEquals([found.length, metadata?.count], [47, 47]);
  assertEquals(metadata?.hasNext, false);
  const times = found.map(({ _createdDate }) => _createdDate?.getTime() ?? 0);
  assertEquals(times, times.toSorted((a, b) => b - a));
  assert(found.every(({ buyerInfo }) => buyerInfo?.memberId === ANN));
});

Deno.test("searchOrders() pages forward and back without gaps or repeats", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member();
  const page = (cursor?: string | null) =>
    orders.searchOrders({
      cursorPaging: { limit: 10, ...(cursor && { cursor }) },
    });
  const pages = [await page()];
  while (pages.at(-1)?.metadata?.hasNext) {
    pages.push(await page(pages.at(-1)?.metadata?.cursors?.next));
  }
  const numbers = pages.map(({ orders }) => orders?.map((o) => o.number));
  assertEquals(numbers.map((list) => list?.length), [10, 10, 10, 10, 7]);
  assertEquals(new Set(numbers.flat()).size, 47);
  assertEquals(pages[0]?.metadata?.cursors?.prev, null);
  assertEquals(pages[4]?.metadata?.cursors?.next, null);
  const back = [];
  let prev = pages[4]?.metadata?.cursors?.prev;
  while (prev) {
    const { orders, metadata } = await page(prev);
    back.unshift(orders?.map((o) => o.number));
    prev = metadata?.cursors?.prev;
  }
  assertEquals(back, numbers.slice(0, 4));
});

Deno.test("a cursor keeps filter, sort and limit of its search", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member();
  const first = await orders.searchOrders({
    filter: { status: "CANCELED" },
    sort: [{ fieldName: "number", order: "ASC" }],
    cursorPaging: { limit: 4 },
  });
  const cursor = first.metadata?.cursors?.next ?? "";
  const second = await orders.searchOrders({ cursorPaging: { cursor } });
  const both = [...first.orders ?? [], ...second.orders ?? []];
  assertEquals(both.length, 8);
  assert(both.every(({ status }) => status === "CANCELED"));
  const numbers = both.map((order) => Number(order.number));
  assertEquals(numbers, numbers.toSorted((a, b) => a - b));
});

Deno.test("a cursor survives a restart of local Wix", async () => {
  const search = { cursorPaging: { limit: 40 } };
  const path = "/ecom/v1/orders/search";
  const before = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(before);
  const { body } = await post(before, path, { search }, { authorization });
  await before.close();
  await using after = await startLocalWix({ port: 0 });
  const cursorPaging = { cursor: at(body, "metadata.cursors.next") };
  const next = await post(after, path, { search: { cursorPaging } }, {
    authorization,
  });
  assertEquals(at(next.body, "metadata.count"), 7);
});

Deno.test("another member's cursor shows none of their orders", async () => {
  await using rig = await SdkRig.start();
  const ann = await rig.member("ann@demo.example");
  const { metadata } = await ann.orders.searchOrders({
    cursorPaging: { limit: 1 },
  });
  const dmytro = await rig.member("dmytro@demo.example");
  const { orders } = await dmytro.orders.searchOrders({
    cursorPaging: { cursor: metadata?.cursors?.next ?? "" },
  });
  assert(orders?.every(({ buyerInfo }) => buyerInfo?.memberId !== ANN));
});

Deno.test("searchOrders() leaves out PENDING and REJECTED unless asked", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member();
  const count = async (filter: Record<string, unknown>) =>
    (await orders.searchOrders({ filter })).orders?.length;
  assertEquals(await count({ status: { $in: ["PENDING", "REJECTED"] } }), 3);
  assertEquals(await count({ $and: [{ status: { $ne: "APPROVED" } }] }), 13);
  assertEquals(await count({ paymentStatus: "PENDING" }), 4);
});

Deno.test("searchOrders() never finds an INITIALIZED order", async () => {
  await using rig = await SdkRig.start();
  for (const client of [await rig.member(), rig.app()]) {
    const { orders } = await client.orders.searchOrders({
      filter: { status: "INITIALIZED" },
    });
    assertEquals(orders, []);
  }
});

Deno.test("searchOrders() shows a member their own orders only", async () => {
  await using rig = await SdkRig.start();
  const counts = new Map([["ben", 0], ["chiara", 3], ["ingrid", 10]]);
  for (const [name, expected] of counts) {
    const client = await rig.member(`${name}@demo.example`);
    const { orders = [] } = await client.orders.searchOrders({});
    assertEquals(orders.length, expected);
    const skus = orders.flatMap(({ lineItems = [] }) =>
      lineItems.map((item) => item.physicalProperties?.sku ?? "")
    );
    assert(skus.every((sku) => sku.startsWith(`${name.toUpperCase()}-`)));
  }
});

Deno.test("a member cannot widen a search with a filter", async () => {
  await using rig = await SdkRig.start();
  const ben = await rig.member("ben@demo.example");
  for (
    const filter of [
      { "buyerInfo.memberId": ANN },
      { $or: [{ "buyerInfo.memberId": ANN }, { archived: false }] },
    ]
  ) {
    assertEquals((await ben.orders.searchOrders({ filter })).orders, []);
  }
});

Deno.test("searchOrders() shows an app everybody's orders", async () => {
  await using rig = await SdkRig.start();
  const { orders } = rig.app();
  const all = await orders.searchOrders({});
  assertEquals(all.orders?.length, 85);
  const anns = await orders.searchOrders({
    filter: { "buyerInfo.memberId": ANN },
  });
  assertEquals(anns.orders?.length, 47);
});

Deno.test("orders are closed to visitors", async () => {
  await using rig = await SdkRig.start();
  const { orders } = rig.visitor();
  for (
    const call of [() => orders.searchOrders({}), () => orders.getOrder(ID)]
  ) {
    const error = await assertRejects(call);
    assertEquals(at(error, "status"), 403);
  }
});

Deno.test("searchOrders() compares dates and amounts by value", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member();
  const all = (await orders.searchOrders({})).orders ?? [];
  const [newest, , third] = all;
  const since = third?._createdDate ?? new Date();
  const recent = await orders.searchOrders({
    filter: { _createdDate: { $gt: since } },
  });
  assertEquals(recent.orders?.length, 2);
  assertEquals(recent.orders?.[0]?._id, newest?._id);
  const large = await orders.searchOrders({
    filter: { "priceSummary.total.amount": { $gte: "1000" } },
  });
  const expected = all.filter((order) =>
    Number(order.priceSummary?.total?.amount) >= 1000
  );
  assert(expected.length > 0 && expected.length < all.length);
  assertEquals(large.orders?.length, expected.length);
});

Deno.test("searchOrders() names the field it refuses", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  const sort = Array(5).fill({ fieldName: "number" });
  for (
    const [search, field] of [
      [{ cursorPaging: { limit: 101 } }, "search.cursorPaging.limit"],
      [{ cursorPaging: { limit: 0 } }, "search.cursorPaging.limit"],
      [{ cursorPaging: { cursor: "e30" } }, "cursorPaging.cursor"],
      [{ cursorPaging: { cursor: "junk" } }, "cursorPaging.cursor"],
      [{ filter: { status: { $gt: "A" } } }, "filter"],
      [{ filter: { buyerNote: "x" } }, "filter"],
      [{ sort }, "sort"],
      [
        { filter: {}, cursorPaging: { cursor: "e30" } },
        "search.cursorPaging.cursor",
      ],
    ] as const
  ) {
    const path = "/ecom/v1/orders/search";
    const { status, body } = await post(wix, path, { search }, {
      authorization,
    });
    const named = "details.validationError.fieldViolations.0.field";
    assertEquals([status, at(body, named)], [400, field]);
  }
});

Deno.test("getOrder() answers one order with images, prices and addresses", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member();
  const order = await orders.getOrder(ID);
  assertEquals(order.number, "1047");
  assert(order.purchasedDate instanceof Date);
  assertStringIncludes(
    order.lineItems?.[0]?.image ?? "",
    "wix:image://v1/juniper_can~mv2.jpg/can.jpg#originWidth=1200",
  );
  assertEquals(order.billingInfo?.address?.addressLine1, "12 Juniper Lane");
  assertEquals(order.priceSummary?.total?.formattedAmount, "$27.02");
});

Deno.test("getOrder() answers someone else's order like a missing one", async () => {
  await using rig = await SdkRig.start();
  const { orders } = await rig.member("ben@demo.example");
  for (const id of [ID, guid("order", 99_999), "not-a-guid"]) {
    const error = await assertRejects(() => orders.getOrder(id));
    const code = at(error, "details.applicationError.code");
    assertEquals([at(error, "status"), code], [404, "ORDER_NOT_FOUND"]);
  }
  assertEquals((await rig.app().orders.getOrder(ID))._id, ID);
});

Deno.test("GET of an order ignores the id that the SDK repeats as parameter", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  const path = `/ecom/v1/orders/${ID}?id=${guid("order", 2000)}`;
  const { body } = await get(wix, path, { authorization });
  assertEquals(at(body, "order.id"), ID);
});

const ANN = guid("member", 1);
const ID = guid("order", 1047);
