import { assert, assertEquals, assertRejects } from "@std/assert";
import { orderFulfillments, orders, orderTransactions } from "@wix/ecom";
import { demoSeed, guid, peopleUpTo, startLocalWix } from "../../src/mod.ts";
import { at } from "../helpers/http.ts";
import { assertWixError, contract, Site } from "../helpers/site.ts";

const it = {
  seed: contract("seed"),
  seedApp: contract("seed", "app"),
};

const modules = { orders, orderFulfillments, orderTransactions };

it.seed("the first member has orders in every status of an API", async (site) => {
  const { orders: api } = await site.member(modules);
  const { orders: found = [] } = await api.searchOrders({
    filter: { status: { $in: ["APPROVED", "CANCELED"] } },
  });
  const values = (name: "paymentStatus" | "fulfillmentStatus" | "status") =>
    new Set(found.map((order) => order[name])).size;
  assertEquals(values("paymentStatus"), 10);
  assertEquals(values("fulfillmentStatus"), 3);
  assertEquals(values("status"), 2);
});

it.seed("a canceled order says so and when", async (site) => {
  const { orders: api } = await site.member(modules);
  const { orders: [order] = [] } = await api.searchOrders({
    filter: { status: "CANCELED" },
  });
  assertEquals(order?.status, "CANCELED");
  assert(
    order?.activities?.some(({ type, _createdDate }) =>
      type === "ORDER_CANCELED" && _createdDate instanceof Date
    ),
  );
});

it.seed("an order has where it goes and who pays for it", async (site) => {
  const { orders: api } = await site.member(modules);
  const { orders: [order] = [] } = await api.searchOrders({});
  const { address, contactDetails } = order?.billingInfo ?? {};
  assertEquals(address?.addressLine1, "12 Juniper Lane");
  assertEquals(contactDetails?.lastName, "Archer");
  const { shippingDestination, deliveryTime } = order?.shippingInfo
    ?.logistics ?? {};
  assertEquals(shippingDestination?.address?.city, "Portland");
  assertEquals(deliveryTime, "3-5 business days");
});

it.seed("a fulfilled order has a fulfillment with every line", async (site) => {
  const client = await site.member(modules);
  const order = await newest(client.orders, {
    fulfillmentStatus: "FULFILLED",
  });
  const fulfillments = await fulfillmentsOf(client, order);
  assertEquals(quantities(fulfillments), quantitiesOf(order));
  const [parcel] = fulfillments;
  assertEquals(parcel?.completed, true);
  assert(parcel?._createdDate instanceof Date);
  assert(parcel?.trackingInfo?.trackingNumber);
  assert(URL.canParse(parcel?.trackingInfo?.trackingLink ?? ""));
});

it.seed("of an order sent in part something is left to send", async (site) => {
  const client = await site.member(modules);
  const { orders: found = [] } = await client.orders.searchOrders({
    filter: { fulfillmentStatus: "PARTIALLY_FULFILLED" },
  });
  assertEquals(found.length, 10);
  for (const order of found) {
    const sent = quantities(await fulfillmentsOf(client, order));
    const all = quantitiesOf(order);
    const sum = (counts: Map<string, number>) =>
      [...counts.values()].reduce((a, b) => a + b, 0);
    assert(sum(sent) > 0 && sum(sent) < sum(all), order.number ?? "");
    for (const [id, count] of sent) assert(count <= (all.get(id) ?? 0));
  }
});

it.seed("an order that waits has no fulfillment", async (site) => {
  const client = await site.member(modules);
  const order = await newest(client.orders, {
    fulfillmentStatus: "NOT_FULFILLED",
  });
  assertEquals(await fulfillmentsOf(client, order), []);
});

it.seed("fulfillments of several orders come with their order's id", async (site) => {
  const client = await site.member(modules);
  const { orders: found = [] } = await client.orders.searchOrders({
    cursorPaging: { limit: 3 },
  });
  const ids = found.map(({ _id }) => _id ?? "");
  const { ordersWithFulfillments = [] } = await client.orderFulfillments
    .listFulfillmentsForMultipleOrders(ids);
  assertEquals(
    ordersWithFulfillments.map(({ orderId }) => orderId ?? "").toSorted(),
    ids.toSorted(),
  );
});

it.seed("[assumed] fulfillments of another member's order are not found", async (site) => {
  const { orderFulfillments: api } = await site.member(
    modules,
    "ben@demo.example",
  );
  const id = guid("order", 1047);
  await assertWixError(
    () => api.listFulfillmentsForSingleOrder(id),
    404,
    "ORDER_NOT_FOUND",
  );
  const { ordersWithFulfillments } = await api
    .listFulfillmentsForMultipleOrders([id]);
  assertEquals(ordersWithFulfillments, []);
});

it.seed("fulfillments are closed to visitors", async (site) => {
  const { orderFulfillments: api } = site.visitor(modules);
  await assertWixError(
    () => api.listFulfillmentsForSingleOrder(guid("order", 1047)),
    403,
  );
});

