import { assert, assertEquals } from "@std/assert";
import { checkout, currentCart, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { guid } from "../../src/mod.ts";
import { Browser, type Page } from "../helpers/browser.ts";
import { BASKET_SOLD_OUT, CANDLE, GIFT_CARD, MUG, pieces } from "./shop.ts";
import { assertWixError, contract, type OAuthClient } from "../helpers/site.ts";

const modules = { checkout, currentCart, orders, redirects };

const test = contract("seed");
const it = contract("seed", "loginPage");
const seedLoginPageAppTest = contract("seed", "loginPage", "app");

test("a cart becomes a checkout", async (site) => {
  const { checkout: api, currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [pieces(MUG, 2)],
  });
  const { checkoutId } = await cart.createCheckoutFromCurrentCart({
    channelType: "WEB",
  });
  const got = await api.getCheckout(checkoutId ?? "");
  assertEquals(got._id, checkoutId);
  assertEquals(got.cartId, full?._id);
  assertEquals(got.completed, false);
  assertEquals(got.lineItems?.[0]?.quantity, 2);
  assertEquals(got.priceSummary?.subtotal?.formattedAmount, "$29.00");
  assertEquals(got.payNow?.total?.amount, got.priceSummary?.total?.amount);
  assert(got._createdDate instanceof Date);
  assertEquals((await cart.getCurrentCart()).checkoutId, checkoutId);
});

test("a cart has one checkout, which takes over its changes", async (site) => {
  const { checkout: api, currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  const web = { channelType: "WEB" } as const;
  const first = await cart.createCheckoutFromCurrentCart(web);
  await cart.addToCurrentCart({ lineItems: [CANDLE] });
  const second = await cart.createCheckoutFromCurrentCart(web);
  assertEquals(first.checkoutId, second.checkoutId);
  const { lineItems } = await api.getCheckout(first.checkoutId ?? "");
  assertEquals(lineItems?.length, 2);
});

test("a checkout needs a channel type", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(() => cart.createCheckoutFromCurrentCart(), 400);
});

test("[assumed] an empty cart becomes no checkout", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({ lineItems: [MUG] });
  await cart.removeLineItemsFromCurrentCart([
    full?.lineItems?.[0]?._id ?? "",
  ]);
  await assertWixError(
    () => cart.createCheckoutFromCurrentCart({ channelType: "WEB" }),
    400,
    "EMPTY_CART",
  );
});

test("a checkout can be made without a cart", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const made = await api.createCheckout({
    channelType: "WEB",
    lineItems: [pieces(CANDLE, 2)],
    couponCode: "WELCOME10",
  });
  assertEquals(made.lineItems?.[0]?.discount?.amount, "3.80");
  assertEquals(made.priceSummary?.discount?.amount, "3.80");
  assertEquals(made.appliedDiscounts?.[0]?.coupon?.name, COUPON_NAME);
  assertEquals((await api.getCheckout(made._id ?? ""))._id, made._id);
});

test("[assumed] an unknown coupon makes no checkout", async (site) => {
  const { checkout: api } = site.visitor(modules);
  await assertWixError(
    () =>
      api.createCheckout({
        channelType: "WEB",
        lineItems: [MUG],
        couponCode: "NOPE",
      }),
    400,
    "ERROR_COUPON_DOES_NOT_EXIST",
  );
});

test("a checkout takes an address", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const made = await api.createCheckout({
    channelType: "WEB",
    lineItems: [MUG],
  });
  const { _id = "" } = made;
  const updated = await api.updateCheckout(_id ?? "", {
    buyerInfo: { email: "guest@demo.example" },
    shippingInfo: { shippingDestination: DESTINATION },
  });
  const shown = updated.shippingInfo?.shippingDestination;
  assertEquals(shown?.address?.addressLine1, "Wacholderweg 3");
  assertEquals(shown?.contactDetails?.firstName, "Gast");
  assertEquals(updated.buyerInfo?.email, "guest@demo.example");
  assertEquals(updated.lineItems?.[0]?.taxDetails?.taxRate, "0.19");
});

test("[assumed] someone else's checkout is like a missing one", async (site) => {
  const { checkout: mine } = site.visitor(modules);
  const { _id } = await mine.createCheckout({
    channelType: "WEB",
    lineItems: [MUG],
  });
  const { checkout: theirs, redirects: sent } = site.visitor(modules);
  for (
    const call of [
      () => theirs.getCheckout(_id ?? ""),
      () => theirs.updateCheckout(_id ?? "", { buyerNote: "x" }),
      () =>
        sent.createRedirectSession({
          ecomCheckout: { checkoutId: _id ?? "" },
        }),
      () => theirs.getCheckout("00000007-0000-4000-8000-00000000ffff"),
    ]
  ) {
    await assertWixError(call, 404, "CHECKOUT_NOT_FOUND");
  }
});

