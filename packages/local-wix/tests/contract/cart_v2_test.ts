import { assert, assertEquals } from "@std/assert";
import {
  cartV2,
  checkout,
  currentCart,
  currentCartV2,
  orders,
} from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { inventoryItemsV3, productsV3 } from "@wix/stores";
import { guid } from "../../src/mod.ts";
import { Browser } from "../helpers/browser.ts";
import { loginForm } from "../helpers/http.ts";
import {
  assertWixError,
  it,
  type OAuthClient,
  type Site,
} from "../helpers/site.ts";
import {
  CALLBACKS,
  CANDLE,
  checkoutPage,
  GIFT_CARD,
  GUEST,
  MUG,
  order,
  PAN_OF_3,
  pieces,
  submit,
} from "./shop.ts";

const modules = {
  cartV2,
  checkout,
  currentCart,
  currentCartV2,
  inventoryItemsV3,
  orders,
  productsV3,
  redirects,
};
type Client = OAuthClient<typeof modules>;
type Cart = Client["currentCartV2"];
type Item = { catalogReference: object; quantity: number };

/** A case with the cart of a new visitor. */
const test = (
  name: string,
  run: (cart: Cart, client: Client, site: Site) => Promise<void>,
) =>
  it.local(name, (site) => {
    const client = site.visitor(modules);
    return run(client.currentCartV2, client, site);
  });

const GERMANY = { country: "DE", city: "Köln", postalCode: "50667" };

const add = (cart: Cart, ...catalogItems: Item[]) =>
  cart.addLineItemsToCurrentCart({ catalogItems });

const lineIds = ({ cart }: { cart?: currentCartV2.Cart | undefined }) =>
  cart?.lineItems?.map(({ _id }) => _id ?? "") ?? [];

/** Requested and confirmed quantity and status of each line. */
const stockOf = ({ cart }: { cart?: currentCartV2.Cart | undefined }) =>
  cart?.lineItems?.map(({ quantityInfo, status }) => [
    quantityInfo?.requestedQuantity,
    quantityInfo?.confirmedQuantity,
    status,
  ]);

it.local("from a product to its order, with the SDK as a shop uses it", async (site) => {
  const client = site.visitor(modules);
  const { items: [listed] } = await client.productsV3
    .queryProducts({ fields: ["CURRENCY"] }).limit(1).find();
  const { product } = await client.productsV3.getProductBySlug(
    listed?.slug ?? "",
    { fields: ["VARIANT_OPTION_CHOICE_NAMES"] },
  );
  const clay = product?.variantsInfo?.variants?.find(({ choices }) =>
    choices?.[0]?.optionChoiceNames?.choiceName === "Clay"
  );
  const catalogReference = {
    appId: MUG.catalogReference.appId,
    catalogItemId: product?._id ?? "",
    options: { variantId: clay?._id },
  };
  const api = client.currentCartV2;
  const { cart } = await add(api, { catalogReference, quantity: 2 });
  const [line] = cart?.lineItems ?? [];
  const [color] = line?.attributes?.descriptionLines ?? [];
  assertEquals(color?.colorInfo?.original, "Clay");
  const location = await order(await checkoutPage(client, cart?._id), GUEST);
  assertEquals(location.pathname, "/thanks");
  assertEquals(location.searchParams.get("wixMemberLoggedIn"), "false");
  const orderId = location.searchParams.get("orderId") ?? "";
  const placed = await client.orders.getOrder(orderId);
  const other = site.visitor(modules).orders;
  await assertWixError(() => other.getOrder(orderId), 404);
  assertEquals(placed.checkoutId, cart?._id);
  assertEquals(placed.purchaseFlowId, cart?.purchaseFlowId);
  assertEquals(placed.lineItems?.[0]?.physicalProperties?.sku, "MUG-2");
  assertEquals(placed.buyerInfo?.visitorId, cart?.customerInfo?.visitorId);
  assertEquals(placed.priceSummary?.subtotal?.amount, "29.00");
  await assertWixError(() => api.getCurrentCart(), 404);
});

