/**
 * Wires the engine from the settings.
 *
 * @module
 */
import type { members } from "@wix/members";
import { LRUCache } from "lru-cache";
import type { ComponentType } from "preact";
import { readConfig } from "./config/read_config.ts";
import type { WixContext, WixStep } from "./context.ts";
import { createErrorBoundary } from "./errors/error_boundary.ts";
import type { ErrorPageProps, ResubmitFormProps } from "./errors/pages.ts";
import { createReport, type OnError } from "./errors/report.ts";
import { createGateway } from "./gateway/gateway.ts";
import type { GatewayCall } from "./gateway/match_call.ts";
import type { CookieJar } from "./http/cookies.ts";
import { createFlashes, type Flashes } from "./http/flash.ts";
import { missingFile } from "./http/missing_file.ts";
import {
  createRequestGuard,
  type RequestGuard,
  requestGuardStep,
} from "./http/request_guard.ts";
import { memberProfile } from "./members/member_profile.ts";
import { mount, type MountableApp } from "./mount.ts";
import {
  type AuthHandlers,
  createAuthHandlers,
  type MemberHook,
} from "./oauth/auth_handlers.ts";
import { createTokenEndpoint } from "./oauth/token_endpoint.ts";
import { createTransactionStore } from "./oauth/transaction.ts";
import { requestLog } from "./observe/request_log.ts";
import { getRecord, getSession } from "./request_record.ts";
import { contentSecurityPolicy, securityHeaders } from "./security/headers.ts";
import { resourceIsolation } from "./security/resource_isolation.ts";
import { assertBadge, requireBadge, requireMember } from "./session/guard.ts";
import { RequestSession } from "./session/request_session.ts";
import { createSeal } from "./session/seal.ts";
import { createSessionStep } from "./session/session_step.ts";
import {
  createSessionStore,
  type OpenedSession,
} from "./session/session_store.ts";
import { createAppTokens } from "./wix/app_tokens.ts";
import { createImageUrl, type ImageUrl } from "./wix/media.ts";
import { wixClient } from "./wix/middleware.ts";
import { currentContext } from "./wix/request_context.ts";
import { callerFetch, installSdkClients } from "./wix/sdk_clients.ts";
import { createWixFetch } from "./wix/wix_fetch.ts";

/** Options of {@link createWix}. */
export interface WixOptions {
  /** Looks a setting up. Default: the environment of this process. */
  readonly env?: (name: string) => string | undefined;
  /** What islands may call; `deno task gateway` lists it. Default nothing. */
  readonly gateway?: readonly GatewayCall[];
  /**
   * Directives of the Content Security Policy, such as `font-src 'self' data:`;
   * one of the same name replaces the default.
   */
  readonly contentSecurityPolicy?: readonly string[];
  /**
   * Page for all errors. Without it the engine's own errors have a plain page,
   * and all others go on to the app's `_error` and `_404`.
   */
  readonly errorPage?: ComponentType<ErrorPageProps>;
  /** Page that keeps a form while the member logs in again. Default plain. */
  readonly resubmitForm?: ComponentType<ResubmitFormProps>;
  /** Called after a login, as the member; a failure is only logged. */
  readonly onLogin?: MemberHook;
  /** Called before a logout, as the member; a failure is only logged. */
  readonly onLogout?: MemberHook;
  /** Called for errors that are worth a look, for example to send them on. */
  readonly onError?: OnError;
}

/** The engine of one app: steps, handlers and helpers. */
export interface Wix extends AuthHandlers {
  /** Public origin, such as `https://shop.example`; `undefined` on a preview. */
  readonly appOrigin: string | undefined;

  /** `main.ts`: refuses what no route could take, and opens the async scope. */
  readonly requestGuard: WixStep;
  /** `main.ts`: one log line per request. */
  readonly requestLog: WixStep;
  /** `main.ts`, after `staticFiles()`: 404 for missing files of the build. */
  readonly missingFile: WixStep;

  /** `routes/_middleware.ts`, first: headers that narrow what browsers do. */
  readonly securityHeaders: WixStep;
  /** `routes/_middleware.ts`, second: the Content Security Policy of pages. */
  readonly contentSecurityPolicy: WixStep;
  /** `routes/_middleware.ts`, third: blocks cross-site requests but links. */
  readonly resourceIsolation: WixStep;
  /** `routes/_middleware.ts`, fourth: sets `ctx.state.session`. */
  readonly session: WixStep;
  /** `routes/_middleware.ts`, fifth: SDK calls run as the current user. */
  readonly client: WixStep;
  /** `routes/_middleware.ts`, last: turns errors into responses. */
  readonly errorBoundary: WixStep;

  /** Handler of `/api/wix/[...path]`, for calls of islands. */
  readonly gateway: WixStep;

  /** Guard of a folder: for members only. */
  requireMember(): WixStep;
  /**
   * Guard of a folder: for members with a badge, checked with Wix each time.
   *
   * @param slug Of the badge, such as `vip`.
   */
  requireBadge(slug: string): WixStep;
  /**
   * The same within a handler.
   *
   * @throws {SessionError} `login_required` for a visitor, `badge_required` for
   * a member without the badge.
   */
  assertBadge(ctx: WixContext, slug: string): Promise<void>;

