import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/packages/fresh-wix/src/oauth/authorization_error.ts";
import {
  beginLogin,
  parseLoginPreferences,
} from "@/packages/fresh-wix/src/oauth/login.ts";
import { loginOrigin } from "@/packages/fresh-wix/src/oauth/login_origin.ts";
import {
  isCrossSite,
  refuseUnlessNavigation,
} from "@/packages/fresh-wix/src/oauth/navigation.ts";
import { requestedReturnUrl } from "@/packages/fresh-wix/src/oauth/return_url.ts";
import {
  createRequestSession,
  transactions,
  unixNow,
} from "@/packages/fresh-wix/src/create_wix.ts";
import { runWithSession } from "@/packages/fresh-wix/src/wix/request_context.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const refusal = refuseUnlessNavigation(ctx.req);
    if (refusal !== undefined) return refusal;
    const { cookies, session } = ctx.state;
    const query = ctx.url.searchParams;
    const appOrigin = loginOrigin(config);
    const returnUrl = requestedReturnUrl(query, {
      appOrigin,
      referer: ctx.req.headers.get("referer"),
    });
    const preferences = parseLoginPreferences(query);
    if (preferences === undefined) {
      throw new AuthorizationError("invalid_request", { returnUrl });
    }
    const begin = () =>
      beginLogin({ ...config, appOrigin }, { returnUrl, preferences });
    // A visitor's login is requested with their session, so that they bring
    // their cart along. A member's session may have ended at Wix, which is a
    // reason to log in: it is requested with a new visitor's, and the member
    // keeps theirs until the login succeeds.
    const { transaction, loginUrl } = session.kind === "visitor"
      ? await begin()
      : await runWithSession(createRequestSession(), begin);
    await transactions.save(cookies, transaction, {
      now: unixNow(),
      crossSite: isCrossSite(ctx.req),
    });
    return ctx.redirect(loginUrl);
  },
});
