import { assert, assertEquals } from "@std/assert";
import { currentCart } from "@wix/ecom";
import {
  assertWixError,
  it,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";
import {
  BASKET_SOLD_OUT,
  CANDLE,
  GIFT_CARD,
  MUG,
  PAN_OF_3,
  pieces,
} from "./shop.ts";

const modules = { currentCart };
type Cart = OAuthClient<typeof modules>["currentCart"];

/** A case with the cart of a new visitor. */
const test = (name: string, run: (cart: Cart, site: Site) => Promise<void>) =>
  it.local(name, (site) => run(site.visitor(modules).currentCart, site));

const names = (cart: currentCart.Cart | undefined) =>
  cart?.lineItems?.map(({ productName }) => productName?.original);
const quantities = (cart: currentCart.Cart | undefined) =>
  cart?.lineItems?.map(({ quantity }) => quantity);
const ids = (cart: currentCart.Cart | undefined) =>
  cart?.lineItems?.map(({ _id }) => _id ?? "") ?? [];

it.any("[assumed] a missing cart is 404 OWNED_CART_NOT_FOUND", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const calls = [
    () => cart.getCurrentCart(),
    () => cart.estimateCurrentCartTotals(),
  ];
  for (const call of calls) {
    await assertWixError(call, 404, "OWNED_CART_NOT_FOUND");
  }
});

test("a cart begins with the first item", async (cart) => {
  const added = await cart.addToCurrentCart({ lineItems: [pieces(MUG, 2)] });
  const got = await cart.getCurrentCart();
  assertEquals(got, added.cart);
  assert(got._createdDate instanceof Date);
  assertEquals(got.currency, "USD");
  const [line] = got.lineItems ?? [];
  assertEquals(line?.quantity, 2);
  assertEquals(line?.productName?.original, "Enamel mug");
  assertEquals(line?.catalogReference, MUG.catalogReference);
  assertEquals(line?.price?.formattedAmount, "$14.50");
  assertEquals(line?.lineItemPrice?.amount, "29.00");
  assert(line?.image?.startsWith("wix:image://v1/juniper_mug~mv2.jpg/"));
  assert(line?.url?.endsWith("/product-page/enamel-mug"));
  const [color] = line?.descriptionLines ?? [];
  assertEquals(color?.name?.original, "Color");
  assertEquals(color?.colorInfo?.original, "Moss");
  assertEquals(line?.physicalProperties?.sku, "MUG-1");
});

test("a variant can be named by its choices", async (cart) => {
  const { appId, catalogItemId } = MUG.catalogReference;
  const options = { options: { Color: "Clay" } };
  const catalogReference = { appId, catalogItemId, options };
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [{ catalogReference, quantity: 1 }],
  });
  const [color] = full?.lineItems?.[0]?.descriptionLines ?? [];
  assertEquals(color?.colorInfo?.original, "Clay");
});

test("[assumed] an item that is in the cart already gets more of it", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [MUG, CANDLE] });
  const both = await cart.addToCurrentCart({ lineItems: [pieces(MUG, 3)] });
  assertEquals(quantities(both.cart), [4, 1]);
});

test("[assumed] an unknown product or a missing variant is not added", async (cart) => {
  const { appId, catalogItemId } = MUG.catalogReference;
  const references = [
    { appId, catalogItemId: "no-such-product" },
    { appId, catalogItemId },
    { appId: "another-app", catalogItemId },
  ];
  for (const catalogReference of references) {
    const lineItems = [{ catalogReference, quantity: 1 }];
    const add = () => cart.addToCurrentCart({ lineItems });
    await assertWixError(add, 404, "ITEM_NOT_FOUND_IN_CATALOG");
  }
});

test("lines can be changed and removed", async (cart) => {
  const added = await cart.addToCurrentCart({ lineItems: [MUG, CANDLE] });
  const [mug = "", candle = ""] = ids(added.cart);
  const more = [{ _id: candle, quantity: 5 }];
  const changed = await cart.updateCurrentCartLineItemQuantity(more);
  assertEquals(quantities(changed.cart), [1, 5]);
  const one = await cart.removeLineItemsFromCurrentCart([mug]);
  assertEquals(ids(one.cart), [candle]);
});

test("[assumed] a line that the cart lacks cannot be changed, and removing it is no error", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [MUG] });
  const other = [{ _id: "other", quantity: 2 }];
  const change = () => cart.updateCurrentCartLineItemQuantity(other);
  await assertWixError(change, 404);
  const same = await cart.removeLineItemsFromCurrentCart(["other"]);
  assertEquals(names(same.cart), ["Enamel mug"]);
});

test("a quantity stops at what is left", async (cart) => {
  const added = await cart.addToCurrentCart({ lineItems: [PAN_OF_3] });
  const [_id = ""] = ids(added.cart);
  const many = [{ _id, quantity: 50 }];
  const { cart: full } = await cart.updateCurrentCartLineItemQuantity(many);
  assertEquals(quantities(full), [3]);
  const availability = full?.lineItems?.[0]?.availability;
  assertEquals(availability, { status: "AVAILABLE", quantityAvailable: 3 });
});

test("[assumed] adding more than is left adds what is left", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [pieces(PAN_OF_3, 2)] });
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [pieces(PAN_OF_3, 2)],
  });
  assertEquals(quantities(full), [3]);
});

