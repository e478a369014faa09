import { assert, assertEquals } from "@std/assert";
import { checkout, currentCart, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { guid } from "../../src/mod.ts";
import { Browser, type Page } from "../helpers/browser.ts";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";
import { BASKET_SOLD_OUT, CANDLE, GIFT_CARD, MUG, pieces } from "./shop.ts";

const modules = { checkout, currentCart, orders, redirects };
type Client = OAuthClient<typeof modules>;
type Fields = Record<string, string>;

const WEB = { channelType: "WEB" } as const;
const BEN = "ben@demo.example";
const GUEST = {
  email: "guest@demo.example",
  firstName: "Gast",
  lastName: "Müller",
  addressLine: "Wacholderweg 3",
  postalCode: "50667",
  city: "Köln",
  country: "DE",
};
const CALLBACKS = {
  thankYouPageUrl: "http://localhost:8000/thanks?from=shop",
  cartPageUrl: "http://localhost:8000/cart",
  postFlowUrl: "http://localhost:8000/",
};

const test = {
  /** With a client of Ben, who has ordered nothing yet. */
  ben: (name: string, run: (client: Client) => Promise<void>) =>
    it.local(
      name,
      async (site) => await run(await site.member(modules, BEN)),
    ),
  /** With a client of a new visitor. */
  guest: (name: string, run: (client: Client) => Promise<void>) =>
    it.local(name, (site) => run(site.visitor(modules))),
};

it.local("a cart becomes a checkout", async (site) => {
  const { checkout: api, currentCart: cart } = site.visitor(modules);
  const lineItems = [pieces(MUG, 2)];
  const { cart: full } = await cart.addToCurrentCart({ lineItems });
  const { checkoutId } = await cart.createCheckoutFromCurrentCart(WEB);
  const got = await api.getCheckout(checkoutId ?? "");
  assertEquals([got._id, got.cartId], [checkoutId, full?._id]);
  assertEquals(got.completed, false);
  assertEquals(got.lineItems?.[0]?.quantity, 2);
  assertEquals(got.priceSummary?.subtotal?.formattedAmount, "$29.00");
  assertEquals(got.payNow?.total?.amount, got.priceSummary?.total?.amount);
  assert(got._createdDate instanceof Date);
  assertEquals((await cart.getCurrentCart()).checkoutId, checkoutId);
});

it.local("a cart has one checkout, which takes over its changes", async (site) => {
  const client = site.visitor(modules);
  const first = await fill(client, [MUG]);
  assertEquals(await fill(client, [CANDLE]), first);
  const { lineItems } = await client.checkout.getCheckout(first);
  assertEquals(lineItems?.length, 2);
});

it.local("a checkout needs a channel type, and [assumed] something in the cart", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(() => cart.createCheckoutFromCurrentCart(), 400);
  const ids = full?.lineItems?.map(({ _id }) => _id ?? "") ?? [];
  await cart.removeLineItemsFromCurrentCart(ids);
  const create = () => cart.createCheckoutFromCurrentCart(WEB);
  await assertWixError(create, 400, "EMPTY_CART");
});

it.local("a checkout can be made without a cart", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const lineItems = [pieces(CANDLE, 2)];
  const create = (couponCode: string) =>
    api.createCheckout({ ...WEB, lineItems, couponCode });
  const made = await create("WELCOME10");
  assertEquals(made.lineItems?.[0]?.discount?.amount, "3.80");
  assertEquals(made.priceSummary?.discount?.amount, "3.80");
  const [discount] = made.appliedDiscounts ?? [];
  assertEquals(discount?.coupon?.name, "10% welcome discount");
  assertEquals((await api.getCheckout(made._id ?? ""))._id, made._id);
  const coupon = "ERROR_COUPON_DOES_NOT_EXIST";
  await assertWixError(() => create("NOPE"), 400, coupon);
});

it.local("a checkout takes an address", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const { _id } = await api.createCheckout({ ...WEB, lineItems: [MUG] });
  const address = {
    country: "DE",
    city: "Köln",
    postalCode: "50667",
    addressLine1: "Wacholderweg 3",
  };
  const contactDetails = { firstName: "Gast", lastName: "Müller" };
  const updated = await api.updateCheckout(_id ?? "", {
    buyerInfo: { email: "guest@demo.example" },
    shippingInfo: { shippingDestination: { address, contactDetails } },
  });
  const shown = updated.shippingInfo?.shippingDestination;
  assertEquals(shown?.address?.addressLine1, "Wacholderweg 3");
  assertEquals(shown?.contactDetails?.firstName, "Gast");
  assertEquals(updated.buyerInfo?.email, "guest@demo.example");
  assertEquals(updated.lineItems?.[0]?.taxDetails?.taxRate, "0.19");
});

