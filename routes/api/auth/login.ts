import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/lib/oauth/authorization_error.ts";
import { beginLogin, parseLoginPreferences } from "@/lib/oauth/login.ts";
import { requestedReturnUrl } from "@/lib/oauth/return_url.ts";
import { createRequestSession, transactions, unixNow } from "@/lib/wix.ts";
import { runAs } from "@/lib/wix/request_scope.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { cookies, session } = ctx.state;
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
    // As the visitor they are, who may have a cart. A member's session may
    // have ended at Wix, which is a reason to log in: as nobody in particular,
    // and what they have is kept until the login succeeds.
    const asker = session.kind === "visitor" ? session : createRequestSession();
    const { transaction, loginUrl } = await runAs(
      asker,
      () => beginLogin({ clientId, appOrigin, returnUrl, preferences }),
    );
    await transactions.save(cookies, transaction, unixNow());
    return ctx.redirect(loginUrl);
  },
});
