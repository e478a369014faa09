import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import { absoluteReturnUrl } from "@/lib/oauth/return_url.ts";

/** Changes nothing: the session ended before Wix was asked to log out. */
export const handler = define.handlers({
  GET(ctx) {
    const returnTo = ctx.url.searchParams.get("returnTo") ?? "/";
    return ctx.redirect(absoluteReturnUrl(returnTo, config.appOrigin));
  },
});
