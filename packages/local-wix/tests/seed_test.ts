import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { categories } from "@wix/categories";
import { items } from "@wix/data";
import { currentCart, orders } from "@wix/ecom";
import { productsV3 } from "@wix/stores";
import {
  demoSeed,
  loadSeed,
  peopleUpTo,
  readSeed,
  startLocalWix,
} from "../src/mod.ts";
import { seedMembers } from "../src/seed/members.ts";
import { seedOrders } from "../src/seed/orders.ts";
import { at, get, post, textAt } from "./helpers/http.ts";
import { Site } from "./helpers/site.ts";

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
  const items = (fields: object) => ({ collections: [{ id: "A", ...fields }] });
  const A = { name: "A", price: 1 };
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
    [one({ orders: [{ products: [] }] }), "orders[0].products is an empty"],
    [
      one({ orders: [{ products: [{ product: "x" }] }] }),
      'members[0].orders[0].products[0].product names no visible product: "x"',
    ],
    [{ products: [] }, "members needs a visible product"],
    [{ products: [{ name: "A" }] }, "products[0].price is missing"],
    [{ products: 5001 }, "products is not a whole number from 0 to 5000"],
    [{ products: [A, A] }, 'products[1].slug is taken: "a"'],
    [
      { products: [{ ...A, options: [{ name: "B", choices: [1] }] }] },
      "products[0].options[0].choices[0] is neither a text nor an object",
    ],
    [
      { products: [{ ...A, translations: { es: {} } }] },
      'products[0].translations names no language: "es"',
    ],
    [
      { categories: [{ name: "C", products: ["mug"] }] },
      'categories[0].products[0] names no product: "mug"',
    ],
    [
      { categories: [{ name: "C", parent: "c" }] },
      'categories[0].parent names no other category: "c"',
    ],
    [{ coupons: [{ code: "C", percent: 0 }] }, "coupons[0].percent is not a"],
    [
      items({ references: { a: "B" } }),
      'collections[0].references.a names no collection: "B"',
    ],
    [
      items({ references: { a: ["A"] }, items: [{ a: ["x"] }] }),
      'collections[0].items[0].a names no item of A: "x"',
    ],
    [
      items({ items: [{ _owner: "x" }] }),
      'collections[0].items[0]._owner names no member: "x"',
    ],
    [
      items({ items: [{ _id: "1" }, { _id: "1" }] }),
      'collections[0].items[1].id is taken: "1"',
    ],
    [{ languages: [] }, "languages is an empty list"],
    [{ seo: { pages: [{ path: "x" }] } }, "seo.pages[0].path is not a path"],
    [{ webhooks: ["x"] }, "webhooks[0] is not a URL"],
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

const modules = { categories, currentCart, items, orders, productsV3 };
const SHARED = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "README.md's seed in TypeScript brings all that it says",
  SHARED,
  async () => {
    const readme = await Deno.readTextFile(
      new URL("../README.md", import.meta.url),
    );
    const [, code = ""] =
      /```ts\n(import type \{ SeedFile[\s\S]*?)```/.exec(readme) ?? [];
    const file = await Deno.makeTempFile({ suffix: ".ts" });
    const mod = new URL("../src/mod.ts", import.meta.url).href;
    await Deno.writeTextFile(file, code.replace("@fresh-wix/local-wix", mod));
    const seed = await loadSeed(file);
    await using wix = await startLocalWix({ port: 0, seed });
    assertEquals(wix.controls.webhookUrls, ["http://localhost:8000/webhooks"]);
    wix.controls.webhookUrls = [];
    using site = new Site(wix);
    const client = await site.member(modules, "ada@ada.example");
    const found = await client.orders.searchOrders({});
    const [order] = found.orders ?? [];
    const [line] = order?.lineItems ?? [];
    assertEquals([line?.productName?.original, line?.quantity], ["Cup", 2]);
    assertEquals(order?.paymentStatus, "PAID");
    const { items: [cup] } = await client.productsV3.queryProducts().find();
    const { minValue, maxValue } = cup?.actualPriceRange ?? {};
    assertEquals([minValue?.amount, maxValue?.amount], ["14.50", "16.50"]);
    const tree = { appNamespace: "@wix/stores" };
    const { category } = await client.categories.getCategoryBySlug(
      "kitchen",
      tree,
    );
    assertEquals(category?.itemCounter, 1);
    const recipes = client.items.query("Recipes").include("author", "goesWith");
    const { items: [rye] } = await recipes.find();
    assertEquals([rye?.author.name, rye?.goesWith[0].title], [
      "Bo",
      "Rye bread",
    ]);
    await client.currentCart.addToCurrentCart({
      lineItems: [{
        quantity: 1,
        catalogReference: {
          appId: "215238eb-22a5-4c36-9e7b-e7c08025e04e",
          catalogItemId: cup?._id ?? "",
          options: { variantId: seed.products[0]?.variants[0].id },
        },
      }],
    });
    await client.currentCart.updateCurrentCart({ couponCode: "ten" });
    const { priceSummary } = await client.currentCart.estimateCurrentCartTotals(
      {},
    );
    assertEquals(priceSummary?.discount?.amount, "1.45");
    client.setHeaders({ "x-wix-linguist": "de|de-de|false|0" });
    const translated = await client.productsV3.queryProducts().find();
    assertEquals(translated.items[0]?.name, "Tasse");
  },
);

Deno.test(
  "loadSeed() makes a large shop and an empty site",
  SHARED,
  async () => {
    const large = await loadSeed("large");
    await using wix = await startLocalWix({ port: 0, seed: large });
    using site = new Site(wix);
    const { productsV3, categories } = site.visitor(modules);
    assertEquals((await productsV3.countProducts()).count, 1000);
    const tree = { treeReference: { appNamespace: "@wix/stores" } };
    const { items: found } = await categories.queryCategories(tree)
      .eq("visible", true).find();
    assertEquals(found.length, 21);
    assertEquals(
      found.slice(1).map(({ itemCounter }) => itemCounter),
      Array(20).fill(50),
    );
    const again = await loadSeed("large");
    assertEquals(again.products, large.products);
    assertEquals(new Set(again.products.map(({ slug }) => slug)).size, 1000);
  },
);

Deno.test(
  "an empty site has a login page and nothing else",
  SHARED,
  async () => {
    const seed = await loadSeed("empty");
    await using wix = await startLocalWix({ port: 0, seed });
    using site = new Site(wix);
    const { productsV3, items: data } = site.visitor(modules);
    assertEquals((await productsV3.queryProducts().find()).items, []);
    await assertRejects(() => data.query("Recipes").find(), Error, "WDE0025");
    const { auth } = site.visitor({});
    const { authUrl } = await auth.getAuthUrl(
      auth.generateOAuthData("http://localhost:8000/callback"),
    );
    assertEquals((await fetch(authUrl)).status, 200);
    assertEquals((await fetch(wix.origin)).status, 200);
  },
);

Deno.test("loadSeed() names the file and the field that is wrong", async () => {
  const json = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(json, '{"products": [{"name": "A"}]}');
  const wrong = `Cannot read seed file ${json}: products[0].price is missing`;
  await assertRejects(() => loadSeed(json), TypeError, wrong);
  await assertRejects(() => loadSeed("none.json"), TypeError, "none.json");
});
