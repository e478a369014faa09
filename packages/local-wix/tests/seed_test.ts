import { assert, assertEquals } from "@std/assert";
import {
  DEMO_ACCOUNTS,
  peopleUpTo,
  seedMembers,
  seedOrders,
} from "../src/mod.ts";

const ORDERS = seedOrders(peopleUpTo(12));
const ANNS = ORDERS.filter(({ buyerInfo }) =>
  buyerInfo.email === "ann@demo.example"
);

Deno.test("the seed is the same each time", () => {
  assertEquals(seedOrders(peopleUpTo(12)), ORDERS);
  assertEquals(seedMembers(peopleUpTo(60)), seedMembers(peopleUpTo(60)));
});

Deno.test("a larger site begins with the same members", () => {
  assertEquals(
    seedMembers(peopleUpTo(60)).slice(0, 12),
    seedMembers(peopleUpTo(12)),
  );
});

Deno.test("ids, e-mails, slugs and order numbers are unique", () => {
  const members = seedMembers(peopleUpTo(60));
  const orders = seedOrders(peopleUpTo(60));
  for (
    const values of [
      members.map(({ id }) => id),
      members.map(({ loginEmail }) => loginEmail),
      members.map(({ profile }) => profile.slug),
      orders.map(({ id }) => id),
      orders.map(({ number }) => number),
      orders.flatMap(({ lineItems }) => lineItems.map(({ id }) => id)),
    ]
  ) {
    assertEquals(new Set(values).size, values.length);
  }
});

Deno.test("demo accounts are the members, in the same order", () => {
  assertEquals(
    DEMO_ACCOUNTS.map(({ email }) => email),
    seedMembers(peopleUpTo(12)).map(({ loginEmail }) => loginEmail),
  );
});

Deno.test("the first member's orders have every status there is", () => {
  const values = (name: "status" | "paymentStatus" | "fulfillmentStatus") =>
    new Set(ANNS.map((order) => order[name])).size;
  assertEquals(values("status"), 5);
  assertEquals(values("paymentStatus"), 10);
  assertEquals(values("fulfillmentStatus"), 3);
});

Deno.test("the first member's orders show what a page must cope with", () => {
  const items = ANNS.flatMap(({ lineItems }) => lineItems);
  assert(new Set(ANNS.map(({ currency }) => currency)).size >= 5);
  assert(ANNS.some(({ appliedDiscounts }) => appliedDiscounts.length > 0));
  assert(ANNS.some((order) => Number(order.balanceSummary.refunded.amount)));
  assert(ANNS.some(({ shippingInfo }) => shippingInfo));
  assert(ANNS.some(({ buyerNote }) => buyerNote));
  assert(ANNS.some(({ lineItems }) => lineItems.length > 8));
  assert(items.some(({ image }) => !image));
  const kinds = new Set(items.map(({ itemType }) => itemType.preset));
  assertEquals(kinds, new Set(["PHYSICAL", "DIGITAL", "GIFT_CARD"] as const));
  const lines = items.flatMap(({ descriptionLines }) => descriptionLines);
  assert(lines.some(({ lineType }) => lineType === "COLOR"));
});

Deno.test("two orders share a date, so that paging must break a tie", () => {
  const dates = ANNS.filter(({ status }) => status !== "PENDING")
    .map(({ createdDate }) => createdDate);
  assert(new Set(dates).size < dates.length);
});

Deno.test("every total is the sum of its parts", () => {
  for (const order of ORDERS) {
    const digits = order.currency === "JPY" ? 0 : 3;
    const minor = (amount: string) => Math.round(Number(amount) * 10 ** digits);
    const { subtotal, discount, tax, shipping, total } = order.priceSummary;
    const sum = minor(subtotal.amount) - minor(discount.amount) +
      minor(tax.amount) + minor(shipping.amount);
    assertEquals(minor(total.amount), sum, order.number);
    const lines = order.lineItems.map(({ totalPriceAfterTax }) =>
      minor(totalPriceAfterTax.amount)
    );
    const items = lines.reduce((a, b) => a + b, 0) + minor(shipping.amount);
    assertEquals(minor(total.amount), items, order.number);
    const { balance, paid } = order.balanceSummary;
    const owed = minor(balance.amount) + minor(paid.amount);
    assertEquals(owed, minor(total.amount), order.number);
  }
});

Deno.test("each line item names its owner", () => {
  for (const member of seedMembers(peopleUpTo(12))) {
    const own = ORDERS.filter(({ buyerInfo }) =>
      buyerInfo.memberId === member.id
    );
    const prefix = `${member.profile.slug.toUpperCase()}-`;
    for (const { physicalProperties } of own.flatMap((o) => o.lineItems)) {
      assert(physicalProperties.sku.startsWith(prefix));
      assert(physicalProperties.sku.length <= 40);
    }
  }
});

Deno.test("members may have thousands of orders, each with its own number", () => {
  const people = peopleUpTo(3).map((person) => ({
    ...person,
    orderCount: 1200,
  }));
  const orders = seedOrders(people);
  const numbers = new Set(orders.map(({ number }) => number));
  const ids = new Set(orders.map(({ id }) => id));
  assertEquals([numbers.size, ids.size], [3604, 3604]);
});
