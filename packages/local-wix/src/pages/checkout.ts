import { allow, type Call, type Route } from "../call.ts";
import type { Cart } from "../cart/cart.ts";
import { type Quote, quote } from "../cart/quote.ts";
import { placeOrder } from "../checkout/place_order.ts";
import { textIn } from "../http/json.ts";
import { isAllowedUrl } from "../http/origins.ts";
import { readFields } from "../http/request.ts";
import { redirect } from "../http/response.ts";
import { initialForm, problemsIn, readForm } from "./checkout_form.ts";
import {
  checkoutPage,
  type CheckoutPageOptions,
  thankYouPage,
} from "./checkout_page.tsx";
import {
  forbiddenRedirectPage,
  messagePage,
  staleLinkPage,
} from "./layout.tsx";
import {
  type CheckoutCallbacks,
  findRedirectSession,
} from "./redirect_sessions.ts";

/** The hosted checkout page. */
export const CHECKOUT_PAGE_ROUTES: readonly Route[] = allow("anyone", {
  "GET /_pages/checkout": showCheckout,
  "POST /_pages/checkout": submitCheckout,
});

/** A checkout that a browser is at, and where it goes from there. */
interface Visit {
  readonly checkout: Cart;
  readonly callbacks: CheckoutCallbacks;
}

function showCheckout(call: Call): Response {
  const visit = findVisit(call);
  if (visit instanceof Response) return visit;
  const { buyer } = visit.checkout;
  const member = "memberId" in buyer
    ? call.backend.store.members.get(buyer.memberId)
    : undefined;
  return showForm(call, visit, { form: initialForm(visit.checkout, member) });
}

async function submitCheckout(call: Call): Promise<Response> {
  const fields = await readFields(call.request);
  const visit = findVisit(call);
  if (visit instanceof Response) return visit;
  const { callbacks } = visit;
  if (fields.action === "cancel") return cancel(call, callbacks);
  const form = readForm(fields);
  const { email, ...recipient } = form;
  const shippingCode = textIn(fields.shipping);
  const checkout = {
    ...visit.checkout,
    email,
    recipient: { ...visit.checkout.recipient, ...recipient },
    ...(shippingCode && { shippingCode }),
  };
  const payment = fields.payment === "offline" ? "offline" : "online";
  const again = (state: Pick<CheckoutPageOptions, "problems" | "notice">) =>
    showForm(call, { callbacks, checkout }, { form, payment, ...state });
  if (fields.action === "update") return again({});
  const problems = problemsIn(form);
  if (Object.keys(problems).length > 0) return again({ problems });
  const costs = quote(checkout, call.backend.store.catalog);
  const notice = noticeOn(costs, fields.total);
  if (notice) return again({ notice });
  const paymentStatus = payment === "online" ? "PAID" : "NOT_PAID";
  const orderId = placeOrder(call, checkout, paymentStatus);
  return leaveWithOrder(call, callbacks, orderId);
}

/**
 * Why an order cannot be placed, given the total that was shown.
 *
 * UNDOCUMENTED: ordering what has been sold out since. Here the page says so and
 * nothing is ordered.
 */
function noticeOn(
  { lines, total }: Quote,
  shown: unknown,
): string | undefined {
  const short = lines.find(({ quantity, confirmed }) => confirmed < quantity);
  if (short) {
    const { product: { name }, confirmed } = short;
    return confirmed === 0
      ? `${name} is sold out. Remove it from the cart.`
      : `Only ${confirmed} of ${name} are left. Change the cart.`;
  }
  if (shown === String(total)) return undefined;
  return "The total has changed with your choices. Check it and try again.";
}

/**
 * The checkout of the redirect session in the URL or, for a checkout URL, of
 * the id in it; else the response that the browser gets at once. A second click,
 * or a reload, leads to the order of the first one.
 */
function findVisit(call: Call): Visit | Response {
  const { backend, url } = call;
  const { intent } = findRedirectSession(backend, url) ?? {};
  const isCheckout = intent?.kind === "checkout";
  const id = isCheckout
    ? intent.checkoutId
    : url.searchParams.get("checkoutId");
  const checkout = backend.store.carts.get(id ?? "");
  if (!checkout) return staleLinkPage();
  const callbacks = isCheckout ? intent.callbacks : {};
  const forbidden = Object.values(callbacks).find((target) =>
    target && !isAllowedUrl(target, backend.settings.values)
  );
  if (forbidden) return forbiddenRedirectPage(forbidden);
  return checkout.orderId
    ? leaveWithOrder(call, callbacks, checkout.orderId)
    : { checkout, callbacks };
}

function showForm(
  { backend: { site, store } }: Call,
  { checkout, callbacks: { cartPageUrl } }: Visit,
  state: Pick<CheckoutPageOptions, "form" | "payment" | "problems" | "notice">,
): Response {
  return checkoutPage({
    siteName: site.name,
    quote: quote(checkout, store.catalog),
    cartPageUrl,
    ...state,
  });
}

/** To the site's thank-you page or, without one, to a page of local Wix. */
function leaveWithOrder(
  { backend }: Call,
  { thankYouPageUrl, postFlowUrl }: CheckoutCallbacks,
  orderId: string,
): Response {
  if (!thankYouPageUrl) {
    const order = backend.store.orders.get(orderId);
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
  backend.redirectSessions.delete(url.searchParams.get("session") ?? "");
  const target = postFlowUrl ?? cartPageUrl;
  if (target) return redirect(target);
  return messagePage("Nothing was ordered", "You can go back to the site.");
}
