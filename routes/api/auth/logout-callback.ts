import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { loginOrigin } from "@/packages/fresh-wix/src/oauth/login_origin.ts";
import {
  absoluteReturnUrl,
  safeReturnUrl,
} from "@/packages/fresh-wix/src/oauth/return_url.ts";

/** Changes nothing: the session ended before Wix was asked to log out. */
export const handler = define.handlers({
  GET(ctx) {
    const appOrigin = loginOrigin(config);
    const returnTo = safeReturnUrl(
      ctx.url.searchParams.getAll("returnTo"),
      appOrigin,
    );
    return ctx.redirect(absoluteReturnUrl(returnTo, appOrigin));
  },
});