test(
  "a cart starts with the first item, is the visitor's own, and every response is complete",
  async (api, _, site) => {
    const added = await add(api, pieces(MUG, 2));
    const { cart } = await api.getCurrentCart();
    assertEquals(cart, added.cart);
    assert(cart?._createdDate instanceof Date);
    assertEquals([cart.currentCart, cart.orderPlaced], [true, false]);
    assertEquals(cart.subtotal, { amount: "29.00", convertedAmount: "29.00" });
    const [line] = cart.lineItems ?? [];
    assertEquals(line?.name?.original, "Enamel mug");
    assertEquals(line?.source?.catalogReference, MUG.catalogReference);
    assertEquals(line?.pricing?.totalPrice?.amount, "29.00");
    assertEquals(line?.attributes?.physicalProperties?.sku, "MUG-1");
    assertEquals(line?.attributes?.image, undefined);
    assert(line?.attributes?.url?.endsWith("/product-page/enamel-mug"));
    const other = site.visitor(modules).currentCartV2;
    await assertWixError(() => other.getCurrentCart(), 404);
    if (site.wix) site.wix.controls.lineImages = true;
    const { cart: next } = await add(api, CANDLE);
    assertEquals(Number(next?.revision), Number(cart.revision) + 1);
    assert(next?.lineItems?.[0]?.attributes?.image?.includes("juniper_mug~"));
  },
);

test("lines are added to, changed and removed", async (api) => {
  const added = await add(api, MUG, CANDLE);
  const [mug = "", candle = ""] = lineIds(added);
  const more = await add(api, pieces(MUG, 3));
  assertEquals(stockOf(more)?.[0], [4, 4, "IN_STOCK"]);
  const changed = await api.updateLineItemsInCurrentCart({
    lineItems: [{ lineItemId: candle, quantity: { newQuantity: 5 } }],
  });
  assertEquals(stockOf(changed)?.[1], [5, 5, "IN_STOCK"]);
  const one = await api.removeLineItemsFromCurrentCart([mug]);
  assertEquals(lineIds(one), [candle]);
});

test("a modifier or a text makes another line, with a detailed price", async (api) => {
  const items = [
    CANDLE,
    itemWith(CANDLE, { options: { Wrapping: "Gift box" } }),
    itemWith(GIFT_CARD, { customTextFields: { Greeting: "Hi" } }),
    itemWith(CANDLE, { variantId: guid("variant", 6) }, guid("product", 6)),
  ];
  const { cart } = await add(api, ...items);
  const [plain, wrapped, card, reduced] = cart?.lineItems ?? [];
  assertEquals(plain?.pricing?.unitPrice?.amount, "19.00");
  assertEquals(wrapped?.pricing?.unitPrice?.amount, "22.50");
  const modifiers = wrapped?.pricing?.breakdown?.totalModifiersPrice;
  assertEquals(modifiers?.amount, "3.50");
  const [text] = card?.attributes?.descriptionLines ?? [];
  assertEquals(text?.plainText?.original, "Hi");
  const { fullPrice, salePrice } = reduced?.pricing?.breakdown ?? {};
  assertEquals([fullPrice?.amount, salePrice?.amount], ["30.00", "24.00"]);
});

test("a cart has at most 300 lines", async (api) => {
  const cards = Array.from(
    { length: 300 },
    (_, i) => itemWith(GIFT_CARD, { customTextFields: { Greeting: `${i}` } }),
  );
  await add(api, ...cards);
  await assertRefused(() => add(api, MUG), "428 MAX_LINE_ITEMS_EXCEEDED");
});

const giftCard = (code: string) => (api: Cart) =>
  api.addGiftCardToCurrentCart({ code });

/** Asserts that a call gets a status and the code of an error. */
async function assertRefused(call: () => Promise<unknown>, what: string) {
  const [status, code] = what.split(" ");
  await assertWixError(call, Number(status), code);
}

test("a coupon lowers the total until it is removed by its id", async (api) => {
  await add(api, pieces(MUG, 2));
  const coupon = { code: "welcome10" };
  const { cart } = await api.addCouponToCurrentCart(coupon);
  assertEquals(cart?.coupons?.[0]?.code, "WELCOME10");
  const { summary } = await api.estimateCurrentCart();
  const { discount, total } = summary?.priceSummary ?? {};
  assertEquals([discount?.amount, total?.amount], ["2.90", "26.10"]);
  assertEquals(summary?.discounts?.[0]?.source?.couponCode, "WELCOME10");
  const again = () => api.addCouponToCurrentCart(coupon);
  await assertWixError(again, 409, "COUPON_ALREADY_EXISTS");
  const id = cart?.coupons?.[0]?._id ?? "";
  const without = await api.removeCouponFromCurrentCart(id);
  assertEquals(without.cart?.coupons, []);
});

