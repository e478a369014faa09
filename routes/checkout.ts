import { setFlash, writeCookie } from "@/lib/cookies.ts";
import { define } from "@/lib/define.ts";
import { beginCheckout } from "@/lib/shop/checkout.ts";
import { CHECKOUT_COOKIE, MONTH_SECONDS } from "@/lib/shop/cookies.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  /** For a reload of the response to POST: the checkout starts at the cart. */
  GET: (ctx) => ctx.redirect("/cart", 303),

  /** Sends the buyer to Wix's checkout page. */
  async POST(ctx) {
    if (wix.appOrigin === undefined) {
      setFlash(ctx, "no-checkout");
      return ctx.redirect("/cart", 303);
    }
    const checkout = await beginCheckout(wix.appOrigin, ctx.state.session);
    // The cart page shows the problem.
    if (checkout === undefined) return ctx.redirect("/cart", 303);
    writeCookie(ctx, CHECKOUT_COOKIE, checkout.cartId, MONTH_SECONDS);
    return ctx.redirect(checkout.url, 303);
  },
});
