import * as v from "valibot";
import { optionalText, requiredText, validate } from "../http/validate.ts";

/** How the browser is sent back: see OAuth 2.0 Multiple Response Types. */
export type ResponseMode = "query" | "fragment" | "web_message";

/** How the login page treats an earlier login. */
export type Prompt = "login" | "none" | "consent" | "select_account";

/** An authorization request: well-formed, but not yet authorized. */
export interface AuthRequest {
  readonly clientId: string;
  /** Absent with `web_message` only. */
  readonly redirectUri?: string | undefined;
  readonly codeChallenge: string;
  readonly responseMode: ResponseMode;
  readonly state?: string | undefined;
  readonly prompt?: Prompt | undefined;
  /** From a custom login. */
  readonly sessionToken?: string | undefined;
  /** The id of the connection to an identity provider, such as Google's. */
  readonly idp?: string | undefined;
  /** Whether the scope includes a refresh token. */
  readonly refreshable: boolean;
}

const AUTH = v.object({
  prompt: v.nullish(
    v.union([
      v.pipe(v.literal(""), v.transform(() => undefined)),
      v.picklist(["login", "none", "consent", "select_account"]),
    ]),
  ),
  authRequest: v.object({
    clientId: requiredText,
    redirectUri: optionalText,
    responseType: v.literal("code"),
    responseMode: v.nullish(
      v.picklist(["query", "fragment", "web_message"]),
      "query",
    ),
    codeChallenge: requiredText,
    codeChallengeMethod: v.literal("S256"),
    state: optionalText,
    sessionToken: optionalText,
    idp: optionalText,
    scope: v.nullish(v.string(), ""),
  }),
});

/** The authorization request in the `auth` part of a redirect session. */
export function readAuthRequest(auth: unknown): AuthRequest {
  const { prompt, authRequest } = validate(AUTH, auth, "auth");
  const { scope, responseType: _, codeChallengeMethod: __, ...request } =
    authRequest;
  if (request.responseMode !== "web_message") {
    const field = "auth.authRequest.redirectUri";
    validate(requiredText, request.redirectUri, field);
  }
  const refreshable = scope.split(/\s+/).includes("offline_access");
  return { ...request, prompt: prompt ?? undefined, refreshable };
}
