import { assertEquals, assertMatch } from "@std/assert";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  assertShows,
  attributes,
  find,
  shownUser,
  text,
  texts,
} from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import {
  addToCart,
  changeCart,
  checkOut,
  hideProduct,
  placeOrder,
} from "../helpers/shop.ts";
import { ANN, BEN } from "../helpers/site.ts";

const MUG = "/products/enamel-mug?Color=Clay";
const GET_ORDER = "GET /ecom/v1/orders/{id}";

/** Buys a mug; returns the thank-you page. */
async function buy(browser: Browser): Promise<Page> {
  await addToCart(browser, MUG);
  return await placeOrder(browser, await checkOut(browser));
}

const newest = async (member: Browser) =>
  texts((await member.open("/account/orders")).document, ".orders h2")[0];
const number = (page: Page) =>
  /Order \d+/.exec(text(page.document, ".lead"))?.[0];

test("a visitor buys and sees the order; others with the link do not", async ({ site }) => {
  const visitor = site.visitor();
  const thanks = await buy(visitor);
  assertEquals([thanks.status, thanks.url.pathname], [200, "/thank-you"]);
  assertEquals(thanks.url.searchParams.has("wixMemberLoggedIn"), false);
  assertMatch(text(thanks.document, "main"), /Order \d+ has been placed/);
  assertMatch(text(thanks.document, "tbody"), /Enamel mug/);
  find(thanks.document, ".cart-count[hidden]");
  assertShows(await visitor.open("/cart"), "cart is empty");

  // A stranger, another buyer and a member with the link.
  const { href } = thanks.url;
  const buyer = site.visitor();
  await buy(buyer);
  for (const other of [site.visitor(), buyer, await site.member(ANN)]) {
    const page = await other.open(href);
    assertEquals([page.status, number(page)], [200, undefined]);
    assertEquals(page.body.includes("Enamel mug"), false);
  }
  // Should Wix show it to others, this site still does not.
  const body = { order: { id: crypto.randomUUID(), number: "31337" } };
  site.wix.controls.failNext(GET_ORDER, { status: 200, body, times: "always" });
  for (const other of [buyer, await site.member(ANN)]) {
    assertEquals(number(await other.open(href)), undefined);
  }
  site.wix.controls.clearFaults();
  for (const id of ["", "../x", crypto.randomUUID()]) {
    const page = await site.visitor().open(`/thank-you?orderId=${id}`);
    assertEquals([page.status, number(page)], [200, undefined]);
  }
});

test("a member buys, and the order is the first of the history", async ({ site }) => {
  const member = await site.member(BEN);
  const thanks = await buy(member);
  assertMatch(number(thanks) ?? "", /^Order \d+$/);
  assertEquals(await newest(member), number(thanks));
  const [href = ""] = attributes(thanks.document, "main a.button", "href");
  assertEquals((await member.open(href)).status, 200);
});

test("a visitor's cart is still there after login", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG, { quantity: "3" });
  const login = await visitor.open("/api/auth/login?returnToUrl=/shop");
  const fields = { email: BEN, password: "any" };
  const shop = await visitor.submit(login, '[name="password"]', fields);
  assertEquals(text(shop.document, ".cart-count"), "3");
  const cart = await visitor.open("/cart");
  assertEquals(texts(cart.document, ".cart-lines h2"), ["Enamel mug"]);
  // The count is the member's now: a logout leaves none.
  await visitor.submit(cart, '[action="/api/auth/logout"] button');
  const left = await visitor.open("/shop");
  find(left.document, ".cart-count[hidden]");
});

test("a visitor who logs in at checkout comes back as a member, with the order", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG);
  const checkout = await checkOut(visitor);
  const login = await visitor.submit(checkout, "[value=login]", {
    action: "login",
  });
  const fields = { email: BEN, password: "any" };
  const again = await visitor.submit(login, '[name="password"]', fields);
  const thanks = await placeOrder(visitor, again);
  assertEquals(thanks.url.pathname, "/thank-you");
  assertEquals(shownUser(thanks), "Ben");
  assertEquals(await newest(visitor), number(thanks));
});

const params: [who: string | undefined, value: string, logins: number][] = [
  [undefined, "true", 1],
  [undefined, "false", 0],
  [undefined, "nonsense", 0],
  [ANN, "false", 0],
  [ANN, "true", 0],
];
test("wixMemberLoggedIn leads to one silent login at most, and never to a logout", async ({ site, t }) => {
  for (const [email, value, logins] of params) {
    await t.step(`${email ?? "visitor"} ${value}`, async () => {
      const browser = email ? await site.member(email) : site.visitor();
      const user = shownUser(await browser.open("/shop"));
      const asked = () =>
        site.wix.controls.counters.routes["GET /_pages/authorize"] ?? 0;
      const before = asked();
      const query = `wixMemberLoggedIn=${value}&note=1`;
      const page = await browser.open(`/cart?${query}`);
      assertEquals([page.status, page.url.search], [200, "?note=1"]);
      assertEquals(shownUser(page), user);
      assertEquals(asked() - before, logins);
    });
  }
});