test("an estimate calculates what its flags select, a calculation everything", async (api) => {
  await add(api, pieces(MUG, 2), CANDLE);
  const plain = await api.estimateCurrentCart();
  const amounts = (summary: currentCartV2.CartSummary | undefined) => {
    const { subtotal, tax, delivery, total } = summary?.priceSummary ?? {};
    return [subtotal, tax, delivery, total].map((price) => price?.amount);
  };
  assertEquals(amounts(plain.summary), ["48.00", "0.00", "0.00", "48.00"]);
  assertEquals(plain.summary?.violations, []);
  const before = await api.calculateCurrentCart();
  const codes = before.summary?.violations?.map(({ code }) => code);
  assertEquals(codes, ["MISSING_DELIVERY_ADDRESS", "MISSING_DELIVERY_METHOD"]);
  await api.updateCurrentCart({ deliveryInfo: { address: GERMANY } });
  const method = { code: "express" };
  const { cart } = await api.setDeliveryMethodForCurrentCart(method);
  assertEquals(cart?.deliveryInfo?.method?.title?.original, "Express");
  const { summary } = await api.calculateCurrentCart();
  assertEquals(amounts(summary), ["48.00", "9.12", "14.00", "71.12"]);
  assertEquals(summary?.violations, []);
  assertEquals(summary?.taxSummary?.lineItemTaxes?.[0]?.rate, "0.19");
  const removed = await api.removeDeliveryMethodFromCurrentCart();
  assertEquals(removed.cart?.deliveryInfo?.method, undefined);
});

test("a cart can be created with all its fields, and deleted", async (api) => {
  const made = await api.createCurrentCart({
    cart: { note: "For Ann", settings: { lockCouponCode: true } },
    catalogItems: [pieces(MUG, 2)],
    coupons: [{ code: "WELCOME10" }],
  });
  const { cart } = await api.refreshCurrentCart();
  assertEquals([made.cart?._id, cart?.note], [cart?._id, "For Ann"]);
  const id = cart?.coupons?.[0]?._id ?? "";
  const remove = () => api.removeCouponFromCurrentCart(id);
  await assertWixError(remove, 428, "COUPON_LOCKED");
  await api.deleteCurrentCart();
  await assertWixError(() => api.getCurrentCart(), 404);
});

test("a gift card pays until its balance is spent", async (api, client) => {
  for (const [rest, pays] of [["0.00", "37.82"], ["25.64", "12.18"]] as const) {
    const { cart } = await add(api, pieces(MUG, 2));
    const card = { code: "juniper-50-usd" };
    const { cart: prepaid } = await api.addGiftCardToCurrentCart(card);
    const [applied] = prepaid?.paymentInfo?.giftCards ?? [];
    assertEquals(applied?.obfuscatedCode, "**********-USD");
    const { summary } = await api.calculateCurrentCart();
    const { payNow, giftCards } = summary?.paymentSummary ?? {};
    assertEquals(giftCards?.[0]?.redeemAmount?.amount, pays);
    assertEquals(payNow?.amount, rest);
    const again = giftCard(card.code);
    await assertRefused(() => again(api), "409 GIFT_CARD_ALREADY_EXISTS");
    await api.removeGiftCardFromCurrentCart(applied?._id ?? "");
    await again(api);
    const { text } = await submit(await checkoutPage(client, cart?._id), {
      ...GUEST,
      country: "US",
      action: "update",
    });
    assert(text.includes(`<dd>$${pays}</dd>`), text);
    await order(await checkoutPage(client, cart?._id), {
      ...GUEST,
      country: "US",
    });
  }
  await add(api, MUG);
  const spent = giftCard("JUNIPER-50-USD");
  await assertRefused(() => spent(api), "428 INVALID_GIFT_CARD_STATUS");
});

test("an order has the billing address of its cart", async (api, client) => {
  const { cart } = await add(api, MUG);
  const billingContact = { firstName: "Bo", lastName: "Li" };
  const billingAddress = { ...GERMANY, addressLine2: "Second floor" };
  const paymentInfo = { billingAddress, billingContact };
  await api.updateCurrentCart({ paymentInfo });
  const url = await checkoutPage(client, cart?._id);
  const { searchParams } = await order(url, GUEST);
  const { billingInfo, recipientInfo } = await client.orders
    .getOrder(searchParams.get("orderId") ?? "");
  assertEquals(billingInfo?.contactDetails?.firstName, "Bo");
  assertEquals(billingInfo?.address?.addressLine2, "Second floor");
  assertEquals(billingInfo?.address?.city, GERMANY.city);
  assertEquals(recipientInfo?.contactDetails?.firstName, GUEST.firstName);
});

