import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import { absoluteReturnUrl, safeReturnUrl } from "@/lib/oauth/return_url.ts";

/** Changes nothing: the session ended before Wix was asked to log out. */
export const handler = define.handlers({
  GET(ctx) {
    const returnTo = safeReturnUrl(
      ctx.url.searchParams.getAll("returnTo"),
      config.appOrigin,
    );
    return ctx.redirect(absoluteReturnUrl(returnTo, config.appOrigin));
  },
});
