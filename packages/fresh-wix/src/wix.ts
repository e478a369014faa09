// The engine's interface for apps, and its options.

import type { Cookie } from "@std/http/cookie";
import type { members } from "@wix/members";
import type { ComponentType } from "preact";
import type { WixContext, WixStep } from "./context.ts";
import type { ErrorPageProps, ResubmitFormProps } from "./errors/pages.ts";
import type { OnError } from "./errors/report.ts";
import type { GatewayCall } from "./gateway/gateway.ts";
import type { CookieJar } from "./http/cookies.ts";
import type { RequestGuard } from "./http/request_guard.ts";
import type { AuthHandlers, MemberHook } from "./oauth/auth_handlers.ts";
import type { ImageUrl } from "./wix/media.ts";
import type { Shared } from "./wix/shared_data.ts";

/** Options of `createWix()`. */
export interface WixOptions {
  /** Looks up a setting. Default: the environment of this process. */
  readonly env?: (name: string) => string | undefined;
  /** Calls that islands may make, from `deno task gateway`. Default: none. */
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
  /** Called for unexpected errors, for example to report them. */
  readonly onError?: OnError;
}

/** The engine of one app: steps, handlers and helpers. */
export interface Wix extends AuthHandlers {
  /** Public origin, such as `https://shop.example`; `undefined` on a preview. */
  readonly appOrigin: string | undefined;

  /** `main.ts`: refuses unroutable requests, and sets the context. */
  readonly requestGuard: WixStep;
  /** `main.ts`: one log line per request. */
  readonly requestLog: WixStep;
  /** `main.ts`, after `staticFiles()`: 404 for missing files of the build. */
  readonly missingFile: WixStep;

  /** `routes/_middleware.ts`, first: security headers. */
  readonly securityHeaders: WixStep;
  /** `routes/_middleware.ts`, second: the Content Security Policy of pages. */
  readonly contentSecurityPolicy: WixStep;
  /** `routes/_middleware.ts`, third: blocks cross-site requests except links. */
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
   * @param slug Of the badge, such as `vip`.
   */
  requireBadge(slug: string): WixStep;
  /**
   * The same within a handler.
   * @throws {SessionError} `login_required` for a visitor, `badge_required` for
   * a member without the badge.
   */
  assertBadge(ctx: WixContext, slug: string): Promise<void>;

  /** Caches data that is the same for every user. */
  readonly shared: Shared;
  /** Calls a Wix API as the current user, for calls without the SDK. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Returns the request guard's refusal of a request, if any. */
  readonly refuse: RequestGuard;
  /** Ends the session with this response, without a logout at Wix. */
  endSession(ctx: WixContext): void;
  /** Stores a member's new name in the session; `undefined` changes nothing. */
  setMember(ctx: WixContext, member: members.Member | undefined): void;
  /** Logs an error that a route has handled; returns the reference to show. */
  report(ctx: WixContext, error: unknown): string;
  /** Returns the request's cookies, and those that the response will set. */
  cookies(ctx: WixContext): CookieJar;
  /** Prefix of the names of cookies, and attributes for `setCookie()`. */
  readonly cookieScope: { prefix: string; attributes: Partial<Cookie> };
  /** Returns the URL of a square version of a Wix image. */
  readonly imageUrl: ImageUrl;
  /**
   * Adds the engine to an app without route files: session and SDK client for
   * all routes, and the engine's own routes.
   */
  mount<A extends MountableApp>(app: A): A;
}

/**
 * Fresh's `App`, by shape: as properties, so that TypeScript refuses an app whose
 * `State` does not extend `WixState`.
 */
export interface MountableApp {
  /** Adds steps for all routes that follow. */
  readonly use:
    & ((...steps: WixStep[]) => unknown)
    & ((path: string, ...steps: WixStep[]) => unknown);
  /** Adds a route for GET and HEAD. */
  readonly get: (path: string, handler: WixStep) => unknown;
  /** Adds a route for POST. */
  readonly post: (path: string, handler: WixStep) => unknown;
  /** Adds a route for all methods. */
  readonly all: (path: string, handler: WixStep) => unknown;
}