test("versions 1 and 2 are views of one cart", async (api, client) => {
  const old = client.currentCart;
  await old.addToCurrentCart({ lineItems: [MUG] });
  const { cart } = await add(api, CANDLE);
  const { checkoutId = "" } = await old
    .createCheckoutFromCurrentCart({ channelType: "WEB" });
  assertEquals((await old.getCurrentCart())._id, cart?._id);
  assertEquals(checkoutId, cart?._id);
  const shippingDestination = { address: { country: "DE" } };
  const shippingInfo = { shippingDestination };
  await client.checkout.updateCheckout(checkoutId, { shippingInfo });
  const { cart: changed } = await api.getCurrentCart();
  assertEquals(changed?.deliveryInfo?.address?.country, "DE");
});

test(
  "a line shows when its product has sold out, and an order reduces the stock",
  async (api, client, site) => {
    const { inventoryItemsV3: stock } = site.app(modules);
    const added = await add(api, pieces(PAN_OF_3, 3));
    const left = async () => {
      const query = stock.queryInventoryItems();
      const variantId = guid("variant", 7);
      return (await query.eq("variantId", variantId).find()).items[0];
    };
    const set = async (quantity: number) => {
      const { _id, revision } = await left() ?? {};
      const changes = { revision: revision ?? "", quantity };
      await stock.updateInventoryItem(_id ?? "", changes, {});
    };
    await set(2);
    const some = await api.getCurrentCart();
    assertEquals(stockOf(some), [[3, 2, "PARTIALLY_IN_STOCK"]]);
    assertEquals(some.cart?.subtotal?.amount, "178.00");
    const { lineItems } = await client.currentCart.getCurrentCart();
    const status = lineItems?.[0]?.availability?.status;
    assertEquals(status, "PARTIALLY_AVAILABLE");
    await set(0);
    const none = await api.getCurrentCart();
    assertEquals(stockOf(none), [[3, 0, "OUT_OF_STOCK"]]);
    const { summary } = await api.estimateCurrentCart({
      validationConfig: "PRE_CHECKOUT_VALIDATIONS",
    });
    const [violation] = summary?.violations ?? [];
    assertEquals(violation?.code, "LINE_ITEMS_OUT_OF_STOCK");
    const lines = violation?.lineItemsOutOfStockData?.lineItemIds;
    assertEquals(lines, lineIds(added));
    await set(3);
    await order(await checkoutPage(client, added.cart?._id), GUEST);
    assertEquals((await left())?.quantity, 0);
  },
);

test(
  "a line shows when its product is hidden, and its cart cannot be ordered",
  async (api, client, site) => {
    const { productsV3: shop } = site.app(modules);
    const { cart } = await add(api, MUG);
    const url = await checkoutPage(client, cart?._id);
    const { product } = await shop.getProductBySlug("enamel-mug");
    const hide = (visible: boolean) =>
      shop.updateProduct(product?._id ?? "", {
        revision: product?.revision ?? "",
        visible,
      });
    await hide(false);
    await assertWixError(() => hide(true), 409);
    const removed = await api.getCurrentCart();
    assertEquals(stockOf(removed), [[1, 0, "REMOVED_FROM_CATALOG"]]);
    const { text } = await submit(url, GUEST);
    assert(text.includes("no longer sold"));
  },
);

test(
  "the cart of an order can be kept, but not changed",
  async (api, client, site) => {
    if (site.wix) site.wix.controls.orderedCart = "kept";
    const { cart } = await add(api, MUG);
    const url = await checkoutPage(client, cart?._id);
    const { searchParams, href } = await order(url, GUEST);
    const { cart: ordered } = await api.getCurrentCart();
    assertEquals(ordered?.orderPlaced, true);
    assertEquals(ordered?.orderId, searchParams.get("orderId"));
    const late = () => api.removeLineItemsFromCurrentCart(lineIds({ cart }));
    await assertWixError(late, 428, "CART_ALREADY_ORDERED");
    const { location } = await new Browser().submit(url, { action: "order" });
    assertEquals(location, href);
    const { cart: fresh } = await add(api, CANDLE);
    assert(fresh?._id !== cart?._id);
  },
);

