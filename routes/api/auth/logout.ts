import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { beginLogout } from "@/packages/fresh-wix/src/oauth/login.ts";
import { loginOrigin } from "@/packages/fresh-wix/src/oauth/login_origin.ts";
import {
  absoluteReturnUrl,
  requestedReturnUrl,
} from "@/packages/fresh-wix/src/oauth/return_url.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const appOrigin = loginOrigin(config);
    // Not the page they were on: that may be one for members.
    const returnUrl = requestedReturnUrl(ctx.url.searchParams, {
      appOrigin,
      referer: null,
    });
    const { session } = ctx.state;
    if (session.kind === "visitor") {
      return ctx.redirect(absoluteReturnUrl(returnUrl, appOrigin));
    }
    const logoutUrl = await beginLogout({ ...config, appOrigin }, {
      returnUrl,
    });
    session.logOut();
    return ctx.redirect(logoutUrl);
  },
});
