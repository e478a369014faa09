import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/packages/fresh-wix/src/oauth/authorization_error.ts";
import {
  beginLogin,
  parseLoginPreferences,
} from "@/packages/fresh-wix/src/oauth/login.ts";
import { loginOrigin } from "@/packages/fresh-wix/src/oauth/login_origin.ts";
import { requestedReturnUrl } from "@/packages/fresh-wix/src/oauth/return_url.ts";
import {
  createRequestSession,
  transactions,
  unixNow,
} from "@/packages/fresh-wix/src/create_wix.ts";
import { runAs } from "@/packages/fresh-wix/src/wix/request_scope.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { cookies, session } = ctx.state;
    const query = ctx.url.searchParams;
    const { clientId } = config;
    const appOrigin = loginOrigin(config);
    const returnUrl = requestedReturnUrl(query, {
      appOrigin,
      referer: ctx.req.headers.get("referer"),
    });
    const preferences = parseLoginPreferences(query);
    if (preferences === undefined) {
      throw new AuthorizationError("bad-request", { returnUrl });
    }
    const begin = () =>
      beginLogin({ clientId, appOrigin, returnUrl, preferences });
    // A visitor asks as who they are, and brings their cart along. A member's
    // session may have ended at Wix, which is a reason to log in: they ask as
    // nobody in particular, and keep what they have until the login succeeds.
    const { transaction, loginUrl } = session.kind === "visitor"
      ? await begin()
      : await runAs(createRequestSession(), begin);
    await transactions.save(cookies, transaction, unixNow());
    return ctx.redirect(loginUrl);
  },
});
