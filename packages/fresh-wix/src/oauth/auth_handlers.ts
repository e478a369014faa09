// The handlers of `/api/auth/*`: start and end of logins and logouts.

import type { Config } from "../config/read_config.ts";
import type { WixContext, WixStep } from "../context.ts";
import type { Report } from "../errors/report.ts";
import { refuseUnlessNavigation } from "../http/navigation.ts";
import { getRecord, getSession } from "../request_record.ts";
import {
  RequestSession,
  type RequestSessionOptions,
} from "../session/request_session.ts";
import type { MemberProfile } from "../session/session.ts";
import { runWithSession } from "../wix/request_context.ts";
import { AuthorizationError } from "./authorization_error.ts";
import {
  beginLogin,
  beginLogout,
  completeLogin,
  currentMemberProfile,
  parseLoginPreferences,
} from "./login.ts";
import { requestedReturnUrl, safeReturnUrl } from "./return_url.ts";
import type { TokenEndpoint } from "./token_endpoint.ts";
import type { TransactionStore } from "./transaction.ts";

/** The app's hooks for login and logout. */
export type MemberHook = (
  member: MemberProfile,
  ctx: WixContext,
) => void | Promise<void>;

export interface AuthHandlersOptions extends RequestSessionOptions {
  readonly config: Pick<Config, "appOrigin" | "clientId" | "wixApiOrigin">;
  readonly tokenEndpoint: TokenEndpoint;
  readonly transactions: TransactionStore;
  readonly report: Report;
  readonly onLogin?: MemberHook;
  readonly onLogout?: MemberHook;
}

/** The handlers, as `handler` of a route. */
export interface AuthHandlers {
  readonly login: { readonly GET: WixStep };
  readonly callback: { readonly GET: WixStep };
  readonly logout: { readonly POST: WixStep };
  readonly logoutCallback: { readonly GET: WixStep };
}

/** Returns the handlers of an app. */
export function createAuthHandlers(
  options: AuthHandlersOptions,
): AuthHandlers {
  const { config, now, report, tokenEndpoint, transactions } = options;
  /** The public origin, used for all URLs of a login. */
  const loginOrigin = () => {
    const { appOrigin } = config;
    if (appOrigin === undefined) throw new AuthorizationError("login_disabled");
    return appOrigin;
  };

  /** A hook that fails must not undo a login. */
  const runHook = async (hook: MemberHook | undefined, ctx: WixContext) => {
    const { session } = ctx.state;
    if (hook === undefined || session.kind !== "member") return;
    await Promise.try(hook, session.member, ctx)
      .catch((error) => report(ctx, error));
  };

  async function login(ctx: WixContext): Promise<Response> {
    const refusal = refuseUnlessNavigation(ctx.req);
    if (refusal !== undefined) return refusal;
    const query = ctx.url.searchParams;
    const appOrigin = loginOrigin();
    const referer = ctx.req.headers.get("referer");
    const returnUrl = requestedReturnUrl(query, { appOrigin, referer });
    const preferences = parseLoginPreferences(query);
    if (preferences === undefined) {
      throw new AuthorizationError("invalid_request", { returnUrl });
    }
    const begin = () =>
      beginLogin({ ...config, appOrigin }, { returnUrl, preferences });
    // A visitor's login is requested with their session, so that they keep their
    // cart. A member's may have ended at Wix: their login is requested with a new
    // visitor's, and they keep theirs until it succeeds.
    const { transaction, loginUrl } = getSession(ctx).kind === "visitor"
      ? await begin()
      : await runWithSession(new RequestSession(undefined, options), begin);
    await transactions.save(getRecord(ctx).jar, transaction, {
      now: now(),
      // Perhaps no user wanted it: their own logins come first.
      crossSite: !!ctx.req.headers.get("sec-fetch-site")?.endsWith("-site"),
    });
    return ctx.redirect(loginUrl);
  }

  async function callback(ctx: WixContext): Promise<Response> {
    const refusal = refuseUnlessNavigation(ctx.req);
    if (refusal !== undefined) return refusal;
    const appOrigin = loginOrigin();
    const query = ctx.url.searchParams;
    const [state = "", ...more] = query.getAll("state");
    const transaction = more.length === 0
      ? await transactions.take(getRecord(ctx).jar, state, now())
      : undefined;
    if (transaction === undefined) {
      throw new AuthorizationError("transaction_missing");
    }

    const wix = { ...config, tokenEndpoint };
    const tokens = await completeLogin(query, transaction, wix);
    if (tokens !== undefined) {
      const session = getSession(ctx);
      session.logIn(tokens);
      session.setMember(await currentMemberProfile());
      await runHook(options.onLogin, ctx);
    }
    return ctx.redirect(appOrigin + transaction.returnUrl);
  }

  async function logout(ctx: WixContext): Promise<Response> {
    const appOrigin = loginOrigin();
    // Not the page they were on: that may be one for members.
    const from = { appOrigin, referer: null };
    const returnUrl = requestedReturnUrl(ctx.url.searchParams, from);
    const session = getSession(ctx);
    if (session.kind === "visitor") return ctx.redirect(appOrigin + returnUrl);
    await runHook(options.onLogout, ctx);
    const app = { ...config, appOrigin };
    const logoutUrl = await beginLogout(app, returnUrl);
    session.logOut();
    return ctx.redirect(logoutUrl);
  }

  /** Changes nothing: the session ended before the redirect to Wix. */
  // deno-lint-ignore require-await -- so that what it throws is rejected
  async function logoutCallback(ctx: WixContext): Promise<Response> {
    const appOrigin = loginOrigin();
    const values = ctx.url.searchParams.getAll("returnTo");
    return ctx.redirect(appOrigin + safeReturnUrl(values, appOrigin));
  }

  return {
    login: { GET: login },
    callback: { GET: callback },
    logout: { POST: logout },
    logoutCallback: { GET: logoutCallback },
  };
}
