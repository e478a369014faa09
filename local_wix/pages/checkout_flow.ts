import type { Call } from "../call.ts";
import { type Checkout, quoteCheckout } from "../checkout/checkout.ts";
import { orderOf, type Placement } from "../checkout/place_order.ts";
import { dropCart } from "../ecom/carts.ts";
import { textIn } from "../http/parse.ts";
import { readFields } from "../http/request.ts";
import { isAllowedUrl } from "../redirects/allowed_url.ts";
import type { CheckoutCallbacks } from "../redirects/redirect_sessions.ts";
import { isInStock } from "../stores/product.ts";
import { redirect } from "./authorization_response.ts";
import {
  type CheckoutForm,
  firstForm,
  problemsIn,
  readForm,
} from "./checkout_form.ts";
import { checkoutPage, type CheckoutPageOptions } from "./checkout_page.ts";
import { messagePage } from "./layout.ts";
import { forbiddenRedirectPage, staleLinkPage } from "./refusals.ts";

/** `GET` of the checkout page. */
export function showCheckout(call: Call): Response {
  const visit = findVisit(call);
  if (visit instanceof Response) return visit;
  const { checkout } = visit;
  if (checkout.orderId) return leaveWithOrder(visit, checkout.orderId);
  return form(call, checkout, {
    form: firstForm(checkout, memberOf(call, checkout)),
  });
}

/** `POST` of the checkout page's form. */
export async function submitCheckout(call: Call): Promise<Response> {
  const fields = await readFields(call.request);
  const visit = findVisit(call);
  if (visit instanceof Response) return visit;
  const { checkout, callbacks } = visit;
  // A second click, or a reload, finds the order of the first one.
  if (checkout.orderId) return leaveWithOrder(visit, checkout.orderId);
  if (fields.action === "cancel") return cancel(call, callbacks);
  const sent = readForm(fields);
  const filled = withForm(checkout, sent, textIn(fields.shipping));
  const payment = fields.payment === "offline" ? "offline" : "online";
  if (fields.action === "update") {
    return form(call, filled, { form: sent, payment });
  }
  const problems = problemsIn(sent);
  if (Object.keys(problems).length > 0) {
    return form(call, filled, { form: sent, payment, problems });
  }
  const { lines, total } = quoteCheckout(filled, call.backend.store.catalog);
  const soldOut = lines.find(({ product }) => !isInStock(product));
  if (soldOut) {
    const notice = `${soldOut.product.name} is sold out. Cancel, and take it ` +
      "out of the cart.";
    return form(call, filled, { form: sent, payment, notice });
  }
  if (fields.total !== String(total)) {
    const notice =
      "The total has changed with what you chose. Please look at " +
      "it once more.";
    return form(call, filled, { form: sent, payment, notice });
  }
  const paymentStatus = payment === "online" ? "PAID" : "NOT_PAID";
  return leaveWithOrder(visit, placeOrder(call, filled, paymentStatus));
}

/** A checkout that a browser is at, and where it goes from there. */
interface Visit {
  readonly checkout: Checkout;
  readonly callbacks: CheckoutCallbacks;
}

/**
 * The checkout of the redirect session in the URL or, for a checkout URL, of
 * the id in it; else the page that says why there is none.
 */
function findVisit({ backend, url }: Call): Visit | Response {
  const session = backend.redirectSessions.find(
    url.searchParams.get("session") ?? "",
  );
  const intent = session?.intent.kind === "checkout" ? session.intent : null;
  const id = intent?.checkoutId ?? url.searchParams.get("checkoutId") ?? "";
  const checkout = backend.store.checkouts.get(id);
  if (!checkout) return staleLinkPage();
  const callbacks = intent?.callbacks ?? NO_CALLBACKS;
  const forbidden = Object.values(callbacks).find((target) =>
    target && !isAllowedUrl(target, backend.settings)
  );
  return forbidden ? forbiddenRedirectPage(forbidden) : { checkout, callbacks };
}

const NO_CALLBACKS: CheckoutCallbacks = {
  thankYouPageUrl: undefined,
  cartPageUrl: undefined,
  postFlowUrl: undefined,
};

function form(
  call: Call,
  checkout: Checkout,
  state: Omit<CheckoutPageOptions, "siteName" | "quote">,
): Response {
  const { site, store } = call.backend;
  const quote = quoteCheckout(checkout, store.catalog);
  return checkoutPage({ siteName: site.name, quote, ...state });
}

function withForm(
  checkout: Checkout,
  { email, ...recipient }: CheckoutForm,
  shippingCode: string | undefined,
): Checkout {
  return {
    ...checkout,
    email,
    recipient: { ...checkout.recipient, ...recipient },
    ...(shippingCode && { shippingCode }),
  };
}

/**
 * Keeps the order and ends checkout and cart. The order belongs to whom the
 * checkout was made for.
 */
function placeOrder(
  call: Call,
  checkout: Checkout,
  paymentStatus: Placement["paymentStatus"],
): string {
  const { backend } = call;
  const { newId, store } = backend;
  const { buyer, cartId } = checkout;
  const order = orderOf(checkout, quoteCheckout(checkout, store.catalog), {
    id: newId(),
    number: store.nextOrderNumber,
    date: new Date(backend.now()).toISOString(),
    paymentStatus,
    contactId: "contactId" in buyer ? buyer.contactId : newId(),
    newId,
  });
  store.putOrder(order);
  store.checkouts.set(checkout.id, { ...checkout, orderId: order.id });
  if (cartId) dropCart(call, { id: cartId, buyer });
  return order.id;
}

function leaveWithOrder({ callbacks }: Visit, orderId: string): Response {
  const target = callbacks.thankYouPageUrl ?? callbacks.postFlowUrl;
  if (!target) {
    return messagePage("Thank you", "Your order was placed.");
  }
  const url = new URL(target);
  url.searchParams.set("orderId", orderId);
  return redirect(url.href);
}

function cancel(
  { backend, url }: Call,
  { cartPageUrl, postFlowUrl }: CheckoutCallbacks,
): Response {
  backend.redirectSessions.end(url.searchParams.get("session") ?? "");
  const target = cartPageUrl ?? postFlowUrl;
  if (target) return redirect(target);
  return messagePage("Nothing was ordered", "You can go back to the site.");
}

function memberOf({ backend }: Call, { buyer }: Checkout) {
  return "memberId" in buyer ? backend.store.member(buyer.memberId) : undefined;
}
