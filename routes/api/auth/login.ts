import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/lib/oauth/authorization_error.ts";
import { beginLogin, parseLoginPreferences } from "@/lib/oauth/login.ts";
import { requestedReturnUrl } from "@/lib/oauth/return_url.ts";
import { transactions, unixNow } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const query = ctx.url.searchParams;
    const { appOrigin, clientId } = config;
    const returnUrl = requestedReturnUrl(query, {
      appOrigin,
      referer: ctx.req.headers.get("referer"),
    });
    const preferences = parseLoginPreferences(query);
    if (preferences === undefined) {
      throw new AuthorizationError("bad-request", { returnUrl });
    }
    const { transaction, loginUrl } = await beginLogin({
      clientId,
      appOrigin,
      returnUrl,
      preferences,
    });
    await transactions.save(ctx.state.cookies, transaction, unixNow());
    return ctx.redirect(loginUrl);
  },
});
