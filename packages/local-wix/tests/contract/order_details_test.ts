import { assert, assertEquals } from "@std/assert";
import { orderFulfillments, orders, orderTransactions } from "@wix/ecom";
import { guid } from "../../src/mod.ts";
import {
  assertWixError,
  it,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";

const modules = { orders, orderFulfillments, orderTransactions };
type Client = OAuthClient<typeof modules>;
const ORDER = guid("order", 1047);

/** A case with a client of Ann, who has orders in every status. */
const test = (name: string, run: (client: Client) => Promise<void>) =>
  it.local(name, async (site) => await run(await site.member(modules)));

test("a fulfilled order has a fulfillment with every line, a pending one has none", async (client) => {
  const order = await newest(client, { fulfillmentStatus: "FULFILLED" });
  const fulfillments = await fulfillmentsOf(client, order);
  assertEquals(quantities(...fulfillments), quantities(order));
  const [parcel] = fulfillments;
  assertEquals(parcel?.completed, true);
  assert(parcel?._createdDate instanceof Date);
  assert(parcel?.trackingInfo?.trackingNumber);
  assert(URL.canParse(parcel?.trackingInfo?.trackingLink ?? ""));
  const waiting = await newest(client, { fulfillmentStatus: "NOT_FULFILLED" });
  assertEquals(await fulfillmentsOf(client, waiting), []);
});

it.local("visitors may not read fulfillments, and [assumed] those of another member's order are not found", async (site) => {
  const { orderFulfillments: visitor } = site.visitor(modules);
  await assertWixError(
    () => visitor.listFulfillmentsForSingleOrder(ORDER),
    403,
  );
  const { orderFulfillments: ben } = await site.member(
    modules,
    "ben@demo.example",
  );
  const list = () => ben.listFulfillmentsForSingleOrder(ORDER);
  await assertWixError(list, 404, "ORDER_NOT_FOUND");
  const { ordersWithFulfillments } = await ben
    .listFulfillmentsForMultipleOrders([ORDER]);
  assertEquals(ordersWithFulfillments, []);
});

test("[assumed] transactions need an elevated call", async ({ orderTransactions: api }) => {
  const single = () => api.listTransactionsForSingleOrder(ORDER);
  await assertWixError(single, 403);
  const many = () => api.listTransactionsForMultipleOrders([ORDER]);
  await assertWixError(many, 403);
});

it.local("a paid order has one approved payment of its total, an unpaid one none", async (site) => {
  const { payments, refunds, order } = await transactions(site, "PAID");
  assertEquals(payments.map(({ status }) => status), ["APPROVED"]);
  assertEquals(payments[0]?.amount, order.priceSummary?.total);
  assert(payments[0]?._createdDate instanceof Date);
  const card = payments[0]?.regularPaymentDetails?.creditCardDetails;
  assertEquals(card?.lastFourDigits, "4242");
  assertEquals(refunds, []);
  const unpaid = await transactions(site, "NOT_PAID");
  assertEquals([unpaid.payments, unpaid.refunds], [[], []]);
});

it.local("a refund matches the balance", async (site) => {
  const { payments, refunds, order } = await transactions(
    site,
    "PARTIALLY_REFUNDED",
  );
  assertEquals(payments.map(({ status }) => status), ["PARTIALLY_REFUNDED"]);
  const [refund] = refunds;
  assertEquals(refund?.summary?.refunded, order.balanceSummary?.refunded);
  const [transaction] = refund?.transactions ?? [];
  assertEquals(transaction?.paymentId, payments[0]?._id);
  assertEquals(transaction?.refundStatus, "SUCCEEDED");
});

async function newest(
  { orders }: Pick<Client, "orders">,
  filter: Record<string, unknown>,
): Promise<orders.Order> {
  const cursorPaging = { limit: 1 };
  const { orders: found } = await orders.searchOrders({ filter, cursorPaging });
  assert(found?.[0]);
  return found[0];
}

async function fulfillmentsOf(
  { orderFulfillments: api }: Client,
  { _id }: orders.Order,
): Promise<readonly orderFulfillments.Fulfillment[]> {
  const { orderWithFulfillments } = await api
    .listFulfillmentsForSingleOrder(_id ?? "");
  assertEquals(orderWithFulfillments?.orderId, _id);
  return orderWithFulfillments?.fulfillments ?? [];
}

/** How many pieces of each line are in an order, or in its parcels. */
function quantities(
  ...parts: readonly Pick<orderFulfillments.Fulfillment, "lineItems">[]
): [id: string, quantity: number][] {
  return parts.flatMap(({ lineItems = [] }) => lineItems)
    .map(({ _id, quantity }): [string, number] => [_id ?? "", quantity ?? 0])
    .toSorted();
}

/** Payments and refunds of an order with this payment status. */
async function transactions(site: Site, paymentStatus: string) {
  const client = site.app(modules);
  const order = await newest(client, { paymentStatus });
  const { orderTransactions } = await client.orderTransactions
    .listTransactionsForSingleOrder(order._id ?? "");
  assertEquals(orderTransactions?.orderId, order._id);
  const { payments = [], refunds = [] } = orderTransactions ?? {};
  return { order, payments, refunds };
}