it("a member's order from the checkout page is in their order history", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  const { checkoutId } = await fill(client, [pieces(MUG, 2)]);
  const url = await pageUrl(client, checkoutId);
  const location = await order(url, {});
  assertEquals(location.pathname, "/thanks");
  assertEquals(location.searchParams.get("from"), "shop");
  const { orders: found = [] } = await client.orders.searchOrders({});
  assertEquals(found.map(({ _id }) => _id), [
    location.searchParams.get("orderId"),
  ]);
  const [placed] = found;
  assertEquals(placed?.checkoutId, checkoutId);
  assertEquals(placed?.paymentStatus, "PAID");
  assertEquals(placed?.priceSummary?.total?.formattedAmount, "$37.82");
  assertEquals(placed?.balanceSummary?.balance?.amount, "0.00");
  assertEquals(placed?.billingInfo?.contactDetails?.firstName, "Ben");
  assert(placed?.purchasedDate instanceof Date);
});

it("an order empties the cart and completes the checkout", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  const { checkoutId } = await fill(client, [MUG]);
  await order(await pageUrl(client, checkoutId), {});
  const { completed } = await client.checkout.getCheckout(checkoutId);
  assertEquals(completed, true);
  await assertWixError(() => client.currentCart.getCurrentCart(), 404);
  await assertWixError(
    () => client.checkout.updateCheckout(checkoutId, { buyerNote: "late" }),
    400,
    "CHECKOUT_IS_COMPLETE",
  );
});

it("a second click places no second order", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  const { checkoutId } = await fill(client, [MUG]);
  const url = await pageUrl(client, checkoutId);
  const first = await order(url, {});
  const again = await new Browser().submit(url, { action: "order" });
  assertEquals(again.location, first.href);
  const { orders: found } = await client.orders.searchOrders({});
  assertEquals(found?.length, 1);
});

it("an order to be paid later is not paid", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  const { checkoutId } = await fill(client, [GIFT_CARD]);
  await order(await pageUrl(client, checkoutId), { payment: "offline" });
  const { orders: [placed] = [] } = await client.orders.searchOrders({});
  assertEquals(placed?.paymentStatus, "NOT_PAID");
  assertEquals(placed?.balanceSummary?.balance?.amount, "54.00");
  assertEquals(placed?.shippingInfo, undefined);
});

it("orders are numbered upwards", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  for (const item of [MUG, CANDLE]) {
    const { checkoutId } = await fill(client, [item]);
    await order(await pageUrl(client, checkoutId), {});
  }
  const { orders: [newer, older] = [] } = await client.orders.searchOrders({
    sort: [{ fieldName: "number", order: "DESC" }],
  });
  assertEquals(Number(newer?.number), Number(older?.number) + 1);
});

seedLoginPageAppTest(
  "a visitor can order, and an app finds that order",
  async (site) => {
    const client = site.visitor(modules);
    const { checkoutId } = await fill(client, [MUG]);
    const to = await order(await pageUrl(client, checkoutId), GUEST);
    const placed = await site.app(modules).orders.getOrder(
      to.searchParams.get("orderId") ?? "",
    );
    assertEquals(placed.buyerInfo?.memberId, undefined);
    assertEquals(placed.buyerInfo?.email, "guest@demo.example");
    assertEquals(placed.shippingInfo?.region?.name, "Europe");
  },
);

it("Cancel on the checkout page goes to the post-flow URL and keeps the cart", async (site) => {
  const client = site.visitor(modules);
  const { checkoutId } = await fill(client, [MUG]);
  const url = await pageUrl(client, checkoutId);
  const back = await new Browser().submit(url, { action: "cancel" });
  assertEquals(back.location, "http://localhost:8000/");
  const { lineItems } = await client.currentCart.getCurrentCart();
  assertEquals(lineItems?.length, 1);
  assertEquals((await new Browser().get(url)).status, 404);
});

it("[assumed] Cancel goes to the cart page when there is no post-flow URL", async (site) => {
  const client = site.visitor(modules);
  const { checkoutId } = await fill(client, [MUG]);
  const { redirectSession } = await client.redirects.createRedirectSession({
    ecomCheckout: { checkoutId },
    callbacks: { cartPageUrl: "http://localhost:8000/cart" },
  });
  const back = await new Browser().submit(redirectSession?.fullUrl ?? "", {
    action: "cancel",
  });
  assertEquals(back.location, "http://localhost:8000/cart");
});

it("without a thank-you page Wix has one, which leads to the post-flow URL", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  const { checkoutId } = await fill(client, [MUG]);
  const { redirectSession } = await client.redirects.createRedirectSession({
    ecomCheckout: { checkoutId },
    callbacks: { postFlowUrl: "http://localhost:8000/done" },
  });
  const { status, location, text } = await submit(
    redirectSession?.fullUrl ?? "",
    {},
  );
  assertEquals([status, location], [200, null]);
  const { orders: [placed] = [] } = await client.orders.searchOrders({});
  assert(text.includes(`Your order ${placed?.number} was placed`));
  assert(text.includes('href="http://localhost:8000/done"'));
});

it("the checkout page links to the cart page of the site", async (site) => {
  const client = site.visitor(modules);
  const { checkoutId } = await fill(client, [MUG]);
  const page = await new Browser().get(await pageUrl(client, checkoutId));
  assert(page.text.includes('<a href="http://localhost:8000/cart">'));
});

