/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { createHash } from "node:crypto";
import { redirect } from "../http/response.ts";
import type { AuthRequest } from "./auth_request.ts";
import { page, Raw } from "./layout.tsx";

/** What the login page tells the client, apart from `state`. */
export type AuthorizationResult =
  | { readonly code: string }
  | {
    readonly error: "access_denied" | "login_required";
    readonly error_description: string;
  };

/** Sends an authorization response to the client, in the mode it requested. */
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

/**
 * Posts the response to the window that has opened or frames this page, at the
 * origin of the redirect URI. The SDK's direct login names none: then only a
 * frame gets the message, and `frame-ancestors` limits it to allowed origins.
 */
function webMessage(
  values: Readonly<Record<string, string>>,
  redirectUri: string | undefined,
  allowedOrigins: readonly string[],
): Response {
  const message = literal(values);
  const origin = redirectUri && new URL(redirectUri).origin;
  const script = origin
    ? `(opener ?? parent).postMessage(${message}, ${literal(origin)})`
    : `parent.postMessage(${message}, "*")`;
  const digest = createHash("sha256").update(script).digest("base64");
  const local = ["http://localhost:*", "http://127.0.0.1:*"];
  return page(
    "Done",
    <>
      <p>You can close this page.</p>
      <Raw as="script" text={script} />
    </>,
    {
      scriptSource: `'sha256-${digest}'`,
      frameAncestors: origin ?? [...local, ...allowedOrigins].join(" "),
    },
  );
}

/** `value` as a JavaScript literal that cannot end a script element. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
