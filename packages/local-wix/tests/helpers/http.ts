import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type LocalWix, SITE } from "../../src/mod.ts";
import { Browser } from "./browser.ts";

/** A redirect URI that local Wix allows. */
export const REDIRECT_URI = "http://localhost:8000/callback";

/** A PKCE verifier and its challenge. */
const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

/** A response with its JSON body. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends JSON (or a form, when `body` is one) to local Wix. */
export async function post(
  wix: LocalWix,
  path: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<Reply> {
  const payload = body instanceof URLSearchParams ? body : JSON.stringify(body);
  const init = { method: "POST", body: payload, headers };
  return await readReply(await fetch(wix.origin + path, init));
}

/** Requests `path` of local Wix. */
export async function get(
  wix: LocalWix,
  path: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return await readReply(await fetch(wix.origin + path, { headers }));
}

async function readReply(response: Response): Promise<Reply> {
  const { status, headers } = response;
  return { status, headers, body: await response.json() };
}

/** The value at a dotted path of a JSON body. */
export function at(body: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(
    (value, name) => Object(value)[name],
    body,
  );
}

/** The text at a dotted path of a JSON body; throws when there is none. */
export function textAt(body: unknown, path: string): string {
  const value = at(body, path);
  if (typeof value === "string") return value;
  throw new TypeError(`No text at ${path} of ${JSON.stringify(body)}`);
}

/** An access and a refresh token. */
export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
}

/** Calls the token endpoint with the site's client id. */
export function token(
  wix: LocalWix,
  fields: Record<string, unknown>,
): Promise<Reply> {
  return post(wix, "/oauth2/token", { clientId: SITE.clientId, ...fields });
}

/** The tokens in a reply of the token endpoint. */
export function tokensIn({ body }: Reply): TokenPair {
  const access = textAt(body, "access_token");
  return { access, refresh: textAt(body, "refresh_token") };
}

/** A new visitor's tokens. */
export async function visitorTokens(wix: LocalWix): Promise<TokenPair> {
  return tokensIn(await token(wix, { grantType: "anonymous" }));
}

/** An access token of the app itself. */
export async function appToken(wix: LocalWix): Promise<string> {
  const { clientSecret: client_secret, instanceId: instance_id } = SITE;
  const fields = { client_secret, instance_id };
  const grantType = "client_credentials";
  const { body } = await token(wix, { grantType, ...fields });
  return textAt(body, "access_token");
}

/** Refreshes tokens. */
export function refresh(wix: LocalWix, refreshToken: string): Promise<Reply> {
  return token(wix, { grantType: "refresh_token", refreshToken });
}

/** A well-formed authorization request, with `changes`. */
export function authRequest(changes: Record<string, unknown> = {}) {
  return {
    clientId: SITE.clientId,
    redirectUri: REDIRECT_URI,
    responseType: "code",
    responseMode: "query",
    codeChallenge: CHALLENGE,
    codeChallengeMethod: "S256",
    scope: "offline_access",
    state: "a-state",
    ...changes,
  };
}

/** The URL of a hosted page for `body`, requested with `access` or as a visitor. */
export async function pageUrl(
  wix: LocalWix,
  body: Record<string, unknown>,
  access?: string,
): Promise<string> {
  const authorization = access ?? (await visitorTokens(wix)).access;
  const path = "/headless/v1/redirect-session";
  const { body: reply } = await post(wix, path, body, { authorization });
  return textAt(reply, "redirectSession.fullUrl");
}

/** What the login form sends for an account. */
export function loginForm(email = "ann@demo.example") {
  return { email, password: "anything", action: "login" };
}

/** An authorization code of a member and what is needed to exchange it. */
export async function codeGrant(
  wix: LocalWix,
  email?: string,
  changes: Record<string, unknown> = {},
  access?: string,
) {
  const auth = { authRequest: authRequest(changes) };
  const url = await pageUrl(wix, { auth }, access);
  const page = await new Browser().submit(url, loginForm(email));
  const code = new URL(page.location ?? "").searchParams.get("code") ?? "";
  return {
    grantType: "authorization_code",
    code,
    codeVerifier: VERIFIER,
    redirectUri: REDIRECT_URI,
  };
}

/** The tokens of a member who has just logged in. */
export async function memberTokens(
  wix: LocalWix,
  email?: string,
): Promise<TokenPair> {
  return tokensIn(await token(wix, await codeGrant(wix, email)));
}

/** What an access token says about its holder. */
export function claims(access: string): unknown {
  const payload = access.split(".")[3] ?? "";
  const { data } = JSON.parse(Buffer.from(payload, "base64url").toString());
  return JSON.parse(data).instance;
}

/** Resolves when a request for `route` has reached local Wix. */
export async function arrival(wix: LocalWix, route: string): Promise<void> {
  while (!wix.controls.counters.routes[route]) {
    await get(wix, "/_local/counters");
  }
}

/** A connection to local Wix over which `text` has been sent as it is. */
export async function rawConnection(
  wix: LocalWix,
  text: string,
): Promise<Deno.TcpConn> {
  const port = Number(new URL(wix.origin).port);
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(text));
  return connection;
}

/** All bytes that local Wix sends over a connection before closing it. */
export async function rawResponse(
  wix: LocalWix,
  text: string,
): Promise<string> {
  const connection = await rawConnection(wix, text);
  return await new Response(connection.readable).text();
}