it.seedApp("a paid order has one approved payment of its total", async (site) => {
  const { payments, refunds, order } = await transactions(site, "PAID");
  assertEquals(payments.map(({ status }) => status), ["APPROVED"]);
  assertEquals(payments[0]?.amount, order.priceSummary?.total);
  assert(payments[0]?._createdDate instanceof Date);
  assertEquals(
    payments[0]?.regularPaymentDetails?.creditCardDetails?.lastFourDigits,
    "4242",
  );
  assertEquals(refunds, []);
});

it.seedApp("a refund is of what the balance says", async (site) => {
  for (
    const [paymentStatus, status] of [
      ["PARTIALLY_REFUNDED", "PARTIALLY_REFUNDED"],
      ["FULLY_REFUNDED", "REFUNDED"],
    ] as const
  ) {
    const { payments, refunds, order } = await transactions(
      site,
      paymentStatus,
    );
    assertEquals(payments.map((payment) => payment.status), [status]);
    const [refund] = refunds;
    assertEquals(refund?.summary?.refunded, order.balanceSummary?.refunded);
    assertEquals(refund?.transactions?.[0]?.paymentId, payments[0]?._id);
    assertEquals(refund?.transactions?.[0]?.refundStatus, "SUCCEEDED");
    assert(refund?._createdDate instanceof Date);
  }
});

it.seedApp("what was paid in part is a payment of that part", async (site) => {
  const { payments, order } = await transactions(site, "PARTIALLY_PAID");
  assertEquals(payments[0]?.amount, order.balanceSummary?.paid);
  const { amount: paid } = payments[0]?.amount ?? {};
  assert(Number(paid) < Number(order.priceSummary?.total?.amount));
});

it.seedApp("an unpaid order has no payment", async (site) => {
  const { payments, refunds } = await transactions(site, "NOT_PAID");
  assertEquals([payments, refunds], [[], []]);
});

it.seed("[assumed] transactions need an elevated call", async (site) => {
  const { orderTransactions: api } = await site.member(modules);
  for (
    const call of [
      () => api.listTransactionsForSingleOrder(guid("order", 1047)),
      () => api.listTransactionsForMultipleOrders([guid("order", 1047)]),
    ]
  ) {
    assertEquals(at(await assertRejects(call), "status"), 403);
  }
});

Deno.test("a member with a thousand orders can page through them", async () => {
  const seed = {
    ...demoSeed(1),
    people: peopleUpTo(1).map((ann) => ({ ...ann, orderCount: 1000 })),
  };
  await using site = new Site(
    await startLocalWix({ port: 0, hostname: "127.0.0.1", seed }),
  );
  const { orders: api } = await site.member(modules);
  const numbers = new Set<string>();
  let cursor: string | null | undefined;
  do {
    const { orders: found = [], metadata } = await api.searchOrders({
      cursorPaging: { limit: 100, ...(cursor && { cursor }) },
    });
    found.forEach(({ number }) => numbers.add(number ?? ""));
    cursor = metadata?.cursors?.next;
  } while (cursor);
  assertEquals(numbers.size, 1000);
});

type Member = Awaited<ReturnType<typeof Site.prototype.member<typeof modules>>>;
type Fulfillments = readonly orderFulfillments.Fulfillment[];

async function newest(
  api: Pick<Member["orders"], "searchOrders">,
  filter: Record<string, unknown>,
): Promise<orders.Order> {
  const { orders: [order] = [] } = await api.searchOrders({
    filter,
    cursorPaging: { limit: 1 },
  });
  assert(order);
  return order;
}

async function fulfillmentsOf(
  { orderFulfillments: api }: Member,
  { _id }: orders.Order,
): Promise<Fulfillments> {
  const { orderWithFulfillments } = await api.listFulfillmentsForSingleOrder(
    _id ?? "",
  );
  assertEquals(orderWithFulfillments?.orderId, _id);
  return orderWithFulfillments?.fulfillments ?? [];
}

/** How many pieces of each line have been sent. */
function quantities(fulfillments: Fulfillments): Map<string, number> {
  const lines = fulfillments.flatMap(({ lineItems = [] }) => lineItems);
  return new Map(
    lines.map(({ _id = "", quantity }) => [_id, quantity ?? 0] as const)
      .toSorted(),
  );
}

/** How many pieces of each line were ordered. */
function quantitiesOf({ lineItems = [] }: orders.Order): Map<string, number> {
  return new Map(
    lineItems.map(({ _id, quantity }) => [_id ?? "", quantity ?? 0] as const)
      .toSorted(),
  );
}

/** Payments and refunds of an order with this payment status. */
async function transactions(site: Site, paymentStatus: string) {
  const { orders: api, orderTransactions: list } = site.app(modules);
  const order = await newest(api, { paymentStatus });
  const { orderTransactions } = await list.listTransactionsForSingleOrder(
    order._id ?? "",
  );
  assertEquals(orderTransactions?.orderId, order._id);
  const { payments = [], refunds = [] } = orderTransactions ?? {};
  return { order, payments, refunds };
}
