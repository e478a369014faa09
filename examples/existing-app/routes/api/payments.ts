import { HttpError } from "fresh";
import { define } from "../../utils.ts";

/** Called by the payment provider, which signs what it sends. */
export const handler = define.handlers({
  async POST(ctx) {
    if (ctx.req.headers.get("x-signature") !== "signed") {
      throw new HttpError(401);
    }
    const { amount } = await ctx.req.json();
    return Response.json({ received: amount });
  },
});