it("a checkout URL opens the page without a redirect session", async (site) => {
  const client = site.visitor(modules);
  const { checkoutId } = await fill(client, [MUG]);
  const { checkoutUrl = "" } = await client.checkout.getCheckoutUrl(
    checkoutId,
  );
  const { status, text } = await new Browser().get(checkoutUrl);
  assertEquals(status, 200);
  assert(text.includes("Enamel mug"));
});

it("an order has the channel of its checkout", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const { _id } = await api.createCheckout({
    channelType: "POS",
    lineItems: [MUG],
  });
  const { checkoutUrl = "" } = await api.getCheckoutUrl(_id ?? "");
  await submit(checkoutUrl, GUEST);
  const { orders: [placed] = [] } = await site.app(modules).orders
    .searchOrders({ filter: { checkoutId: _id ?? "" } });
  assertEquals(placed?.channelInfo?.type, "POS");
});

it("an order ends its cart, also when the visitor has become a member since", async (site) => {
  const client = site.visitor(modules);
  const { checkoutId } = await fill(client, [MUG]);
  const url = await pageUrl(client, checkoutId);
  client.auth.setTokens(
    await client.auth.getMemberTokensForExternalLogin(
      guid("member", 2),
      site.apiKey,
    ),
  );
  const taken = await client.currentCart.getCurrentCart();
  assertEquals(taken.lineItems?.length, 1);
  await order(url, GUEST);
  await assertWixError(
    () => client.currentCart.getCurrentCart(),
    404,
    "OWNED_CART_NOT_FOUND",
  );
});

it("a thank-you page elsewhere is refused", async (site) => {
  const client = site.visitor(modules);
  const { checkoutId } = await fill(client, [MUG]);
  const { redirectSession } = await client.redirects.createRedirectSession({
    ecomCheckout: { checkoutId },
    callbacks: { thankYouPageUrl: "https://evil.example/thanks" },
  });
  const page = await new Browser().get(redirectSession?.fullUrl ?? "");
  assertEquals([page.status, page.location], [400, null]);
});

it("[assumed] what is sold out cannot be ordered", async (site) => {
  const client = await site.member(modules, "ben@demo.example");
  const { checkoutId } = await fill(client, [BASKET_SOLD_OUT]);
  const url = await pageUrl(client, checkoutId);
  const browser = new Browser();
  const page = await browser.submit(url, typed(await browser.get(url), {}));
  assertEquals(page.status, 400);
  assert(page.text.includes("Willow basket is sold out"));
  const { orders: found } = await client.orders.searchOrders({});
  assertEquals(found, []);
});

const COUPON_NAME = "10% welcome discount";

const DESTINATION = {
  address: {
    country: "DE",
    city: "Köln",
    postalCode: "50667",
    addressLine1: "Wacholderweg 3",
  },
  contactDetails: { firstName: "Gast", lastName: "Müller" },
};

const GUEST = {
  email: "guest@demo.example",
  firstName: "Gast",
  lastName: "Müller",
  addressLine: "Wacholderweg 3",
  postalCode: "50667",
  city: "Köln",
  country: "DE",
};

type Client = OAuthClient<typeof modules>;

/** Puts `lineItems` into the client's cart and checks out. */
async function fill(
  { currentCart: cart }: Client,
  lineItems: currentCart.LineItem[],
) {
  await cart.addToCurrentCart({ lineItems });
  const { checkoutId = "" } = await cart.createCheckoutFromCurrentCart({
    channelType: "WEB",
  });
  return { checkoutId };
}

/** The checkout page, with callbacks to a shop on this machine. */
async function pageUrl({ redirects }: Client, checkoutId: string) {
  const { redirectSession } = await redirects.createRedirectSession({
    ecomCheckout: { checkoutId },
    callbacks: {
      thankYouPageUrl: "http://localhost:8000/thanks?from=shop",
      cartPageUrl: "http://localhost:8000/cart",
      postFlowUrl: "http://localhost:8000/",
    },
  });
  return redirectSession?.fullUrl ?? "";
}

/** Places an order on the checkout page; where the browser is sent then. */
async function order(
  url: string,
  changes: Record<string, string>,
): Promise<URL> {
  const { location } = await submit(url, changes);
  return new URL(location ?? "about:blank");
}

/** Fills in the checkout page, looks at the total and places the order. */
async function submit(
  url: string,
  changes: Record<string, string>,
): Promise<Page> {
  const browser = new Browser();
  const first = typed(await browser.get(url), changes);
  const shown = await browser.submit(url, { ...first, action: "update" });
  return await browser.submit(url, typed(shown, changes));
}

/** What the page's form would send, with `changes` typed into it. */
function typed({ text }: Page, changes: Record<string, string>) {
  const inputs = [...text.matchAll(/<input[^>]*?name="(\w+)"\s+value="(.*?)"/g)]
    .filter(([tag]) => !tag.includes("radio"))
    .map(([, name = "", value = ""]) => [name, value]);
  const country = /<option value="(\w+)" selected/.exec(text)?.[1] ?? "";
  return {
    ...Object.fromEntries(inputs),
    country,
    action: "order",
    ...changes,
  };
}
