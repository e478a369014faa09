/** Cart V2, verb by verb: what is refused, to whom, and what amounts come of it. */
import { assertEquals } from "@std/assert";
import { cartV2, checkout, currentCart, currentCartV2 } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { guid } from "../../src/mod.ts";
import { Browser } from "../helpers/browser.ts";
import { at } from "../helpers/http.ts";
import type { Site } from "../helpers/site.ts";
import { cases, each, type Loose, outcome } from "./rows.ts";
import { CANDLE, GIFT_CARD, MUG, PAN_OF_3, pieces } from "./shop.ts";

const modules = { cartV2, checkout, currentCart, currentCartV2, redirects };
const visitor = (site: Site): Loose => site.visitor(modules);
const admin = (site: Site): Loose => site.admin(modules);
const GERMANY = { country: "DE", city: "Köln", postalCode: "50667" };
const UNKNOWN = guid("product", 0xffff);

const add = (client: Loose, ...catalogItems: unknown[]) =>
  client.currentCartV2.addLineItemsToCurrentCart({ catalogItems });
const { appId } = MUG.catalogReference;
const item = (number: number, sent: object = {}) => {
  const catalogItemId = guid("product", number);
  return { catalogReference: { appId, catalogItemId, ...sent }, quantity: 1 };
};

