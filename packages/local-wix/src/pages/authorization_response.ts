import { createHash } from "node:crypto";
import { Html, html } from "../http/html.ts";
import type { AuthRequest } from "../redirects/auth_request.ts";
import { page } from "./layout.ts";

/** What the login page tells the client, apart from `state`. */
export type AuthorizationResult =
  | { readonly code: string }
  | {
    readonly error: "access_denied" | "login_required";
    readonly error_description: string;
  };

/** Sends an authorization response to the client, in the mode it asked for. */
export function authorizationResponse(
  request: AuthRequest,
  result: AuthorizationResult,
  allowedOrigins: readonly string[],
): Response {
  const { state, redirectUri, responseMode } = request;
  const values = { ...result, ...(state && { state }) };
  if (responseMode === "web_message" || !redirectUri) {
    return webMessage(values, redirectUri, allowedOrigins);
  }
  const target = new URL(redirectUri);
  const params = new URLSearchParams(values);
  if (responseMode === "fragment") target.hash = params.toString();
  else params.forEach((value, name) => target.searchParams.set(name, value));
  return redirect(target.href);
}

/** 303, so that the form's POST ends in a GET, with mutable headers. */
export function redirect(location: string): Response {
  const headers = { location, "cache-control": "no-store" };
  return new Response(null, { status: 303, headers });
}

/**
 * Posts the response to the window that has opened or frames this page, at the
 * origin of the redirect URI. The SDK's direct login names none: then only a
 * frame gets an answer, and `frame-ancestors` keeps it to the allowed origins.
 */
function webMessage(
  values: Readonly<Record<string, string>>,
  redirectUri: string | undefined,
  allowedOrigins: readonly string[],
): Response {
  const message = literal(values);
  const origin = redirectUri && new URL(redirectUri).origin;
  const script = new Html(
    origin
      ? `(opener ?? parent).postMessage(${message}, ${literal(origin)})`
      : `parent.postMessage(${message}, "*")`,
  );
  const content = html`
    <p>You can close this page.</p>
    <script>${script}</script>
  `;
  const digest = createHash("sha256").update(script.text).digest("base64");
  return page("Done", content, {
    scriptSource: `'sha256-${digest}'`,
    frameAncestors: origin ?? [
      "http://localhost:*",
      "http://127.0.0.1:*",
      ...allowedOrigins,
    ].join(" "),
  });
}

/** `value` as a JavaScript literal that cannot end a script element. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
