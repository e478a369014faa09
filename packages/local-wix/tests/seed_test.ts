import { assertEquals, assertThrows } from "@std/assert";
import { demoSeed, peopleUpTo, readSeed, startLocalWix } from "../src/mod.ts";
import { seedMembers } from "../src/seed/members.ts";
import { seedOrders } from "../src/seed/orders.ts";
import { at, get, post, textAt } from "./helpers/http.ts";

const GUID = "12345678-1234-4123-8123-123456789abc";
const ORDERS = seedOrders(peopleUpTo(12));
Deno.test("the seed is the same each time, and a larger site begins with it", () => {
  assertEquals(seedOrders(peopleUpTo(12)), ORDERS);
  const members = seedMembers(peopleUpTo(60));
  assertEquals(members.slice(0, 12), seedMembers(peopleUpTo(12)));
});

Deno.test("every total is the sum of its parts", () => {
  for (const order of ORDERS) {
    const digits = order.currency === "JPY" ? 0 : 3;
    const minor = ({ amount }: { amount: string }) =>
      Math.round(Number(amount) * 10 ** digits);
    const { subtotal, discount, tax, shipping, total } = order.priceSummary;
    const sum = minor(subtotal) - minor(discount) + minor(tax) +
      minor(shipping);
    assertEquals(minor(total), sum, order.number);
    const lines = order.lineItems.map((item) => minor(item.totalPriceAfterTax));
    const items = lines.reduce((a, b) => a + b, 0) + minor(shipping);
    assertEquals(minor(total), items, order.number);
    const { balance, paid } = order.balanceSummary;
    assertEquals(minor(balance) + minor(paid), minor(total), order.number);
  }
});

Deno.test("readSeed() fills in what a file leaves out", () => {
  assertEquals(readSeed("{}"), demoSeed());
  const { people } = readSeed('{"members": [{"email": "Zoe@shop.example"}]}');
  assertEquals(people, [{
    email: "Zoe@shop.example",
    slug: "zoe",
    firstName: "Zoe",
    lastName: "",
    nickname: "Zoe",
    note: "0 orders",
    privacy: "PUBLIC",
    orderCount: 0,
  }]);
});

Deno.test("readSeed() names the field that is wrong", () => {
  const a = { email: "a@b.example" };
  const one = (fields: object) => ({ members: [{ ...a, ...fields }] });
  const two = (fields: object) => ({ members: [a, fields] });
  const wrong: readonly [object, string][] = [
    [[], "the seed is not an object"],
    [{ member: [] }, "there is no field member"],
    [{ site: { clientId: "x" } }, "site.clientId is not a GUID"],
    [{ site: { name: "" } }, "site.name is an empty text"],
    [{ members: 61 }, "members is not a whole number from 1 to 60"],
    [{ members: "12" }, "members is neither a number nor a list"],
    [{ members: [{}] }, "members[0].email is missing"],
    [one({ email: "a b@c" }), "members[0].email is not an e-mail"],
    [one({ orders: 501 }), "members[0].orders is not a whole number"],
    [one({ private: "yes" }), "members[0].private is neither true nor"],
    [one({ slug: "a/b" }), "members[0].slug is limited to letters"],
    [one({ firstName: 1 }), "members[0].firstName is not a text"],
    [one({ age: 1 }), "there is no field members[0].age"],
    [two({ email: "A@b.example", slug: "b" }), "members[1].email is taken"],
    [two({ email: "a@c.example" }), 'members[1].slug is taken: "a"'],
  ];
  for (const [seed, reason] of wrong) {
    assertThrows(() => readSeed(JSON.stringify(seed)), TypeError, reason);
  }
  assertThrows(() => readSeed("{"), TypeError, "it is not JSON");
});

Deno.test("a seed brings its own site, members and orders", async () => {
  const seed = readSeed(JSON.stringify({
    site: { clientId: GUID, clientSecret: "s", name: "Ada & Sons" },
    properties: { paymentCurrency: "EUR" },
    members: [{ email: "ada@ada.example", firstName: "Ada", orders: 130 }],
  }));
  await using wix = await startLocalWix({ port: 0, seed });
  const { body } = await post(wix, "/oauth2/token", {
    client_id: GUID,
    client_secret: "s",
    grant_type: "client_credentials",
  });
  const authorization = textAt(body, "access_token");
  const path = "/site-properties/v4/properties";
  const { properties } = Object((await get(wix, path, { authorization })).body);
  assertEquals(properties.paymentCurrency, "EUR");
  assertEquals(properties.siteDisplayName, "Ada & Sons");
  const search = { search: { cursorPaging: { limit: 100 } } };
  const orders = await post(wix, "/ecom/v1/orders/search", search, {
    authorization,
  });
  assertEquals(at(orders.body, "metadata.hasNext"), true);
  assertEquals(at(orders.body, "orders.0.number"), "1130");
  const demo = { clientId: demoSeed().site.clientId, grantType: "anonymous" };
  assertEquals((await post(wix, "/oauth2/token", demo)).status, 400);
});
