import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/lib/oauth/authorization_error.ts";
import { completeLogin, currentMemberProfile } from "@/lib/oauth/login.ts";
import { loginOrigin } from "@/lib/oauth/login_origin.ts";
import { absoluteReturnUrl } from "@/lib/oauth/return_url.ts";
import { tokenEndpoint, transactions, unixNow } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { cookies, session } = ctx.state;
    const appOrigin = loginOrigin(config);
    const query = ctx.url.searchParams;
    const [state = "", ...more] = query.getAll("state");
    const transaction = more.length === 0
      ? await transactions.take(cookies, state, unixNow())
      : undefined;
    if (transaction === undefined) throw new AuthorizationError("expired");

    const tokens = await completeLogin(query, transaction, tokenEndpoint);
    if (tokens !== undefined) {
      session.signIn(tokens);
      session.remember(await currentMemberProfile());
    }
    return ctx.redirect(absoluteReturnUrl(transaction.returnUrl, appOrigin));
  },
});