test("an abandoned checkout comes back to the whole cart", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG, { quantity: "2" });
  await changeCart(visitor, "add-coupon", { code: "WELCOME10" });
  const checkout = await checkOut(visitor);
  const back = await visitor.submit(checkout, "[value=cancel]", {
    action: "cancel",
  });
  assertEquals([back.url.pathname, back.url.search], ["/cart", ""]);
  assertMatch(text(back.document, "main"), /Enamel mug.*WELCOME10/);
  // A reload of the checkout's own URL is the cart, too.
  assertEquals((await visitor.open("/checkout")).url.pathname, "/cart");
});

test("an ordered cart links its order, and adding an item starts a new cart", async ({ site }) => {
  site.wix.controls.change({ orderedCart: "kept" });
  const visitor = site.visitor();
  await buy(visitor);
  const cart = await visitor.open("/cart");
  assertEquals(cart.status, 200);
  assertMatch(text(cart.document, "main"), /Your order has been placed/);
  const [href = ""] = attributes(cart.document, ".notice a", "href");
  assertMatch(number(await visitor.open(href)) ?? "", /\d/);
  assertEquals((await checkOut(visitor)).url.pathname, "/cart");
  const added = await addToCart(visitor, MUG);
  assertEquals(text(added.document, ".cart-count"), "1");
});

test("waits for an order that Wix shows a moment later, up to a limit", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG);
  const checkout = await checkOut(visitor);
  site.wix.controls.failNext(GET_ORDER, { status: 404, times: 1 });
  assertMatch(number(await placeOrder(visitor, checkout)) ?? "", /\d/);
  const { href } = (await buy(visitor)).url;
  site.wix.controls.failNext(GET_ORDER, { status: 404, times: 9 });
  const late = await visitor.open(href);
  assertEquals([late.status, number(late)], [200, undefined]);
  assertMatch(
    text(late.document, "main"),
    /take a moment to appear: reload this page/,
  );
});

test("a Wix failure at the checkout is a 503, and the cart stays", async ({ site }) => {
  const visitor = site.visitor();
  await addToCart(visitor, MUG);
  const route = "POST /_api/redirects-api/v1/redirect-session";
  site.wix.controls.failNext(route, { status: 500, times: 2 });
  assertEquals((await checkOut(visitor)).status, 503);
  assertEquals(
    text((await visitor.open("/cart")).document, "h2"),
    "Enamel mug",
  );
});

const JAR = "/products/preserving-jar?Volume=1+l";
test.member("orders the same items again, if the shop still has them", async ({ ann, site }) => {
  await addToCart(ann, JAR);
  const thanks = await buy(ann);
  const [href = ""] = attributes(thanks.document, "main a.button", "href");
  const again = async () => {
    const cart = await ann.submit(await ann.open(href), ".order-again button");
    assertEquals(cart.url.pathname, "/cart");
    const names = texts(cart.document, ".cart-lines h2");
    for (const lineId of attributes(cart.document, "[name=lineId]", "value")) {
      await changeCart(ann, "remove", { lineId });
    }
    return { said: text(cart.document, ".notice"), names };
  };
  const whole = await again();
  assertMatch(whole.said, /are in your cart\./);
  assertEquals(whole.names, ["Preserving jar", "Enamel mug"]);
  await hideProduct(site, "enamel-mug");
  const part = await again();
  assertMatch(part.said, /^Some items from your order are no longer available/);
  assertEquals(part.names, ["Preserving jar"]);
  await hideProduct(site, "preserving-jar");
  const none = await again();
  assertMatch(none.said, /^The items from your order are no longer available/);
  assertEquals(none.names, []);

  const foreign = await site.member(BEN);
  const response = await foreign.request(href, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
  });
  assertEquals(response.status, 404);
});

test.member("an invalid order id is unknown, and not sent to Wix", async ({ ann, site }) => {
  await buy(ann);
  const calls = () =>
    Object.entries(site.wix.controls.counters.routes).filter(([route]) =>
      /orders|fulfillments/.test(route)
    );
  const before = calls();
  for (const id of ["..%2Fx", "1", "00000000-0000-4000-8000-00000000000g"]) {
    assertEquals(number(await ann.open(`/thank-you?orderId=${id}`)), undefined);
    const { status } = await ann.open(`/account/orders/${id}`);
    assertEquals([400, 404].includes(status), true, `${id} ${status}`);
  }
  assertEquals(calls(), before);
});
