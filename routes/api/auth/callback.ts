import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { AuthorizationError } from "@/packages/fresh-wix/src/oauth/authorization_error.ts";
import {
  completeLogin,
  currentMemberProfile,
} from "@/packages/fresh-wix/src/oauth/login.ts";
import { loginOrigin } from "@/packages/fresh-wix/src/oauth/login_origin.ts";
import { refuseUnlessNavigation } from "@/packages/fresh-wix/src/oauth/navigation.ts";
import { absoluteReturnUrl } from "@/packages/fresh-wix/src/oauth/return_url.ts";
import {
  tokenEndpoint,
  transactions,
  unixNow,
} from "@/packages/fresh-wix/src/create_wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const refusal = refuseUnlessNavigation(ctx.req);
    if (refusal !== undefined) return refusal;
    const { cookies, session } = ctx.state;
    const appOrigin = loginOrigin(config);
    const query = ctx.url.searchParams;
    const [state = "", ...more] = query.getAll("state");
    const transaction = more.length === 0
      ? await transactions.take(cookies, state, unixNow())
      : undefined;
    if (transaction === undefined) {
      throw new AuthorizationError("transaction_missing");
    }

    const tokens = await completeLogin(query, transaction, {
      ...config,
      tokenEndpoint,
    });
    if (tokens !== undefined) {
      session.logIn(tokens);
      session.setMember(await currentMemberProfile());
    }
    return ctx.redirect(absoluteReturnUrl(transaction.returnUrl, appOrigin));
  },
});