  /** Calls a Wix API as the current user, for calls without the SDK. */
  readonly fetch: typeof fetch;
  /** Returns the response that the request guard refuses a request with. */
  readonly refuse: RequestGuard;
  /** Ends the session with this response, without a logout at Wix. */
  endSession(ctx: WixContext): void;
  /** Keeps a member's new name in the session; `undefined` changes nothing. */
  setMember(ctx: WixContext, member: members.Member | undefined): void;
  /** Logs an error that a route dealt with; returns the reference to show. */
  report(ctx: WixContext, error: unknown): string;
  /** Returns the request's cookies, and those that the response will set. */
  cookies(ctx: WixContext): CookieJar;
  /** Messages that a form leaves for the next page. */
  readonly flashes: Flashes;
  /** Returns the URL of a square of an image of Wix's. */
  readonly imageUrl: ImageUrl;
  /**
   * Adds the engine to an app without route files: session and SDK client for
   * all routes, and the engine's own routes.
   */
  mount<A extends MountableApp>(app: A): A;
}

/**
 * Returns the engine of an app, and makes every `@wix/*` SDK module work in its
 * handlers, pages and steps as the current user. Call it once per process: the
 * SDK has one place for its clients.
 *
 * @throws {ConfigError} when a setting is missing or wrong.
 */
export function createWix(options: WixOptions = {}): Wix {
  const config = readConfig(options.env);
  const { appOrigin, developerHints, elevated, wixApiOrigin } = config;
  const cookieOptions = {
    seal: createSeal(config),
    secureCookies: config.secureCookies,
  };
  const now = () => Math.floor(Date.now() / 1000);
  const report = createReport(options.onError);

  const wixFetch = createWixFetch({
    wixApiOrigin,
    onCall: (call) => currentContext()?.calls.push(call),
  });
  const tokenEndpoint = createTokenEndpoint({
    clientId: config.clientId,
    wixFetch,
    now,
  });
  installSdkClients({
    wixFetch,
    elevated,
    appTokens: createAppTokens({
      now,
      request: async () => {
        if (elevated?.kind !== "app") {
          throw new TypeError("Cannot elevate: there is no client secret");
        }
        return await tokenEndpoint.clientCredentials(elevated);
      },
    }),
  });
  const fetchAsUser = callerFetch(wixFetch);

  // A copy of a cookie outlives its session. Other processes do not know, and
  // hear it from Wix.
  const endedSessions = new LRUCache<string, true>({ max: 10_000 });
  const createRequestSession = (
    opened?: OpenedSession,
    onUse?: () => void,
  ) => {
    const isOver = endedSessions.has(opened?.session?.id ?? "");
    return new RequestSession(isOver ? undefined : opened?.session, {
      expiresAt: opened?.expiresAt,
      tokenEndpoint,
      now,
      onEnd: (id) => endedSessions.set(id, true),
      ...(onUse !== undefined && { onUse }),
    });
  };

  const gateway = createGateway({
    calls: options.gateway ?? [],
    appOrigin,
    developerHints,
    send: fetchAsUser,
  });
  const refuse = createRequestGuard(appOrigin);

  const wix: Wix = {
    appOrigin,
    requestGuard: requestGuardStep(refuse),
    requestLog: requestLog(config),
    missingFile,
    securityHeaders: securityHeaders(config),
    contentSecurityPolicy: contentSecurityPolicy(
      config,
      options.contentSecurityPolicy,
    ),
    resourceIsolation: resourceIsolation(config),
    session: createSessionStep({
      store: createSessionStore(cookieOptions),
      createRequestSession,
      now,
    }),
    client: wixClient,
    errorBoundary: createErrorBoundary({
      appOrigin,
      developerHints,
      report,
      errorPage: options.errorPage,
      resubmitForm: options.resubmitForm,
    }),
    ...createAuthHandlers({
      config,
      tokenEndpoint,
      transactions: createTransactionStore(cookieOptions),
      createVisitor: () => createRequestSession(),
      report,
      onLogin: options.onLogin,
      onLogout: options.onLogout,
      now,
    }),
    gateway: (ctx) =>
      gateway(ctx.req, (failure) => {
        report(ctx, failure);
      }),
    requireMember: () => requireMember,
    requireBadge,
    assertBadge,
    fetch: fetchAsUser,
    refuse,
    endSession: (ctx) => getSession(ctx).logOut(),
    setMember(ctx, member) {
      const session = getSession(ctx);
      const profile = memberProfile(member);
      // Else the cookie stays as it is.
      if (profile && profile.name !== session.member?.name) {
        session.setMember(profile);
      }
    },
    report,
    cookies: (ctx) => getRecord(ctx).jar,
    flashes: createFlashes(config),
    imageUrl: createImageUrl(wixApiOrigin),
    mount: (app) => mount(app, wix),
  };
  return wix;
}
