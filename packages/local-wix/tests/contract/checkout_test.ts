import { assert, assertEquals } from "@std/assert";
import { checkout, currentCart, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { Browser } from "../helpers/browser.ts";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";
import {
  CALLBACKS,
  CANDLE,
  checkoutPage,
  MUG,
  order,
  pieces,
  submit,
} from "./shop.ts";

const modules = { checkout, currentCart, orders, redirects };
type Client = OAuthClient<typeof modules>;

const WEB = { channelType: "WEB" } as const;
const BEN = "ben@demo.example";
/** What every callback gets from the page of a guest or of a member. */
const GUESTS = "wixMemberLoggedIn=false";
const MEMBERS = "wixMemberLoggedIn=true";

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

it.local("a cart becomes a checkout, with a channel type and [assumed] at least one item", async (site) => {
  const { checkout: api, currentCart: cart } = site.visitor(modules);
  const lineItems = [pieces(MUG, 2)];
  const { cart: full } = await cart.addToCurrentCart({ lineItems });
  await assertWixError(() => cart.createCheckoutFromCurrentCart(), 400);
  const create = () => cart.createCheckoutFromCurrentCart(WEB);
  const { checkoutId } = await create();
  const got = await api.getCheckout(checkoutId ?? "");
  assertEquals([got._id, got.cartId], [checkoutId, full?._id]);
  assertEquals(got.completed, false);
  assertEquals(got.priceSummary?.subtotal?.formattedAmount, "$29.00");
  assertEquals(got.payNow?.total?.amount, got.priceSummary?.total?.amount);
  assert(got._createdDate instanceof Date);
  assertEquals((await cart.getCurrentCart()).checkoutId, checkoutId);
  const ids = full?.lineItems?.map(({ _id }) => _id ?? "") ?? [];
  await cart.removeLineItemsFromCurrentCart(ids);
  await assertWixError(create, 400, "EMPTY_CART");
});

it.local("a checkout can be created without a cart, and accepts an address", async (site) => {
  const { checkout: api } = site.visitor(modules);
  const lineItems = [pieces(CANDLE, 2)];
  const create = (couponCode: string) =>
    api.createCheckout({ ...WEB, lineItems, couponCode });
  const made = await create("WELCOME10");
  assertEquals(made.priceSummary?.discount?.amount, "3.80");
  const id = made._id ?? "";
  const page = async () => (await api.getCheckoutUrl(id)).checkoutUrl ?? "";
  assertEquals((await new Browser().get(await page())).status, 200);
  const overrideCheckoutUrl = "https://shop.example/pay?id={checkout_id}";
  await api.updateCheckout(id, {}, { overrideCheckoutUrl });
  assertEquals(await page(), `https://shop.example/pay?id=${id}`);
  await api.removeOverrideCheckoutUrl(id);
  assertEquals((await new Browser().get(await page())).status, 200);
  const coupon = "ERROR_COUPON_DOES_NOT_EXIST";
  await assertWixError(() => create("NOPE"), 400, coupon);
  const address = { country: "DE", addressLine1: "Wacholderweg 3" };
  const contactDetails = { firstName: "Gast", lastName: "Müller" };
  const updated = await api.updateCheckout(made._id ?? "", {
    buyerInfo: { email: "guest@demo.example" },
    shippingInfo: { shippingDestination: { address, contactDetails } },
  });
  const shown = updated.shippingInfo?.shippingDestination;
  assertEquals(shown?.address?.addressLine1, "Wacholderweg 3");
  assertEquals(shown?.contactDetails?.firstName, "Gast");
  assertEquals(updated.buyerInfo?.email, "guest@demo.example");
  assertEquals(updated.lineItems?.[0]?.taxDetails?.taxRate, "0.19");
});

it.local("[assumed] another buyer's checkout looks like a missing one", async (site) => {
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

it.local("a redirect session for another identity is refused", async (site) => {
  const client = site.visitor(modules);
  const ecomCheckout = { checkoutId: await fill(client, [MUG]) };
  const preferences = { maintainIdentity: false };
  const create = () =>
    client.redirects.createRedirectSession({ ecomCheckout, preferences });
  await assertWixError(create, 501, "NOT_IMPLEMENTED_LOCALLY");
});

test.ben("a member's order from the checkout page is in their order history", async (client) => {
  const checkoutId = await fill(client, [pieces(MUG, 2)]);
  const location = await order(await checkoutPage(client, checkoutId));
  assertEquals(location.pathname, "/thanks");
  assertEquals(location.searchParams.get("from"), "shop");
  assertEquals(location.searchParams.get("wixMemberLoggedIn"), "true");
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
  const url = await checkoutPage(client, checkoutId);
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

test.guest("the checkout page links to the site's cart; Cancel leaves the page and keeps the cart", async (client) => {
  const url = await checkoutPage(client, await fill(client, [MUG]));
  const browser = new Browser();
  const { text } = await browser.get(url);
  assert(text.includes(`<a href="${CALLBACKS.cartPageUrl}?${GUESTS}">`));
  const back = await browser.submit(url, { action: "cancel" });
  assertEquals(back.location, `${CALLBACKS.postFlowUrl}?${GUESTS}`);
  const { lineItems } = await client.currentCart.getCurrentCart();
  assertEquals(lineItems?.length, 1);
  assertEquals((await browser.get(url)).status, 404);
});

test.ben("without a thank-you page, Wix shows its own, which links the post-flow URL", async (client) => {
  const postFlowUrl = "http://localhost:8000/done";
  const id = await fill(client, [MUG]);
  const page = await submit(await checkoutPage(client, id, { postFlowUrl }));
  assertEquals([page.status, page.location], [200, null]);
  const [placed] = await ordersOf(client);
  assert(page.text.includes(`Your order ${placed?.number} was placed`));
  assert(page.text.includes(`href="${postFlowUrl}?${MEMBERS}"`));
});

test.guest("a thank-you page at another origin is refused", async (client) => {
  const thankYouPageUrl = "https://evil.example/thanks";
  const id = await fill(client, [MUG]);
  const url = await checkoutPage(client, id, { thankYouPageUrl });
  const { status, location } = await new Browser().get(url);
  assertEquals([status, location], [400, null]);
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

/** The member's orders, the highest number first. */
async function ordersOf({ orders }: Client) {
  const sort = [{ fieldName: "number", order: "DESC" } as const];
  return (await orders.searchOrders({ sort })).orders ?? [];
}