it.local("[assumed] another buyer's checkout is like a missing one", async (site) => {
  const checkoutId = await fill(site.visitor(modules), [MUG]);
  const { checkout: theirs, redirects: sent } = site.visitor(modules);
  const ecomCheckout = { checkoutId };
  const calls = [
    () => theirs.getCheckout(checkoutId),
    () => theirs.updateCheckout(checkoutId, { buyerNote: "x" }),
    () => sent.createRedirectSession({ ecomCheckout }),
    () => theirs.getCheckout("00000007-0000-4000-8000-00000000ffff"),
  ];
  for (const call of calls) {
    await assertWixError(call, 404, "CHECKOUT_NOT_FOUND");
  }
});

test.ben("a member's order from the checkout page is in their order history", async (client) => {
  const checkoutId = await fill(client, [pieces(MUG, 2)]);
  const location = await order(await pageUrl(client, checkoutId));
  assertEquals(location.pathname, "/thanks");
  assertEquals(location.searchParams.get("from"), "shop");
  const [placed, ...more] = await ordersOf(client);
  assertEquals(more, []);
  assertEquals(placed?._id, location.searchParams.get("orderId"));
  assertEquals(placed?.checkoutId, checkoutId);
  assertEquals(placed?.paymentStatus, "PAID");
  assertEquals(placed?.priceSummary?.total?.formattedAmount, "$37.82");
  assertEquals(placed?.balanceSummary?.balance?.amount, "0.00");
  assertEquals(placed?.billingInfo?.contactDetails?.firstName, "Ben");
  assert(placed?.purchasedDate instanceof Date);
});

test.ben("an order empties the cart and completes the checkout; a second click orders nothing", async (client) => {
  const checkoutId = await fill(client, [MUG]);
  const url = await pageUrl(client, checkoutId);
  const first = await order(url);
  const { completed } = await client.checkout.getCheckout(checkoutId);
  assertEquals(completed, true);
  await assertWixError(() => client.currentCart.getCurrentCart(), 404);
  const update = () =>
    client.checkout.updateCheckout(checkoutId, { buyerNote: "late" });
  await assertWixError(update, 400, "CHECKOUT_IS_COMPLETE");
  const again = await new Browser().submit(url, { action: "order" });
  assertEquals(again.location, first.href);
  assertEquals((await ordersOf(client)).length, 1);
});

test.ben("an order to be paid later is not paid", async (client) => {
  const url = await pageUrl(client, await fill(client, [GIFT_CARD]));
  await order(url, { payment: "offline" });
  const [placed] = await ordersOf(client);
  assertEquals(placed?.paymentStatus, "NOT_PAID");
  assertEquals(placed?.balanceSummary?.balance?.amount, "54.00");
  assertEquals(placed?.shippingInfo, undefined);
});

test.ben("orders are numbered upwards", async (client) => {
  for (const item of [MUG, CANDLE]) {
    await order(await pageUrl(client, await fill(client, [item])));
  }
  const numbers = (await ordersOf(client)).map(({ number }) => Number(number));
  assertEquals(numbers[0], Number(numbers[1]) + 1);
});

it.local("a visitor can order, and an app finds that order", async (site) => {
  const client = site.visitor(modules);
  const url = await pageUrl(client, await fill(client, [MUG]));
  const { searchParams } = await order(url, GUEST);
  const { orders: api } = site.app(modules);
  const placed = await api.getOrder(searchParams.get("orderId") ?? "");
  assertEquals(placed.buyerInfo?.memberId, undefined);
  assertEquals(placed.buyerInfo?.email, "guest@demo.example");
  assertEquals(placed.shippingInfo?.region?.name, "Europe");
});

it.local("an order has the channel of its checkout", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const { _id } = await api.createCheckout({
    channelType: "POS",
    lineItems: [MUG],
  });
  const checkoutId = _id ?? "";
  const { checkoutUrl = "" } = await api.getCheckoutUrl(checkoutId);
  await submit(checkoutUrl, GUEST);
  const { orders: found } = await site.app(modules).orders
    .searchOrders({ filter: { checkoutId } });
  assertEquals(found?.map(({ channelInfo }) => channelInfo?.type), ["POS"]);
});

test.guest("the checkout page links to the site's cart; Cancel leaves the page and keeps the cart", async (client) => {
  const url = await pageUrl(client, await fill(client, [MUG]));
  const browser = new Browser();
  const { text } = await browser.get(url);
  assert(text.includes(`<a href="${CALLBACKS.cartPageUrl}">`));
  const back = await browser.submit(url, { action: "cancel" });
  assertEquals(back.location, CALLBACKS.postFlowUrl);
  const { lineItems } = await client.currentCart.getCurrentCart();
  assertEquals(lineItems?.length, 1);
  assertEquals((await browser.get(url)).status, 404);
});

