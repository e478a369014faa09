import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/packages/fresh-wix/src/oauth/authorization_error.ts";
import {
  completeLogin,
  currentMemberProfile,
} from "@/packages/fresh-wix/src/oauth/login.ts";
import { loginOrigin } from "@/packages/fresh-wix/src/oauth/login_origin.ts";
import { absoluteReturnUrl } from "@/packages/fresh-wix/src/oauth/return_url.ts";
import {
  tokenEndpoint,
  transactions,
  unixNow,
} from "@/packages/fresh-wix/src/create_wix.ts";

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