// deno-fmt-ignore -- a table
each([
  ["nothing", [], "400 NO_LINE_ITEMS_TO_ADD"],
  ["an unknown product", [item(0xffff)], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["a product that is not visible", [item(13)], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["a product of another app", [item(4, { appId: UNKNOWN })], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["a product with options, without a variant", [item(1)], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["a product with the choice of an option for a variant", [item(1, { options: { options: { Color: "Clay" } } })], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["the variant of another product", [item(1, { options: { variantId: guid("variant", 7) } })], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["an unknown choice of a modifier", [item(4, { options: { options: { Wrapping: "Silk" } } })], "404 ITEM_NOT_FOUND_IN_CATALOG"],
  ["more than is left", [pieces(PAN_OF_3, 4)], "428 INSUFFICIENT_INVENTORY"],
  ["more than is left, in two parts", [pieces(PAN_OF_3, 2), pieces(PAN_OF_3, 2)], "428 INSUFFICIENT_INVENTORY"],
  ["what is sold out", [item(12, { options: { variantId: guid("variant", 12) } })], "428 INSUFFICIENT_INVENTORY"],
  ["none of a product", [pieces(MUG, 0)], "400 catalogItems[0].quantity"],
  ["100,001 of a product", [pieces(MUG, 100_001)], "400 catalogItems[0].quantity"],
  ["301 items", Array(301).fill(MUG), "400 catalogItems"],
  ["a subscription", [item(4, { options: { subscriptionOptionId: UNKNOWN } })], "501 NOT_IMPLEMENTED_LOCALLY"],
], "[assumed] adding $0 is $2, and begins no cart", async (site, _, items) => {
  const client = visitor(site);
  const added = await outcome(() => add(client, ...items));
  const { getCurrentCart } = client.currentCartV2;
  assertEquals(await outcome(getCurrentCart), "404 CURRENT_CART_NOT_FOUND");
  return added;
});

type Verb = (api: Loose, line: string) => unknown;
const quantity = (newQuantity: number, ...ids: string[]): Verb => (api, line) =>
  api.updateLineItemsInCurrentCart({
    lineItems: (ids.length > 0 ? ids : [line]).map((lineItemId) => ({
      lineItemId,
      quantity: { newQuantity },
    })),
  });
const coupon = (code: string): Verb => (api) =>
  api.addCouponToCurrentCart({ code });
const giftCard = (code: string): Verb => (api) =>
  api.addGiftCardToCurrentCart({ code });
const write = (cart: object): Verb => (api) => api.updateCurrentCart(cart);
const deliver = (method: object): Verb => (api) =>
  api.setDeliveryMethodForCurrentCart(method);

// deno-fmt-ignore -- a table
each([
  ["an update of no line", (api) => api.updateLineItemsInCurrentCart({ lineItems: [] }), undefined, "400 EMPTY_LINE_ITEM_UPDATES"],
  ["an update of a line twice", quantity(2, "a", "a"), undefined, "400 DUPLICATE_LINE_ITEM_UPDATES"],
  ["an update of an unknown line", quantity(2, "other"), undefined, "404 LINE_ITEM_NOT_FOUND_IN_CART"],
  ["an update to none", quantity(0), undefined, "400 lineItems[0].quantity.newQuantity"],
  ["an update to more than is left", quantity(4), undefined, "428 INSUFFICIENT_INVENTORY"],
  ["the removal of an unknown line", (api) => api.removeLineItemsFromCurrentCart(["other"]), undefined, "404 LINE_ITEM_NOT_FOUND_IN_CART"],
  ["more of a line than is left, by adding", (api) => add({ currentCartV2: api }, pieces(PAN_OF_3, 3)), undefined, "428 INSUFFICIENT_INVENTORY"],
  ["an unknown coupon", coupon("NOPE"), undefined, "400 INVALID_COUPON_CODE"],
  ["an expired coupon", coupon("SUMMER15"), undefined, "428 INVALID_COUPON_STATUS"],
  ["a coupon for a larger cart", coupon("BIG20"), undefined, "428 INVALID_COUPON_STATUS"],
  ["a coupon twice", coupon("welcome10"), coupon("WELCOME10"), "409 COUPON_ALREADY_EXISTS"],
  ["a second coupon", coupon("BIG20"), coupon("WELCOME10"), "428 MAX_COUPONS_PER_CART_EXCEEDED"],
  ["the removal of a coupon by its code", (api) => api.removeCouponFromCurrentCart("WELCOME10"), coupon("WELCOME10"), "404 COUPON_NOT_FOUND_IN_CART"],
  ["an unknown gift card", giftCard("NO-SUCH-CARD"), undefined, "400 INVALID_GIFT_CARD_CODE"],
  ["an expired gift card", giftCard("JUNIPER-PAST"), undefined, "428 INVALID_GIFT_CARD_STATUS"],
  ["a gift card twice", giftCard("JUNIPER-50-USD"), giftCard("JUNIPER-50-USD"), "409 GIFT_CARD_ALREADY_EXISTS"],
  ["a delivery method without an address", deliver({ code: "express" }), undefined, "428 DELIVERY_METHOD_MISSING_ADDRESS"],
  ["an unknown delivery method", deliver({ code: "drone" }), write({ deliveryInfo: { address: GERMANY } }), "404 DELIVERY_METHOD_NOT_FOUND"],
  ["a delivery method without a line", deliver({ code: "express" }), (api, line) => api.removeLineItemsFromCurrentCart([line]), "428 DELIVERY_METHOD_MISSING_LINE_ITEMS"],
  ["an estimate without a line", (api) => api.estimateCurrentCart(), (api, line) => api.removeLineItemsFromCurrentCart([line]), "404 EMPTY_CART"],
  ["a country by its name", write({ deliveryInfo: { address: { country: "Germany" } } }), undefined, "400 INVALID_ADDRESS_FORMAT"],
  ["a note of 1,001 characters", write({ note: "x".repeat(1001) }), undefined, "400 cart.note"],
  ["a currency that the shop lacks", write({ customerInfo: { currencyCode: "XAU" } }), undefined, "400 cart.customerInfo.currencyCode"],
], "[assumed] $0 is $3, and changes nothing", async (site, _, verb, before) => {
  const client = visitor(site);
  const { currentCartV2: api } = client;
  const { cart } = await add(client, PAN_OF_3);
  const line = cart.lineItems[0]._id;
  await before?.(api, line);
  const present = await api.getCurrentCart();
  const changed = await outcome(() => verb(api, line));
  assertEquals(await api.getCurrentCart(), present);
  return changed;
});

// deno-fmt-ignore -- a table
const WRITES: readonly [name: string, verb: (api: Loose) => unknown][] = [
  ["updateCurrentCart()", (api) => api.updateCurrentCart({ note: "x" })],
  ["updateLineItemsInCurrentCart()", (api) => quantity(2, "x")(api, "")],
  ["removeLineItemsFromCurrentCart()", (api) => api.removeLineItemsFromCurrentCart(["x"])],
  ["addCouponToCurrentCart()", (api) => coupon("WELCOME10")(api, "")],
  ["removeCouponFromCurrentCart()", (api) => api.removeCouponFromCurrentCart(UNKNOWN)],
  ["addGiftCardToCurrentCart()", (api) => giftCard("JUNIPER-50-USD")(api, "")],
  ["setDeliveryMethodForCurrentCart()", (api) => deliver({ code: "express" })(api, "")],
  ["removeDeliveryMethodFromCurrentCart()", (api) => api.removeDeliveryMethodFromCurrentCart()],
  ["estimateCurrentCart()", (api) => api.estimateCurrentCart()],
  ["calculateCurrentCart()", (api) => api.calculateCurrentCart()],
  ["refreshCurrentCart()", (api) => api.refreshCurrentCart()],
];
const VERBS: typeof WRITES = [
  ...WRITES,
  ["getCurrentCart()", (api) => api.getCurrentCart()],
  ["deleteCurrentCart()", (api) => api.deleteCurrentCart()],
];
each(
  VERBS.map((row) => [...row, "404 CURRENT_CART_NOT_FOUND"]),
  "[assumed] $0 without a cart is $2",
  (site, _, verb) => verb(visitor(site).currentCartV2),
);
each(
  VERBS.map((row) => [...row, "403 PERMISSION_DENIED"]),
  "[assumed] $0 is not for an app: $2",
  (site, _, verb) => verb(Object(site.app(modules)).currentCartV2),
);
each(
  WRITES.map((row) => [...row, "428 CART_ALREADY_ORDERED"]),
  "[assumed] $0 of a cart that has been ordered is $2",
  async (site, _, verb) => {
    if (site.wix) site.wix.controls.orderedCart = "kept";
    const client = visitor(site);
    const { cart } = await add(client, MUG);
    const orderId = guid("order", 1047);
    await admin(site).cartV2.markCartAsCompleted(cart._id, { orderId });
    return verb(client.currentCartV2);
  },
);

// deno-fmt-ignore -- a table
const BY_ID: readonly [name: string, verb: (api: Loose, id: string) => unknown][] = [
  ["getCart()", (api, id) => api.getCart(id)],
  ["updateCart()", (api, id) => api.updateCart(id, { note: "x" })],
  ["addLineItems()", (api, id) => api.addLineItems(id, { catalogItems: [MUG] })],
  ["addCoupon()", (api, id) => api.addCoupon(id, { code: "WELCOME10" })],
  ["calculateCart()", (api, id) => api.calculateCart(id)],
  ["getCheckoutUrl()", (api, id) => api.getCheckoutUrl(id)],
  ["placeOrder()", (api, id) => api.placeOrder(id)],
  ["deleteCart()", (api, id) => api.deleteCart(id)],
];
each(
  BY_ID.map((row) => [...row, "403 PERMISSION_DENIED"]),
  "[assumed] $0 of a visitor's cart is for apps, not for the visitor: $2",
  async (site, _, verb) => {
    const client = visitor(site);
    return verb(client.cartV2, (await add(client, MUG)).cart._id);
  },
);
each(
  BY_ID.map((row) => [...row, "404 CART_NOT_FOUND"]),
  "[assumed] $0 of an unknown cart is $2",
  (site, _, verb) => verb(admin(site).cartV2, UNKNOWN),
);

const FLAGS = ["calculateTax", "calculateDelivery"];
// deno-fmt-ignore -- a table
each([
  ["US", [], ["0.00", "0.00", "29.00"]],
  ["US", ["calculateDelivery"], ["0.00", "14.00", "43.00"]],
  ["US", FLAGS, ["2.32", "14.00", "45.32"]],
  ["DE", ["calculateTax"], ["5.51", "0.00", "34.51"]],
  ["GB", FLAGS, ["5.80", "14.00", "48.80"]],
  ["JP", FLAGS, ["2.90", "14.00", "45.90"]],
  ["KW", FLAGS, ["0.00", "14.00", "43.00"]],
], "an estimate for $0 with the flags $1 has the tax, delivery and total $2", async (site, country, flags) => {
  const client = visitor(site);
  const { currentCartV2: api } = client;
  await add(client, pieces(MUG, 2));
  await api.updateCurrentCart({ deliveryInfo: { address: { country } } });
  await api.setDeliveryMethodForCurrentCart({ code: "express" });
  const { summary } = await api.estimateCurrentCart(Object.fromEntries(flags.map((flag: string) => [flag, true])));
  const { tax, delivery, total } = summary.priceSummary;
  return [tax.amount, delivery.amount, total.amount];
});

each(
  [
    ["EUR", ["26.10", "13.05", "26.10"]],
    ["GBP", ["23.20", "11.60", "23.20"]],
    ["JPY", ["4350", "2175", "4350"]],
    ["KWD", ["8.700", "4.350", "8.700"]],
    ["XAU", "400 x-wix-currency"],
  ],
  "[assumed] two mugs in $0 have the subtotal, price and total $1",
  async (site, currency) => {
    const client = visitor(site);
    client.setHeaders({ "x-wix-currency": currency });
    const { cart } = await add(client, pieces(MUG, 2));
    const { summary } = await client.currentCartV2.estimateCurrentCart();
    const { unitPrice } = cart.lineItems[0].pricing;
    return [cart.subtotal, unitPrice, summary.priceSummary.total]
      .map(({ convertedAmount }) => convertedAmount);
  },
);

/** The session for the checkout of `id`, or of the caller's own cart. */
const session = async (site: Site, id?: string, sent: object = {}) => {
  const client = visitor(site);
  const { cart } = await add(client, MUG);
  const ecomCheckout = { checkoutId: id ?? cart._id };
  return client.redirects.createRedirectSession({ ecomCheckout, ...sent });
};
const pageStatus = async (reply: Promise<Loose>) =>
  (await new Browser().get((await reply).redirectSession.fullUrl)).status;
const others = async (site: Site) => (await add(visitor(site), MUG)).cart._id;

// deno-fmt-ignore -- a table
cases([
  ["a cart's id is the id of its checkout", (site) => pageStatus(session(site)), 200],
  ["[assumed] the checkout of another visitor's cart is not found", async (site) => session(site, await others(site)), "404 CHECKOUT_NOT_FOUND"],
  ["[assumed] the checkout of an unknown cart is not found", (site) => session(site, UNKNOWN), "404 CHECKOUT_NOT_FOUND"],
  ["a checkout does not lead to a cart page elsewhere", (site) => pageStatus(session(site, undefined, { callbacks: { cartPageUrl: "https://evil.example/" } })), 400],
  ["a checkout does not lead to a login page elsewhere", (site) => pageStatus(session(site, undefined, { callbacks: { loginUrl: "https://evil.example/" } })), 400],
  ["a checkout does not end elsewhere", (site) => pageStatus(session(site, undefined, { callbacks: { postFlowUrl: "javascript:alert(1)" } })), 400],
  ["a redirect to a page that local Wix lacks is not carried", (site) => visitor(site).redirects.createRedirectSession({ storesProduct: { productSlug: "enamel-mug" } }), "501 NOT_IMPLEMENTED_LOCALLY"],
  ["a logout names its client", (site) => visitor(site).redirects.createRedirectSession({ logout: {} }), "400 logout.clientId"],
  ["an app makes a cart for a visitor", async (site) => at(await admin(site).cartV2.createCart({ cart: { customerInfo: { visitorId: UNKNOWN } }, catalogItems: [CANDLE] }), "customerInfo.visitorId"), UNKNOWN],
  ["a cart keeps a checkout page of the site's own, which its checkout URL is then", async (site) => { const { cartV2: api } = admin(site); const { _id } = await api.createCart({ cart: { customCheckoutUrl: "https://shop.example/pay/{checkout_id}" } }); const { checkoutUrl } = await api.getCheckoutUrl(_id); return checkoutUrl.replace(_id, "ID"); }, "https://shop.example/pay/ID"],
  ["digital goods need no delivery", async (site) => { const client = visitor(site); await add(client, GIFT_CARD); return (await client.currentCartV2.calculateCurrentCart()).summary.violations; }, []],
  ["[assumed] Cart V1 refuses an expired coupon", async (site) => { const client = visitor(site); await add(client, MUG); return client.currentCart.updateCurrentCart({ couponCode: "SUMMER15" }); }, "400 ERROR_COUPON_HAS_EXPIRED"],
  ["[assumed] Cart V1 does not find an unknown line", async (site) => { const client = visitor(site); await add(client, MUG); return client.currentCart.updateCurrentCartLineItemQuantity([{ _id: UNKNOWN, quantity: 2 }]); }, "404 LINE_ITEM_NOT_FOUND"],
  ["Checkout V1 does not order by itself", async (site) => { const client = visitor(site); const { cart } = await add(client, MUG); return client.checkout.createOrder(cart._id); }, "501 NOT_IMPLEMENTED_LOCALLY"],
]);