it.local("cart and order have the language of the site, or that of the checkout", async (site) => {
  for (const [lang, expected] of [["", "de"], ["fr", "fr"]] as const) {
    const client = site.visitor(modules);
    const id = "00000000-0000-0000-0000-000000000000";
    client.setHeaders({ "x-wix-linguist": `de|de-de|false|${id}` });
    const { cart } = await add(client.currentCartV2, MUG);
    assertEquals(cart?.customerInfo?.languageCode, "de");
    const { redirectSession } = await client.redirects.createRedirectSession({
      ecomCheckout: { checkoutId: cart?._id ?? "" },
      callbacks: CALLBACKS,
      preferences: { additionalQueryParameters: { lang } },
    });
    const { searchParams } = await order(redirectSession?.fullUrl ?? "", GUEST);
    const orderId = searchParams.get("orderId") ?? "";
    const { buyerLanguage } = await client.orders.getOrder(orderId);
    assertEquals(buyerLanguage, expected);
  }
});

it.local("a guest can log in at the checkout, there or on the site's page, and the cart is theirs", async (site) => {
  const client = site.visitor(modules);
  const { cart } = await add(client.currentCartV2, MUG);
  const url = await checkoutPage(client, cart?._id);
  const browser = new Browser();
  const login = await browser.submit(url, { action: "login" });
  const back = await browser.submit(login.location ?? "", loginForm());
  const page = await browser.follow(back);
  assert(page.text.includes("Logged in as ann@demo.example."));
  const { searchParams } = await order(page.url, GUEST, browser);
  assertEquals(searchParams.get("wixMemberLoggedIn"), "true");
  const ann = await site.member(modules);
  const orderId = searchParams.get("orderId") ?? "";
  assertEquals((await ann.orders.getOrder(orderId)).checkoutId, cart?._id);
  const loginUrl = "http://localhost:8000/login";
  const callbacks = { ...CALLBACKS, loginUrl };
  const { cart: next } = await add(client.currentCartV2, MUG);
  const own = await checkoutPage(client, next?._id, callbacks);
  const { location } = await new Browser().submit(own, { action: "login" });
  assertEquals(location, `${loginUrl}?wixMemberLoggedIn=false`);
});

test("carts by id are for apps, which can order", async (_, visitor, site) => {
  const admin = site.admin(modules) as unknown as Client;
  const api = admin.cartV2;
  const { cart: theirs } = await add(visitor.currentCartV2, MUG);
  const id = theirs?._id ?? "";
  await assertWixError(() => visitor.cartV2.getCart(id), 403);
  await assertWixError(() => admin.currentCartV2.getCurrentCart(), 403);
  assertEquals((await api.getCart(id))._id, id);
  await assertWixError(() => api.getCart("other"), 404, "CART_NOT_FOUND");
  const { checkoutUrl = "" } = await api.getCheckoutUrl(id);
  assertEquals((await new Browser().get(checkoutUrl)).status, 200);
  const place = () => api.placeOrder(id);
  await assertWixError(place, 428, "MISSING_DELIVERY_ADDRESS");
  await api.updateCart(id, {
    customerInfo: { email: "guest@demo.example" },
    deliveryInfo: { address: GERMANY },
  });
  await api.setDeliveryMethod(id, { code: "standard" });
  const { summary } = await api.calculateCart(id);
  const token = summary?.priceVerificationToken ?? "";
  await api.addLineItems(id, { catalogItems: [CANDLE] });
  const buy = (priceVerificationToken: string) => () =>
    api.placeOrder(id, { priceVerificationToken });
  await assertWixError(buy(token), 428, "CART_PRICES_OUT_OF_SYNC");
  const code = "INVALID_PRICE_VERIFICATION_TOKEN";
  await assertWixError(buy("x"), 400, code);
  const { orderId = "" } = await api.placeOrder(id);
  const placed = await admin.orders.getOrder(orderId);
  assertEquals(placed.checkoutId, id);
  assertEquals(placed.paymentStatus, "NOT_PAID");
  await assertWixError(place, 428, "CART_ALREADY_ORDERED");
  const { _id } = await api.createCart({ catalogItems: [MUG] });
  await api.markCartAsCompleted(_id ?? "", { orderId });
  assertEquals((await api.getCart(_id ?? "")).orderPlaced, true);
});

/** The item of `base` with other options, or of another product. */
function itemWith(
  { catalogReference, quantity }: typeof CANDLE,
  options: Record<string, unknown>,
  catalogItemId: string = catalogReference.catalogItemId,
): Item {
  const { appId } = catalogReference;
  return { catalogReference: { appId, catalogItemId, options }, quantity };
}
