import { define } from "@/lib/define.ts";
import { changeCart, readCart } from "@/lib/shop/cart.ts";
import { setCartCount } from "@/lib/shop/cookies.ts";

/** The cart as JSON for its island, which sends the cart page's forms here. */
export const handler = define.handlers({
  async GET(ctx) {
    const cart = await readCart(ctx.state.session);
    setCartCount(ctx, cart.count);
    return Response.json({ cart });
  },

  async POST(ctx) {
    const { problem } = await changeCart(ctx.req);
    const cart = await readCart(ctx.state.session);
    setCartCount(ctx, cart.count);
    return Response.json({ cart, problem });
  },
});
