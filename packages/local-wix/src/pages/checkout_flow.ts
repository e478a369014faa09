import type { Call } from "../call.ts";
import { type Checkout, quoteCheckout } from "../checkout/checkout.ts";
import { orderOf, type Placement } from "../checkout/place_order.ts";
import { dropCart } from "../ecom/carts.ts";
import type { Quote } from "../ecom/quote.ts";
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
import { thankYouPage } from "./thank_you_page.ts";

/** `GET` of the checkout page. */
export function showCheckout(call: Call): Response {
  const visit = findVisit(call);
  if (visit instanceof Response) return visit;
  const { checkout, callbacks } = visit;
  if (checkout.orderId) {
    return leaveWithOrder(call, callbacks, checkout.orderId);
  }
  return form(call, visit, {
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
  if (checkout.orderId) {
    return leaveWithOrder(call, callbacks, checkout.orderId);
  }
  if (fields.action === "cancel") return cancel(call, callbacks);
  const sent = readForm(fields);
  const filled = withForm(checkout, sent, textIn(fields.shipping));
  const payment = fields.payment === "offline" ? "offline" : "online";
  const again = (
    more: Pick<CheckoutPageOptions, "problems" | "notice"> = {},
  ) =>
    form(call, { callbacks, checkout: filled }, {
      form: sent,
      payment,
      ...more,
    });
  if (fields.action === "update") return again();
  const problems = problemsIn(sent);
  if (Object.keys(problems).length > 0) return again({ problems });
  const quote = quoteCheckout(filled, call.backend.store.catalog);
  const notice = noticeOn(quote, fields.total);
  if (notice) return again({ notice });
  const paymentStatus = payment === "online" ? "PAID" : "NOT_PAID";
  const orderId = placeOrder(call, filled, paymentStatus);
  return leaveWithOrder(call, callbacks, orderId);
}

/**
 * What keeps an order from being placed, given the total that was shown.
 *
 * UNDOCUMENTED: ordering what has been sold out since. Here the page says so and
 * nothing is ordered.
 */
function noticeOn(
  { lines, total }: Quote,
  shown: unknown,
): string | undefined {
  const soldOut = lines.find(({ product }) => !isInStock(product));
  if (soldOut) {
    return `${soldOut.product.name} is sold out. Take it out of the cart.`;
  }
  if (shown === String(total)) return undefined;
  return "The total has changed with what you chose. Please look once more.";
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
  { backend }: Call,
  { checkout, callbacks }: Visit,
  state: Pick<CheckoutPageOptions, "form" | "payment" | "problems" | "notice">,
): Response {
  const { site, store } = backend;
  const { cartPageUrl } = callbacks;
  const quote = quoteCheckout(checkout, store.catalog);
  return checkoutPage({ siteName: site.name, quote, cartPageUrl, ...state });
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
  if (cartId) dropCart(call, cartId);
  return order.id;
}

/** To the site's thank-you page or, without one, to a page of local Wix. */
function leaveWithOrder(
  { backend }: Call,
  { thankYouPageUrl, postFlowUrl }: CheckoutCallbacks,
  orderId: string,
): Response {
  if (!thankYouPageUrl) {
    const order = backend.store.orders.find(({ id }) => id === orderId);
    return thankYouPage(order?.number ?? orderId, postFlowUrl);
  }
  const url = new URL(thankYouPageUrl);
  url.searchParams.set("orderId", orderId);
  return redirect(url.href);
}

/**
 * UNDOCUMENTED: where Cancel leads without a `postFlowUrl`. Here to
 * `cartPageUrl`.
 */
function cancel(
  { backend, url }: Call,
  { cartPageUrl, postFlowUrl }: CheckoutCallbacks,
): Response {
  backend.redirectSessions.end(url.searchParams.get("session") ?? "");
  const target = postFlowUrl ?? cartPageUrl;
  if (target) return redirect(target);
  return messagePage("Nothing was ordered", "You can go back to the site.");
}

function memberOf({ backend }: Call, { buyer }: Checkout) {
  return "memberId" in buyer ? backend.store.member(buyer.memberId) : undefined;
}
