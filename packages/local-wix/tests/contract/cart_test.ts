import { assert, assertEquals, assertRejects } from "@std/assert";
import { currentCart } from "@wix/ecom";
import { Browser } from "../helpers/browser.ts";
import { at, loginForm } from "../helpers/http.ts";
import {
  BASKET_SOLD_OUT,
  CANDLE,
  GIFT_CARD,
  MUG,
  PAN_OF_3,
  pieces,
} from "./shop.ts";
import {
  assertWixError,
  contract,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";

const modules = { currentCart };

const anyTest = contract();
const appTest = contract("app");
const it = contract("seed");
const test = contract("seed", "loginPage");

anyTest(
  "[assumed] a missing cart is 404 OWNED_CART_NOT_FOUND",
  async (site) => {
    const { currentCart: cart } = site.visitor(modules);
    for (
      const call of [
        () => cart.getCurrentCart(),
        () => cart.estimateCurrentCartTotals(),
      ]
    ) {
      await assertWixError(call, 404, "OWNED_CART_NOT_FOUND");
    }
  },
);

it("a cart begins with the first item", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
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
});

it("a line has an image and a link as texts", async (site) => {
  const [line] = await cartWith(site, [MUG]);
  assert(line?.image?.startsWith("wix:image://v1/juniper_mug~mv2.jpg/"));
  assert(line?.url?.endsWith("/product-page/enamel-mug"));
});

it("a line says which variant it is", async (site) => {
  const [line] = await cartWith(site, [MUG]);
  const [color] = line?.descriptionLines ?? [];
  assertEquals(color?.name?.original, "Color");
  assertEquals(color?.colorInfo?.original, "Moss");
  assertEquals(line?.physicalProperties?.sku, "MUG-1");
});

it("a variant can be named by its choices", async (site) => {
  const { appId, catalogItemId } = MUG.catalogReference;
  const options = { options: { Color: "Clay" } };
  const [line] = await cartWith(site, [
    { catalogReference: { appId, catalogItemId, options }, quantity: 1 },
  ]);
  assertEquals(line?.descriptionLines?.[0]?.colorInfo?.original, "Clay");
});

it("[assumed] an item that is in the cart already gets more of it", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG, CANDLE] });
  const both = await cart.addToCurrentCart({ lineItems: [pieces(MUG, 3)] });
  assertEquals(both.cart?.lineItems?.map((l) => l.quantity), [4, 1]);
});

it("[assumed] an unknown product or a missing variant is not added", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { appId, catalogItemId } = MUG.catalogReference;
  for (
    const catalogReference of [
      { appId, catalogItemId: "no-such-product" },
      { appId, catalogItemId },
      { appId: "another-app", catalogItemId },
    ]
  ) {
    await assertWixError(
      () =>
        cart.addToCurrentCart({
          lineItems: [{ catalogReference, quantity: 1 }],
        }),
      404,
      "ITEM_NOT_FOUND_IN_CATALOG",
    );
  }
});

it("a quantity is at least one", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const error = await assertRejects(() =>
    cart.addToCurrentCart({ lineItems: [pieces(MUG, 0)] })
  );
  assertEquals(at(error, "status"), 400);
  assertEquals(
    at(error, "details.validationError.fieldViolations.0.violatedRule"),
    "MIN",
  );
});

it("a quantity can be changed", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [MUG, CANDLE],
  });
  const _id = full?.lineItems?.[1]?._id ?? "";
  const changed = await cart.updateCurrentCartLineItemQuantity([
    { _id, quantity: 5 },
  ]);
  assertEquals(changed.cart?.lineItems?.map((l) => l.quantity), [1, 5]);
});

it("a quantity stops at what is left", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({ lineItems: [PAN_OF_3] });
  const _id = full?.lineItems?.[0]?._id ?? "";
  const { cart: changed } = await cart.updateCurrentCartLineItemQuantity([
    { _id, quantity: 50 },
  ]);
  assertEquals(changed?.lineItems?.[0]?.quantity, 3);
  const availability = changed?.lineItems?.[0]?.availability;
  assertEquals(availability, { status: "AVAILABLE", quantityAvailable: 3 });
});

it("[assumed] adding more than is left adds what is left", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const add = () => cart.addToCurrentCart({ lineItems: [pieces(PAN_OF_3, 2)] });
  await add();
  const { cart: full } = await add();
  assertEquals(full?.lineItems?.map(({ quantity }) => quantity), [3]);
});

it("[assumed] a sold-out product can be in a cart and says so", async (site) => {
  const [line] = await cartWith(site, [BASKET_SOLD_OUT]);
  assertEquals(line?.availability?.status, "NOT_AVAILABLE");
});

it("[assumed] changing a line that the cart lacks is 404", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(
    () =>
      cart.updateCurrentCartLineItemQuantity([{ _id: "other", quantity: 2 }]),
    404,
  );
});

it("lines can be removed", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [MUG, CANDLE],
  });
  const ids = full?.lineItems?.map(({ _id }) => _id ?? "") ?? [];
  const one = await cart.removeLineItemsFromCurrentCart(ids.slice(0, 1));
  assertEquals(one.cart?.lineItems?.map(({ _id }) => _id), ids.slice(1));
});

