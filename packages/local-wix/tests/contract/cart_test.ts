import { assert, assertEquals } from "@std/assert";
import { currentCart } from "@wix/ecom";
import {
  assertWixError,
  it,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";
import { CANDLE, MUG, PAN_OF_3, pieces } from "./shop.ts";

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
  const [line] = got.lineItems ?? [];
  assertEquals(line?.quantity, 2);
  assertEquals(line?.productName?.original, "Enamel mug");
  assertEquals(line?.catalogReference, MUG.catalogReference);
  assertEquals(line?.price?.formattedAmount, "$14.50");
  assertEquals(line?.lineItemPrice?.amount, "29.00");
  assert(line?.url?.endsWith("/product-page/enamel-mug"));
  const [color] = line?.descriptionLines ?? [];
  assertEquals(color?.name?.original, "Color");
  assertEquals(color?.colorInfo?.original, "Moss");
});

const { appId, catalogItemId } = MUG.catalogReference;
const CLAY = { appId, catalogItemId, options: { options: { Color: "Clay" } } };

it.local("a variant can be named by its choices, [assumed] on a site with Catalog V1 only", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const lineItems = [{ catalogReference: CLAY, quantity: 1 }];
  const { cart: empty } = await cart.addToCurrentCart({ lineItems });
  assertEquals(empty?.lineItems, []);
  if (site.wix) site.wix.controls.catalog = "v1";
  const { cart: full } = await cart.addToCurrentCart({ lineItems });
  const [color] = full?.lineItems?.[0]?.descriptionLines ?? [];
  assertEquals(color?.colorInfo?.original, "Clay");
});

test("[assumed] an item that is in the cart already gets more of it", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [MUG, CANDLE] });
  const both = await cart.addToCurrentCart({ lineItems: [pieces(MUG, 3)] });
  assertEquals(quantities(both.cart), [4, 1]);
});

test(
  "[assumed] an unknown product is not added, nor a missing variant with Catalog V1",
  async (cart, { wix }) => {
    if (wix) wix.controls.catalog = "v1";
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
  },
);

test("lines can be changed and removed", async (cart) => {
  const added = await cart.addToCurrentCart({ lineItems: [MUG, CANDLE] });
  const [mug = "", candle = ""] = ids(added.cart);
  const more = [{ _id: candle, quantity: 5 }];
  const changed = await cart.updateCurrentCartLineItemQuantity(more);
  assertEquals(quantities(changed.cart), [1, 5]);
  const one = await cart.removeLineItemsFromCurrentCart([mug]);
  assertEquals(ids(one.cart), [candle]);
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
});

test("a coupon lowers an estimate, here without tax and shipping; [assumed] an unknown one is refused", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [pieces(MUG, 2)] });
  const updated = await cart.updateCurrentCart({ couponCode: "WELCOME10" });
  assertEquals(updated.appliedDiscounts?.[0]?.coupon?.code, "WELCOME10");
  const estimate = await cart.estimateCurrentCartTotals({
    calculateTax: false,
    calculateShipping: false,
  });
  assertEquals(estimate.priceSummary?.discount?.amount, "2.90");
  assertEquals(estimate.priceSummary?.total?.amount, "26.10");
  const use = () => cart.updateCurrentCart({ couponCode: "FREE-FOR-ALL" });
  await assertWixError(use, 400, "ERROR_COUPON_DOES_NOT_EXIST");
  const { cart: without } = await cart.removeCouponFromCurrentCart();
  assertEquals(without?.appliedDiscounts, []);
});

test("each visitor has a cart of their own", async (first, site) => {
  const { currentCart: second } = site.visitor(modules);
  await first.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(() => second.getCurrentCart(), 404);
  await second.addToCurrentCart({ lineItems: [CANDLE] });
  assertEquals(names(await first.getCurrentCart()), ["Enamel mug"]);
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

it.local("[assumed] an app has no current cart", async (site) => {
  const { currentCart: cart } = site.app(modules);
  await assertWixError(() => cart.getCurrentCart(), 403);
});
