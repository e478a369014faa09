/**
 * Redirects to Wix's checkout page and back.
 *
 * @see https://dev.wix.com/docs/go-headless/develop-your-project/self-managed-headless/authentication/visitors/handle-visitor-checkout
 * @module
 */
import type { Session } from "@fresh-wix/core";
import { toWixError } from "@fresh-wix/core/errors";
import { currentCartV2, type orders } from "@wix/ecom";
import { redirects } from "@wix/redirects";
import { findOrder } from "@/lib/orders/orders.ts";
import { isReady } from "./cart_views.ts";

/**
 * Returns the URL of Wix's checkout page, which works once, for the user's current
 * cart; `undefined` if the cart can't be checked out unchanged. The cart comes
 * from Wix, not from the browser.
 *
 * @param origin The site's public origin.
 */
export async function beginCheckout(
  origin: string,
  session: Session,
): Promise<{ url: string; cartId: string } | undefined> {
  if (session.startedAt === undefined) return undefined;
  const { cart } = await currentCartV2.getCurrentCart().catch((error) => {
    if (toWixError(error)?.status === 404) return { cart: undefined };
    throw error;
  });
  if (!cart?._id || !isReady(cart)) return undefined;
  const { redirectSession } = await redirects.createRedirectSession({
    ecomCheckout: { checkoutId: cart._id },
    callbacks: {
      thankYouPageUrl: `${origin}/thank-you`,
      postFlowUrl: `${origin}/cart`,
      cartPageUrl: `${origin}/cart`,
    },
  });
  const url = URL.parse(redirectSession?.fullUrl ?? "");
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError("Cannot check out: the redirect session has no URL");
  }
  return { url: url.href, cartId: cart._id };
}

/** Wix adds it to every URL that it redirects a buyer to. */
const LOGGED_IN = "wixMemberLoggedIn";

/**
 * Returns the URL to redirect a buyer from Wix to: without Wix's parameter, and
 * through a silent login if they logged in there. `undefined` for
 * other requests.
 *
 * `false` does not end a session: any site can link here with it. There is one
 * silent login at most, because its return URL lacks the parameter.
 */
export function returnUrlFromWix(
  url: URL,
  session: Session,
): string | undefined {
  const params = new URLSearchParams(url.search);
  const isLoggedIn = params.get(LOGGED_IN) === "true";
  if (!params.has(LOGGED_IN)) return undefined;
  params.delete(LOGGED_IN);
  const target = url.pathname + (params.size === 0 ? "" : `?${params}`);
  if (!isLoggedIn || session.kind === "member") return target;
  const query = new URLSearchParams({ prompt: "none", returnToUrl: target });
  return `/api/auth/login?${query}`;
}

/** The buyer can arrive a moment before the order. */
const RETRIES_MS = [500, 1_500];

/**
 * Returns the order that a buyer has just placed; `undefined` when Wix does not
 * have it yet or it is not theirs. See `findOrder()` for `cartId`.
 */
export async function findPlacedOrder(
  orderId: string,
  session: Session,
  cartId: string | undefined,
): Promise<orders.Order | undefined> {
  if (session.startedAt === undefined) return undefined;
  // Without a cart that was checked out there is nothing to wait for.
  for (const delay of [0, ...cartId ? RETRIES_MS : []]) {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    const order = await findOrder(orderId, session, cartId);
    if (order !== undefined) return order;
  }
  return undefined;
}