it("[assumed] removing a line that the cart lacks is no error", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  const { cart: full } = await cart.addToCurrentCart({
    lineItems: [MUG, CANDLE],
  });
  const ids = full?.lineItems?.map(({ _id }) => _id ?? "") ?? [];
  await cart.removeLineItemsFromCurrentCart(ids.slice(0, 1));
  const none = await cart.removeLineItemsFromCurrentCart(ids);
  assertEquals(none.cart?.lineItems, []);
});

it("a deleted cart is gone", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  await cart.deleteCurrentCart();
  await assertWixError(() => cart.getCurrentCart(), 404);
});

it("an estimate adds tax and shipping", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
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
  assertEquals(estimate.cart?.lineItems?.length, 2);
  assertEquals(
    estimate.calculatedLineItems?.map(({ pricesBreakdown }) =>
      pricesBreakdown?.totalPriceAfterTax?.amount
    ),
    ["31.32", "20.52"],
  );
});

it("an estimate leaves out what it is told to", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  const { priceSummary } = await cart.estimateCurrentCartTotals({
    calculateTax: false,
    calculateShipping: false,
  });
  assertEquals(priceSummary?.total?.amount, "14.50");
});

it("[assumed] the tax of an estimate is that of the country", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  const { calculatedLineItems } = await cart.estimateCurrentCartTotals({
    shippingAddress: { country: "DE" },
  });
  const taxDetails = calculatedLineItems?.[0]?.pricesBreakdown?.taxDetails;
  assertEquals(taxDetails?.taxRate, "0.19");
  assertEquals(taxDetails?.totalTax?.amount, "2.76");
});

it("what is not shipped ships for nothing", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [GIFT_CARD] });
  const { priceSummary, shippingInfo } = await cart
    .estimateCurrentCartTotals();
  assertEquals(priceSummary?.shipping?.amount, "0.00");
  assertEquals(shippingInfo?.selectedCarrierServiceOption, undefined);
});

it("a coupon lowers the estimate", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
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

it("[assumed] an unknown coupon is refused and changes nothing", async (site) => {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(
    () => cart.updateCurrentCart({ couponCode: "FREE-FOR-ALL" }),
    400,
    "ERROR_COUPON_DOES_NOT_EXIST",
  );
  assertEquals((await cart.getCurrentCart()).appliedDiscounts, []);
});

it("each visitor has a cart of their own", async (site) => {
  const { currentCart: first } = site.visitor(modules);
  const { currentCart: second } = site.visitor(modules);
  await first.addToCurrentCart({ lineItems: [MUG] });
  await assertWixError(() => second.getCurrentCart(), 404);
  await second.addToCurrentCart({ lineItems: [CANDLE] });
  const { lineItems = [] } = await first.getCurrentCart();
  assertEquals(lineItems.map(({ productName }) => productName?.original), [
    "Enamel mug",
  ]);
});

it("a member's cart follows them", async (site) => {
  const laptop = await site.member(modules);
  await laptop.currentCart.addToCurrentCart({ lineItems: [MUG] });
  const phone = await site.member(modules);
  const cart = await phone.currentCart.getCurrentCart();
  assertEquals(cart.lineItems?.length, 1);
  assertEquals(typeof cart.buyerInfo?.memberId, "string");
  const other = await site.member(modules, "ben@demo.example");
  await assertWixError(() => other.currentCart.getCurrentCart(), 404);
});

test("[assumed] a member without a cart takes over the one of before the login", async (site) => {
  const client = site.visitor(modules);
  await client.currentCart.addToCurrentCart({ lineItems: [MUG] });
  await logIn(client);
  const taken = await client.currentCart.getCurrentCart();
  assertEquals(taken.lineItems?.length, 1);
  const elsewhere = await site.member(modules);
  const same = await elsewhere.currentCart.getCurrentCart();
  assertEquals(same._id, taken._id);
});

test("[assumed] a member who has a cart keeps it at login", async (site) => {
  const laptop = await site.member(modules);
  await laptop.currentCart.addToCurrentCart({ lineItems: [CANDLE] });
  const phone = site.visitor(modules);
  await phone.currentCart.addToCurrentCart({ lineItems: [MUG] });
  await logIn(phone);
  const { lineItems } = await phone.currentCart.getCurrentCart();
  assertEquals(lineItems?.map(({ productName }) => productName?.original), [
    "Juniper candle",
  ]);
});

appTest("[assumed] an app has no current cart", async (site) => {
  const { currentCart: cart } = site.app(modules);
  await assertWixError(() => cart.getCurrentCart(), 403);
});

/** Makes a visitor's client the client of Ann. */
async function logIn({ auth }: OAuthClient<typeof modules>): Promise<void> {
  const data = auth.generateOAuthData("http://localhost:8000/callback");
  const { authUrl } = await auth.getAuthUrl(data, { responseMode: "query" });
  const page = await new Browser().submit(authUrl, loginForm());
  const { code, state } = auth.parseFromUrl(page.location ?? "", "query");
  auth.setTokens(await auth.getMemberTokens(code, state, data));
}

/** The cart of a new visitor who has added `lineItems`. */
async function cartWith(site: Site, lineItems: currentCart.LineItem[]) {
  const { currentCart: cart } = site.visitor(modules);
  await cart.addToCurrentCart({ lineItems });
  const { lineItems: lines = [] } = await cart.getCurrentCart();
  return lines;
}