test("[assumed] a sold-out product can be in a cart and says so", async (cart) => {
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [BASKET_SOLD_OUT],
  });
  const [line] = full?.lineItems ?? [];
  assertEquals(line?.availability?.status, "NOT_AVAILABLE");
});

test("a deleted cart is gone", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [MUG] });
  await cart.deleteCurrentCart();
  await assertWixError(() => cart.getCurrentCart(), 404);
});

test("an estimate adds tax and shipping", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [pieces(MUG, 2), CANDLE] });
  const estimate = await cart.estimateCurrentCartTotals({
    shippingAddress: { country: "US" },
    selectedShippingOption: { code: "express" },
  });
  const { subtotal, tax, shipping, discount, total } = estimate.priceSummary ??
    {};
  assertEquals(
    [subtotal, tax, shipping, discount, total].map((p) => p?.amount),
    ["48.00", "3.84", "14.00", "0.00", "65.84"],
  );
  assertEquals(total?.formattedConvertedAmount, "$65.84");
  const selected = estimate.shippingInfo?.selectedCarrierServiceOption;
  assertEquals(selected?.title, "Express");
  assertEquals(names(estimate.cart)?.length, 2);
  const lines = estimate.calculatedLineItems?.map((line) =>
    line.pricesBreakdown?.totalPriceAfterTax?.amount
  );
  assertEquals(lines, ["31.32", "20.52"]);
});

test("[assumed] the tax of an estimate is that of the country", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [MUG] });
  const shippingAddress = { country: "DE" };
  const { calculatedLineItems } = await cart.estimateCurrentCartTotals({
    shippingAddress,
  });
  const taxDetails = calculatedLineItems?.[0]?.pricesBreakdown?.taxDetails;
  assertEquals(taxDetails?.taxRate, "0.19");
  assertEquals(taxDetails?.totalTax?.amount, "2.76");
});

test("what is not shipped ships for nothing", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [GIFT_CARD] });
  const { priceSummary, shippingInfo } = await cart
    .estimateCurrentCartTotals();
  assertEquals(priceSummary?.shipping?.amount, "0.00");
  assertEquals(shippingInfo?.selectedCarrierServiceOption, undefined);
});

test("a coupon lowers an estimate, here without tax and shipping", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [pieces(MUG, 2)] });
  const updated = await cart.updateCurrentCart({ couponCode: "WELCOME10" });
  assertEquals(updated.appliedDiscounts?.[0]?.coupon?.code, "WELCOME10");
  const estimate = await cart.estimateCurrentCartTotals({
    calculateTax: false,
    calculateShipping: false,
  });
  assertEquals(estimate.priceSummary?.discount?.amount, "2.90");
  assertEquals(estimate.priceSummary?.total?.amount, "26.10");
  assertEquals(estimate.appliedDiscounts?.[0]?.coupon?.amount?.amount, "2.90");
  const { cart: without } = await cart.removeCouponFromCurrentCart();
  assertEquals(without?.appliedDiscounts, []);
});

test("[assumed] an unknown coupon is refused and changes nothing", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [MUG] });
  const use = () => cart.updateCurrentCart({ couponCode: "FREE-FOR-ALL" });
  await assertWixError(use, 400, "ERROR_COUPON_DOES_NOT_EXIST");
  assertEquals((await cart.getCurrentCart()).appliedDiscounts, []);
});

test("each visitor has a cart of their own", async (first, site) => {
  const { currentCart: second } = site.visitor(modules);
  await first.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(() => second.getCurrentCart(), 404);
  await second.addToCurrentCart({ lineItems: [CANDLE] });
  assertEquals(names(await first.getCurrentCart()), ["Enamel mug"]);
});

it.local("a member's cart follows them", async (site) => {
  const laptop = await site.member(modules);
  await laptop.currentCart.addToCurrentCart({ lineItems: [MUG] });
  const phone = await site.member(modules);
  const cart = await phone.currentCart.getCurrentCart();
  assertEquals(names(cart), ["Enamel mug"]);
  assertEquals(typeof cart.buyerInfo?.memberId, "string");
  const other = await site.member(modules, "ben@demo.example");
  await assertWixError(() => other.currentCart.getCurrentCart(), 404);
});

it.local("[assumed] a member without a cart takes over the one of before the login", async (site) => {
  const client = site.visitor(modules);
  await client.currentCart.addToCurrentCart({ lineItems: [MUG] });
  await site.member(modules, undefined, client);
  const taken = await client.currentCart.getCurrentCart();
  assertEquals(names(taken), ["Enamel mug"]);
  const elsewhere = await site.member(modules);
  const same = await elsewhere.currentCart.getCurrentCart();
  assertEquals(same._id, taken._id);
});

it.local("[assumed] a member who has a cart keeps it at login", async (site) => {
  const laptop = await site.member(modules);
  await laptop.currentCart.addToCurrentCart({ lineItems: [CANDLE] });
  const phone = site.visitor(modules);
  await phone.currentCart.addToCurrentCart({ lineItems: [MUG] });
  await site.member(modules, undefined, phone);
  const kept = await phone.currentCart.getCurrentCart();
  assertEquals(names(kept), ["Juniper candle"]);
});

it.local("[assumed] an app has no current cart", async (site) => {
  const { currentCart: cart } = site.app(modules);
  await assertWixError(() => cart.getCurrentCart(), 403);
});
