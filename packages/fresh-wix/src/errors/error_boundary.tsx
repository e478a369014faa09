/**
 * The innermost step: turns whatever was thrown into an answer, so that every
 * outer step (cookies, headers) sees errors, 404s and 405s like other answers.
 *
 * @module
 */
import { type Context, HttpError } from "fresh";
import { ErrorPage } from "@/components/ErrorPage.tsx";
import { SendAgain } from "@/components/SendAgain.tsx";
import { config } from "../config/config.ts";
import { define, type State } from "@/lib/define.ts";
import { readForm } from "../http/form.ts";
import { mutableResponse } from "../http/mutable_response.ts";
import { AuthorizationError } from "../oauth/authorization_error.ts";
import { safeReturnUrl } from "../oauth/return_url.ts";
import { SessionError } from "../session/session_error.ts";
import { isRepeated } from "../wix/wix_error.ts";
import { describeError, type ErrorDescription } from "./describe_error.ts";

/** See the module. Must be the last of the root middlewares. */
export const errorBoundary = define.middleware(async (ctx) => {
  try {
    return mutableResponse(await ctx.next());
  } catch (error) {
    return await answerError(ctx, error);
  }
});

async function answerError(
  ctx: Context<State>,
  error: unknown,
): Promise<Response> {
  const { pathname } = ctx.url;
  const isPage = !pathname.startsWith("/api/") ||
    pathname.startsWith("/api/auth/");

  if (error instanceof SessionError && error.code === "login_required") {
    if (!isPage) return problem(describeError(new HttpError(401), "anybody"));
    return await sendAgain(ctx) ??
      ctx.redirect(loginUrl(pageUrl(ctx)), 303);
  }

  const reader = config.local ? "developer" : "anybody";
  const description = describeError(error, reader);
  const { status } = description;
  // Pages that are not found are no news, nor is what was logged just now.
  const expected = isRepeated(error) || status < 500 &&
      (error instanceof HttpError || error instanceof SessionError);
  const { log } = ctx.state;
  if (!expected) log.error = error;
  const reference = expected ? undefined : log.reference;
  if (!isPage) return problem(description, reference);

  ctx.state.title = description.title;
  const returnUrl = error instanceof AuthorizationError
    ? error.returnUrl
    : pageUrl(ctx);
  return await ctx.render(
    <ErrorPage
      description={description}
      reference={reference}
      retryUrl={returnUrl}
      loginUrl={loginUrl(returnUrl)}
    />,
    { status: description.status, headers: retryHeaders(ctx, description) },
  );
}

/**
 * Returns a page that keeps what a form was sent with, until somebody is logged
 * in again; `undefined` for what is no form. Only our own pages send forms, see
 * `resourceIsolation`.
 */
async function sendAgain(ctx: Context<State>): Promise<Response | undefined> {
  const { req, url } = ctx;
  if (req.method !== "POST") return undefined;
  const fields = await readForm(req).catch(() => undefined);
  if (fields === undefined) return undefined;
  ctx.state.title = "Error: You are no longer logged in";
  return await ctx.render(
    <SendAgain
      action={url.pathname.replace(/^\/+/, "/")}
      fields={fields}
      loginUrl={loginUrl(pageUrl(ctx))}
    />,
    { status: 401 },
  );
}

/** `Refresh` lets browsers come again by themselves, without JavaScript. */
function retryHeaders(
  { req }: Context<State>,
  { retryAfterSeconds }: ErrorDescription,
): HeadersInit {
  if (retryAfterSeconds === undefined) return {};
  const seconds = String(retryAfterSeconds);
  return req.method === "GET"
    ? { "Retry-After": seconds, Refresh: seconds }
    : { "Retry-After": seconds };
}

/**
 * Where to come back to; of a form's target that is the form's page. Two
 * slashes in front would be another host. A preview knows itself by the request
 * only, which is enough for a path.
 */
function pageUrl({ req, url }: Context<State>): string {
  return req.method === "GET"
    ? url.pathname.replace(/^\/+/, "/") + url.search
    : safeReturnUrl(
      req.headers.get("referer"),
      config.appOrigin ?? url.origin,
    );
}

function loginUrl(returnUrl: string): string {
  return `/api/auth/login?${new URLSearchParams({ returnToUrl: returnUrl })}`;
}

function problem(
  { status, title, detail, hint, retryAfterSeconds }: ErrorDescription,
  reference?: string | undefined,
): Response {
  return Response.json({ title, status, detail, hint, reference }, {
    status,
    headers: {
      "content-type": "application/problem+json",
      ...(retryAfterSeconds && { "retry-after": String(retryAfterSeconds) }),
    },
  });
}
