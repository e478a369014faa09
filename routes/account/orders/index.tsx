import { page } from "fresh";
import { AccountNav } from "@/components/AccountNav.tsx";
import { Notice } from "@/components/Notice.tsx";
import { OrderFilter } from "@/components/OrderFilter.tsx";
import { OrderList } from "@/components/OrderList.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import LoadMore from "@/islands/LoadMore.tsx";
import { defineForMembers } from "@/lib/define.ts";
import {
  isFiltered,
  type OrderQuery,
  OrderQueryError,
  type OrderQueryField,
  orderQueryString,
  readOrderQuery,
} from "@/lib/orders/order_query.ts";
import { listOrders, type OrderPage } from "@/lib/orders/orders.ts";
import { wix } from "@/lib/wix.ts";

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    ctx.state.title = "Your orders";
    try {
      const query = readOrderQuery(ctx.url.searchParams);
      return page({ query, found: await listOrders(query, wix.imageUrl) });
    } catch (error) {
      if (!(error instanceof OrderQueryError)) throw error;
      const { field: problem, filter } = error;
      return page({ problem, filter }, { status: 400 });
    }
  },
});

export default defineForMembers.page<typeof handler>(({ data, url }) => (
  <>
    <PageHeading
      title="Your orders"
      breadcrumbs={[{ href: "/account", text: "Your account" }]}
    />
    <AccountNav url={url} />
    {"problem" in data ? <Problem {...data} /> : <Orders {...data} />}
  </>
));

function Orders({ query, found }: { query: OrderQuery; found: OrderPage }) {
  const { orders, next, prev } = found;
  const hasAny = orders.length > 0 || isFiltered(query);
  const pageUrl = (cursor: string) =>
    `/account/orders${orderQueryString({ ...query, cursor })}`;
  return (
    <>
      {hasAny && <OrderFilter query={query} />}
      {orders.length === 0 && <Empty query={query} />}
      {prev && (
        <p>
          <a class="button" rel="prev" href={pageUrl(prev)}>Newer orders</a>
        </p>
      )}
      {orders.length > 0 && <OrderList orders={orders} />}
      {next && <LoadMore href={pageUrl(next)} />}
    </>
  );
}

function Empty({ query }: { query: OrderQuery }) {
  return isFiltered(query) || query.cursor !== undefined
    ? (
      <Notice kind="empty" title="No orders match these filters">
        <p>
          <a href="/account/orders">Show all orders</a>
        </p>
      </Notice>
    )
    : (
      <Notice kind="empty" title="No orders yet">
        <p>Your orders will appear here.</p>
      </Notice>
    );
}

const PROBLEMS: Record<OrderQueryField, string> = {
  number: "An order number contains only digits.",
  payment: "Unknown payment status.",
  fulfillment: "Unknown delivery status.",
  from: "The start date is not a valid date.",
  to: "The end date is not a valid date, or is before the start date.",
  cursor: "This page of orders does not exist or has expired.",
};

function Problem(
  { problem, filter }: { problem: OrderQueryField; filter: OrderQuery },
) {
  return (
    <>
      <OrderFilter query={filter} />
      <Notice kind="bad" title="This link isn't valid">
        <p>{PROBLEMS[problem]}</p>
        <p>
          <a class="button" href="/account/orders">Show latest orders</a>
        </p>
      </Notice>
    </>
  );
}
