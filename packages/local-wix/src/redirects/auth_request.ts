import { invalidField } from "../http/errors.ts";
import { objectIn, textIn } from "../http/parse.ts";

const RESPONSE_MODES = ["query", "fragment", "web_message"] as const;
const PROMPTS = ["login", "none", "consent", "select_account"] as const;

/** How the browser is sent back: see OAuth 2.0 Multiple Response Types. */
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** What the login page is asked to do about an earlier login. */
export type Prompt = (typeof PROMPTS)[number];

/** An authorization request, well-formed but not yet judged. */
export interface AuthRequest {
  readonly clientId: string;
  /** Absent with `web_message` only. */
  readonly redirectUri: string | undefined;
  readonly codeChallenge: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
  readonly prompt: Prompt | undefined;
  /** What a custom login has answered. */
  readonly sessionToken: string | undefined;
  /** The id of the connection to an identity provider, such as Google's. */
  readonly idp: string | undefined;
  /** Whether the scope asks for a refresh token. */
  readonly refreshable: boolean;
}

/** The authorization request in the `auth` part of a redirect session. */
export function readAuthRequest(auth: unknown): AuthRequest {
  const { prompt, authRequest } = objectIn(auth, "auth");
  const request = objectIn(authRequest, "auth.authRequest");
  const required = (name: string) => {
    const value = textIn(request[name]);
    if (value) return value;
    const field = `auth.authRequest.${name}`;
    throw invalidField(field, `${name} is required`, "REQUIRED_FIELD");
  };
  if (required("responseType") !== "code") {
    throw invalidField("auth.authRequest.responseType", "Only code works");
  }
  const responseMode = oneOf(
    RESPONSE_MODES,
    textIn(request.responseMode) ?? "query",
    "auth.authRequest.responseMode",
  );
  const codeChallenge = required("codeChallenge");
  oneOf(
    ["S256"] as const,
    required("codeChallengeMethod"),
    "auth.authRequest.codeChallengeMethod",
  );
  const wantsPage = responseMode !== "web_message";
  const scope = textIn(request.scope) ?? "";
  return {
    clientId: required("clientId"),
    redirectUri: wantsPage
      ? required("redirectUri")
      : textIn(request.redirectUri),
    codeChallenge,
    responseMode,
    state: textIn(request.state),
    prompt: textIn(prompt)
      ? oneOf(PROMPTS, textIn(prompt), "auth.prompt")
      : undefined,
    sessionToken: textIn(request.sessionToken),
    idp: textIn(request.idp),
    refreshable: scope.split(/\s+/).includes("offline_access"),
  };
}

function oneOf<T extends string>(
  choices: readonly T[],
  value: string | undefined,
  field: string,
): T {
  const choice = choices.find((item) => item === value);
  if (choice) return choice;
  throw invalidField(field, `${field} must be one of ${choices.join(", ")}`);
}
