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
    return webMessage(values, allowedOrigins);
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
 * Posts the response to the window that frames this page. The SDK does not say
 * which origin that is; `frame-ancestors` keeps it to the allowed ones.
 */
function webMessage(
  values: Readonly<Record<string, string>>,
  allowedOrigins: readonly string[],
): Response {
  const message = JSON.stringify(values).replaceAll("<", "\\u003c");
  const script = new Html(`parent.postMessage(${message}, "*")`);
  const content = html`
    <p>You can close this page.</p>
    <script>${script}</script>
  `;
  const digest = createHash("sha256").update(script.text).digest("base64");
  return page("Done", content, {
    scriptSource: `'sha256-${digest}'`,
    frameAncestors: [
      "http://localhost:*",
      "http://127.0.0.1:*",
      ...allowedOrigins,
    ].join(" "),
  });
}