test.guest("[assumed] Cancel goes to the cart page when there is no post-flow URL", async (client) => {
  const { cartPageUrl } = CALLBACKS;
  const id = await fill(client, [MUG]);
  const url = await pageUrl(client, id, { cartPageUrl });
  const back = await new Browser().submit(url, { action: "cancel" });
  assertEquals(back.location, cartPageUrl);
});

test.ben("without a thank-you page Wix has one, which leads to the post-flow URL", async (client) => {
  const postFlowUrl = "http://localhost:8000/done";
  const id = await fill(client, [MUG]);
  const page = await submit(await pageUrl(client, id, { postFlowUrl }));
  assertEquals([page.status, page.location], [200, null]);
  const [placed] = await ordersOf(client);
  assert(page.text.includes(`Your order ${placed?.number} was placed`));
  assert(page.text.includes(`href="${postFlowUrl}"`));
});

test.guest("a thank-you page elsewhere is refused", async (client) => {
  const thankYouPageUrl = "https://evil.example/thanks";
  const id = await fill(client, [MUG]);
  const url = await pageUrl(client, id, { thankYouPageUrl });
  const { status, location } = await new Browser().get(url);
  assertEquals([status, location], [400, null]);
});

test.guest("a checkout URL opens the page without a redirect session", async (client) => {
  const id = await fill(client, [MUG]);
  const { checkoutUrl = "" } = await client.checkout.getCheckoutUrl(id);
  const { status, text } = await new Browser().get(checkoutUrl);
  assertEquals([status, text.includes("Enamel mug")], [200, true]);
});

it.local("an order ends its cart, also when the visitor has become a member since", async (site) => {
  const client = site.visitor(modules);
  const url = await pageUrl(client, await fill(client, [MUG]));
  const { auth, currentCart: cart } = client;
  const ben = guid("member", 2);
  const tokens = await auth.getMemberTokensForExternalLogin(ben, site.apiKey);
  auth.setTokens(tokens);
  assertEquals((await cart.getCurrentCart()).lineItems?.length, 1);
  await order(url, GUEST);
  await assertWixError(() => cart.getCurrentCart(), 404);
});

test.ben("[assumed] what is sold out cannot be ordered", async (client) => {
  const url = await pageUrl(client, await fill(client, [BASKET_SOLD_OUT]));
  const { status, text } = await submit(url);
  assertEquals(status, 400);
  assert(text.includes("Willow basket is sold out"));
  assertEquals(await ordersOf(client), []);
});

/** Puts `lineItems` into the client's cart; returns the id of its checkout. */
async function fill(
  { currentCart: cart }: Client,
  lineItems: currentCart.LineItem[],
): Promise<string> {
  await cart.addToCurrentCart({ lineItems });
  const { checkoutId = "" } = await cart.createCheckoutFromCurrentCart(WEB);
  return checkoutId;
}

/** The checkout page, with callbacks to a shop on this machine. */
async function pageUrl(
  { redirects }: Client,
  checkoutId: string,
  callbacks: Fields = CALLBACKS,
): Promise<string> {
  const ecomCheckout = { checkoutId };
  const { redirectSession } = await redirects
    .createRedirectSession({ ecomCheckout, callbacks });
  return redirectSession?.fullUrl ?? "";
}

/** The member's orders, the highest number first. */
async function ordersOf({ orders }: Client) {
  const sort = [{ fieldName: "number", order: "DESC" } as const];
  return (await orders.searchOrders({ sort })).orders ?? [];
}

/** Places an order on the checkout page; where the browser is sent then. */
async function order(url: string, changes: Fields = {}): Promise<URL> {
  const { location } = await submit(url, changes);
  return new URL(location ?? "about:blank");
}

/** Fills in the checkout page, looks at the total and places the order. */
async function submit(url: string, changes: Fields = {}): Promise<Page> {
  const browser = new Browser();
  const first = typed(await browser.get(url), changes);
  const shown = await browser.submit(url, { ...first, action: "update" });
  return await browser.submit(url, typed(shown, changes));
}

/** What the page's form would send, with `changes` typed into it. */
function typed({ text }: Page, changes: Fields) {
  const inputs = [...text.matchAll(/<input[^>]*?name="(\w+)"\s+value="(.*?)"/g)]
    .filter(([tag]) => !tag.includes("radio"))
    .map(([, name = "", value = ""]) => [name, value]);
  const country = /<option value="(\w+)" selected/.exec(text)?.[1] ?? "";
  const fields = { ...Object.fromEntries(inputs), country, action: "order" };
  return { ...fields, ...changes };
}
