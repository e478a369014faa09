import { assert, assertEquals } from "@std/assert";
import { currentCart } from "@wix/ecom";
import { at } from "../helpers/http.ts";
import { assertWixError, it, type OAuthClient } from "../helpers/site.ts";
import { CANDLE, MUG, PAN_OF_3, pieces } from "./shop.ts";

const modules = { currentCart };
type Cart = OAuthClient<typeof modules>["currentCart"];

/** A case with the cart of a new visitor. */
const test = (name: string, run: (cart: Cart) => Promise<void>) =>
  it.local(name, (site) => run(site.visitor(modules).currentCart));

const names = (cart: currentCart.Cart | undefined) =>
  cart?.lineItems?.map(({ productName }) => productName?.original);

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

test("a cart starts with the first item", async (cart) => {
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
  assertEquals(at(got, "subtotal.formattedAmount"), "$29.00");
  assert(line?.url?.endsWith("/product-page/enamel-mug"));
  const [color] = line?.descriptionLines ?? [];
  assertEquals(color?.name?.original, "Color");
  assertEquals(color?.colorInfo?.original, "Moss");
});

const { appId, catalogItemId } = MUG.catalogReference;
const CLAY = {
  // The former id of Wix Stores.
  appId: "1380b703-ce81-ff05-f115-39571d94dfcd",
  catalogItemId,
  options: { options: { Color: "Clay" } },
};

it.local("[assumed] choices select a variant with Catalog V1 only; unknown items are refused with either", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const add = (catalogReference: currentCart.CatalogReference) =>
    cart.addToCurrentCart({ lineItems: [{ catalogReference, quantity: 1 }] });
  const assertMissing = async (reference: currentCart.CatalogReference) =>
    await assertWixError(
      () => add(reference),
      404,
      "ITEM_NOT_FOUND_IN_CATALOG",
    );
  assertEquals((await add(CLAY)).cart?.lineItems, []);
  for (const catalog of ["v3", "v1"] as const) {
    if (site.wix) site.wix.controls.catalog = catalog;
    await assertMissing({ appId, catalogItemId: "no-such-product" });
    await assertMissing({ appId: "another-app", catalogItemId });
  }
  const [line] = (await add(CLAY)).cart?.lineItems ?? [];
  assertEquals(line?.descriptionLines?.[0]?.colorInfo?.original, "Clay");
  await assertMissing({ appId, catalogItemId });
});

test("lines are changed, up to the stock, and removed", async (cart) => {
  const lineItems = [MUG, PAN_OF_3];
  const { cart: full } = await cart.addToCurrentCart({ lineItems });
  const [mug = "", pan = ""] = full?.lineItems?.map(({ _id }) => _id ?? "") ??
    [];
  const many = [{ _id: pan, quantity: 50 }];
  const changed = await cart.updateCurrentCartLineItemQuantity(many);
  const [first, second] = changed.cart?.lineItems ?? [];
  assertEquals([first?.quantity, second?.quantity], [1, 3]);
  const status = { status: "AVAILABLE" as const, quantityAvailable: 3 };
  assertEquals(second?.availability, status);
  const one = await cart.removeLineItemsFromCurrentCart([mug]);
  assertEquals(names(one.cart), ["Cast-iron pan"]);
  await cart.deleteCurrentCart();
  await assertWixError(() => cart.getCurrentCart(), 404);
});

test("an estimate has tax, shipping and coupon; [assumed] an unknown coupon is refused", async (cart) => {
  await cart.addToCurrentCart({ lineItems: [pieces(MUG, 2), CANDLE] });
  const { priceSummary, shippingInfo } = await cart.estimateCurrentCartTotals({
    shippingAddress: { country: "US" },
    selectedShippingOption: { code: "express" },
  });
  const { subtotal, tax, shipping, discount, total } = priceSummary ?? {};
  assertEquals(
    [subtotal, tax, shipping, discount, total].map((p) => p?.amount),
    ["48.00", "3.84", "14.00", "0.00", "65.84"],
  );
  assertEquals(total?.formattedConvertedAmount, "$65.84");
  const selected = shippingInfo?.selectedCarrierServiceOption;
  assertEquals(selected?.title, "Express");
  const use = (couponCode: string) => cart.updateCurrentCart({ couponCode });
  const { appliedDiscounts } = await use("WELCOME10");
  assertEquals(appliedDiscounts?.[0]?.coupon?.code, "WELCOME10");
  const plain = { calculateTax: false, calculateShipping: false };
  const estimate = await cart.estimateCurrentCartTotals(plain);
  assertEquals(estimate.priceSummary?.total?.amount, "43.20");
  const code = "ERROR_COUPON_DOES_NOT_EXIST";
  await assertWixError(() => use("FREE-FOR-ALL"), 400, code);
  const { cart: without } = await cart.removeCouponFromCurrentCart();
  assertEquals(without?.appliedDiscounts, []);
});

it.local("[assumed] a member without a cart takes over the visitor's", async (site) => {
  const client = site.visitor(modules);
  await client.currentCart.addToCurrentCart({ lineItems: [MUG] });
  await site.member(modules, undefined, client);
  const taken = await client.currentCart.getCurrentCart();
  assertEquals(names(taken), ["Enamel mug"]);
  const elsewhere = await site.member(modules);
  const same = await elsewhere.currentCart.getCurrentCart();
  assertEquals(same._id, taken._id);
});
