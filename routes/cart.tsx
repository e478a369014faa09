import { page } from "fresh";
import { FlashNotice } from "@/components/FlashNotice.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import Cart from "@/islands/Cart.tsx";
import { takeFlash } from "@/lib/cookies.ts";
import { define } from "@/lib/define.ts";
import { changeCart, readCart } from "@/lib/shop/cart.ts";
import { setCartCount } from "@/lib/shop/cookies.ts";
import { returnUrlFromWix } from "@/lib/shop/checkout.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const next = returnUrlFromWix(ctx.url, ctx.state.session);
    if (next !== undefined) return ctx.redirect(next, 303);
    ctx.state.title = "Cart";
    const cart = await readCart(ctx.state.session);
    setCartCount(ctx, cart.count);
    return page({ cart, problem: undefined, flash: takeFlash(ctx) });
  },

  /** Changes the cart; the form's button names the action. */
  async POST(ctx) {
    const { count, problem } = await changeCart(ctx.req);
    setCartCount(ctx, count);
    if (problem === undefined) return ctx.redirect("/cart", 303);
    ctx.state.title = "Error: Cart";
    const cart = await readCart(ctx.state.session);
    setCartCount(ctx, cart.count);
    return page({ cart, problem, flash: undefined }, { status: 422 });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { cart, flash, problem } = data;
  return (
    <>
      <PageHeading title="Cart" />
      <FlashNotice flash={flash} />
      {cart.orderId !== undefined && (
        <Notice kind="good" title="Your order has been placed">
          <p>
            <a href={`/thank-you?orderId=${cart.orderId}`}>Show the order</a>
          </p>
        </Notice>
      )}
      <Cart cart={cart} problem={problem} />
    </>
  );
});
