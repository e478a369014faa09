import { allow, type Call, type Route } from "../call.ts";
import type { Cart } from "../cart/cart.ts";
import { handOver } from "../cart/carts.ts";
import { redeemable } from "../cart/gift_card_v2.ts";
import { type Quote, quote } from "../cart/quote.ts";
import { CHECKOUT_PATH } from "../checkout/checkout_url.ts";
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
import { loggedInMember } from "./login.ts";
import {
  type CheckoutCallbacks,
  createRedirectSession,
  findRedirectSession,
} from "./redirect_sessions.ts";

/** The hosted checkout page. */
export const CHECKOUT_PAGE_ROUTES: readonly Route[] = allow("anyone", {
  [`GET ${CHECKOUT_PATH}`]: showCheckout,
  [`POST ${CHECKOUT_PATH}`]: submitCheckout,
});

/** A checkout that a browser is at, and where it goes from there. */
interface Visit {
  readonly checkout: Cart;
  readonly callbacks: CheckoutCallbacks;
}

function showCheckout(call: Call): Response {
  const visit = findVisit(call);
  if (visit instanceof Response) return visit;
  if (call.url.searchParams.has(LOGGED_IN)) return takeOver(call, visit);
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
  if (fields.action === "cancel") return cancel(call, visit);
  if (fields.action === "login") return logIn(call, visit);
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
  const notice = noticeOn(checkout, costs, fields.total);
  if (notice) return again({ notice });
  const paymentStatus = payment === "online" ? "PAID" : "NOT_PAID";
  const orderId = placeOrder(call, checkout, paymentStatus);
  return leaveWithOrder(call, visit, orderId);
}

/**
 * Why an order cannot be placed, given the total that was shown.
 *
 * UNDOCUMENTED: ordering a product that has sold out since. Here the page says so and
 * nothing is ordered.
 */
function noticeOn(
  cart: Cart,
  { lines, total }: Quote,
  shown: unknown,
): string | undefined {
  if (cart.lines.length === 0) return "The cart is empty.";
  if (lines.length < cart.lines.length) {
    return "Something in the cart is no longer sold. Change the cart.";
  }
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
  const cart = backend.store.carts.get(id ?? "");
  if (!cart) return staleLinkPage();
  const languageCode = isCheckout ? intent.language : undefined;
  const checkout = { ...cart, ...(languageCode && { languageCode }) };
  const callbacks = isCheckout ? intent.callbacks : {};
  const forbidden = Object.values(callbacks).find((target) =>
    target && !isAllowedUrl(target, backend.settings.values)
  );
  if (forbidden) return forbiddenRedirectPage(forbidden);
  const visit = { checkout, callbacks };
  return checkout.orderId
    ? leaveWithOrder(call, visit, checkout.orderId)
    : visit;
}

function showForm(
  call: Call,
  { checkout, callbacks: { cartPageUrl } }: Visit,
  state: Pick<CheckoutPageOptions, "form" | "payment" | "problems" | "notice">,
): Response {
  const { site, store } = call.backend;
  const { buyer } = checkout;
  const member = "memberId" in buyer
    ? store.members.get(buyer.memberId)
    : undefined;
  const costs = quote(checkout, store.catalog);
  return checkoutPage({
    siteName: site.name,
    quote: costs,
    redeemed: redeemable(call, checkout, costs.total),
    cartPageUrl: cartPageUrl && withLogin(cartPageUrl, checkout),
    memberEmail: member?.loginEmail,
    ...state,
  });
}

/** In the page's address after a login that began there. */
const LOGGED_IN = "loggedIn";

/** To the site's login page or, without one, to that of local Wix and back. */
function logIn(call: Call, { checkout, callbacks }: Visit): Response {
  const { backend, origin, url } = call;
  if (callbacks.loginUrl) {
    return redirect(withLogin(callbacks.loginUrl, checkout));
  }
  const back = new URL(url.pathname + url.search, origin);
  back.searchParams.set(LOGGED_IN, "true");
  const session = createRedirectSession(backend, {
    intent: { kind: "login", postFlowUrl: back.href },
    visitorId: "visitorId" in checkout.buyer ? checkout.buyer.visitorId : "",
    callerSessionId: undefined,
  });
  const query = new URLSearchParams({ session });
  return redirect(`${origin}/_pages/login?${query}`);
}

/** Gives the cart to the member who has just logged in. */
function takeOver(call: Call, { checkout }: Visit): Response {
  const member = loggedInMember(call);
  if (member && "visitorId" in checkout.buyer) {
    const { id: memberId, contactId } = member;
    handOver(call, checkout, { memberId, contactId });
  }
  const url = new URL(call.url.pathname + call.url.search, call.origin);
  url.searchParams.delete(LOGGED_IN);
  return redirect(url.href);
}

/** A callback, with what Wix adds about the buyer. */
function withLogin(target: string, { buyer }: Cart): string {
  const url = new URL(target);
  url.searchParams.set("wixMemberLoggedIn", String("memberId" in buyer));
  return url.href;
}

/** To the site's thank-you page or, without one, to a page of local Wix. */
function leaveWithOrder(
  { backend }: Call,
  { checkout, callbacks: { thankYouPageUrl, postFlowUrl } }: Visit,
  orderId: string,
): Response {
  if (!thankYouPageUrl) {
    const order = backend.store.orders.get(orderId);
    return thankYouPage(
      order?.number ?? orderId,
      postFlowUrl && withLogin(postFlowUrl, checkout),
    );
  }
  const url = new URL(thankYouPageUrl);
  url.searchParams.set("orderId", orderId);
  return redirect(withLogin(url.href, checkout));
}

/**
 * UNDOCUMENTED: where Cancel leads without a `postFlowUrl`. Here to
 * `cartPageUrl`.
 */
function cancel({ backend, url }: Call, visit: Visit): Response {
  const { checkout, callbacks: { cartPageUrl, postFlowUrl } } = visit;
  backend.redirectSessions.delete(url.searchParams.get("session") ?? "");
  const target = postFlowUrl ?? cartPageUrl;
  if (target) return redirect(withLogin(target, checkout));
  return messagePage("Nothing was ordered", "You can go back to the site.");
}
