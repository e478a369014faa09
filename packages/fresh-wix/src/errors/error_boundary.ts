// The innermost step: turns thrown errors into responses, so that the outer
// steps (cookies, headers) handle errors, 404s and 405s like others.

import { type ComponentType, h } from "preact";
import { HttpError } from "fresh";
import type { Config } from "../config/read_config.ts";
import type { WixContext, WixStep } from "../context.ts";
import { readForm } from "../http/form.ts";
import { mutableResponse } from "../http/responses.ts";
import { AuthorizationError } from "../oauth/authorization_error.ts";
import { safeReturnUrl } from "../oauth/return_url.ts";
import { isSameOrigin } from "../security/resource_isolation.ts";
import { SessionError } from "../session/session_error.ts";
import { isRepeated } from "../wix/wix_error.ts";
import {
  describeError,
  type ErrorDescription,
  isOwnError,
} from "./describe_error.ts";
import {
  type ErrorPageProps,
  PlainErrorPage,
  PlainResubmitForm,
  type ResubmitFormProps,
} from "./pages.ts";
import type { Report } from "./report.ts";

/** What {@link createErrorBoundary} needs. */
export interface ErrorBoundaryOptions
  extends Pick<Config, "appOrigin" | "developerHints"> {
  readonly report: Report;
  readonly errorPage?: ComponentType<ErrorPageProps>;
  readonly resubmitForm?: ComponentType<ResubmitFormProps>;
}

/**
 * Returns the step; it must be the last of the root steps. Without an error page
 * of the app the engine's errors have a plain one, and all others go on to the
 * app's own `_error` and `_404`.
 */
export function createErrorBoundary(
  { appOrigin, developerHints, errorPage, report, resubmitForm }:
    ErrorBoundaryOptions,
): WixStep {
  async function errorResponse(
    ctx: WixContext,
    error: unknown,
  ): Promise<Response> {
    const { pathname } = ctx.url;
    const isPage = !pathname.startsWith("/api/") ||
      pathname.startsWith("/api/auth/");
    // Two slashes in front would be another host.
    const pageUrl = ctx.req.method === "GET"
      ? pathname.replace(/^\/+/, "/") + ctx.url.search
      : undefined;
    // For a form's target that is the form's page.
    const returnUrl = safeReturnUrl(
      pageUrl ?? ctx.req.headers.get("referer"),
      appOrigin ?? ctx.url.origin,
    );

    if (error instanceof SessionError && error.code === "login_required") {
      if (!isPage) return problem(describeError(error));
      // A form of another site must not become one of ours.
      const isOwnForm = isSameOrigin(ctx.req.headers, appOrigin);
      return isOwnForm && await formToResubmit(ctx, returnUrl, resubmitForm) ||
        ctx.redirect(loginUrl(returnUrl), 303);
    }
    if (errorPage === undefined && !isOwnError(error)) throw error;

    const description = describeError(error, { developerHints });
    const { status, title } = description;
    // Not worth a look: a page that does not exist, what was just logged.
    const isExpected = isRepeated(error) || status < 500 &&
        (error instanceof HttpError ||
          error instanceof SessionError && error.code === "badge_required");
    const reference = isExpected ? undefined : report(ctx, error);
    if (!isPage) return problem(description, reference);

    ctx.state.title = title;
    const retryUrl = error instanceof AuthorizationError
      ? error.returnUrl
      : pageUrl ?? returnUrl;
    const page = { description, reference, retryUrl };
    const props = { ...page, loginUrl: loginUrl(retryUrl) };
    return await ctx.render(h(errorPage ?? PlainErrorPage, props), { status });
  }

  return async (ctx) => {
    try {
      return mutableResponse(await ctx.next());
    } catch (error) {
      return await errorResponse(ctx, error);
    }
  };
}

// Returns a page that keeps what a form was sent with until the member has
// logged in again; `undefined` for what is no form.
async function formToResubmit(
  ctx: WixContext,
  returnUrl: string,
  page = PlainResubmitForm,
): Promise<Response | undefined> {
  if (ctx.req.method !== "POST") return undefined;
  const fields = await readForm(ctx.req).catch(() => undefined);
  if (fields === undefined) return undefined;
  ctx.state.title = "Error: You are no longer logged in";
  const action = ctx.url.pathname.replace(/^\/+/, "/");
  return await ctx.render(
    h(page, { action, fields, loginUrl: loginUrl(returnUrl) }),
    { status: 401 },
  );
}

function loginUrl(returnUrl: string): string {
  return `/api/auth/login?${new URLSearchParams({ returnToUrl: returnUrl })}`;
}

function problem(
  { status, title, detail, hint }: ErrorDescription,
  reference?: string,
): Response {
  return Response.json({ title, status, detail, hint, reference }, {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}
