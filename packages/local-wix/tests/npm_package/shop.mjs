// A shop's program for the real Wix: a cart is filled, an order is placed.
import { currentCartV2, orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { createClient, OAuthStrategy } from "@wix/sdk";
import { productsV3 } from "@wix/stores";

const clientId = "00000000-0000-4000-8000-000000000001";
const wix = createClient({
  auth: OAuthStrategy({ clientId }),
  modules: { currentCartV2, orders, productsV3, redirects },
});
const { product } = await wix.productsV3.getProductBySlug("enamel-mug", {
  fields: ["VARIANT_OPTION_CHOICE_NAMES"],
});
const catalogReference = {
  catalogItemId: product._id,
  appId: "215238eb-22a5-4c36-9e7b-e7c08025e04e",
  options: { variantId: product.variantsInfo.variants[0]._id },
};
const { cart } = await wix.currentCartV2.addLineItemsToCurrentCart({
  catalogItems: [{ catalogReference, quantity: 2 }],
});
const { redirectSession } = await wix.redirects.createRedirectSession({
  ecomCheckout: { checkoutId: cart._id },
  callbacks: { thankYouPageUrl: "http://localhost:3000/thanks" },
});
const form = new URLSearchParams(
  "email=a@b.example&firstName=A&lastName=B&addressLine=C%201" +
    "&city=Berlin&postalCode=10115&country=DE",
);
const submit = (action) => {
  form.set("action", action);
  const options = { method: "POST", body: form, redirect: "manual" };
  return fetch(redirectSession.fullUrl, options);
};
const shown = await (await submit("update")).text();
form.set("total", /name="total" value="(.+?)"/.exec(shown)[1]);
const thanks = new URL((await submit("order")).headers.get("location"));
const order = await wix.orders.getOrder(thanks.searchParams.get("orderId"));
console.log(order.lineItems[0].quantity, order.priceSummary.total.amount);
