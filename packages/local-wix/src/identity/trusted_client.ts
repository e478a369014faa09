import { unauthenticated } from "../http/errors.ts";
import type { HttpRequest } from "../http/http_request.ts";
import type { TokenHolder } from "./identity.ts";
import type { CredentialSources } from "./resolve_identity.ts";

/**
 * Whose token a server sends next to its API key, as
 * `Authorization: <access token>,<API key>`; throws unless both are good.
 */
export function requireTrustedClient(
  headers: HttpRequest["headers"],
  { site, tokens }: CredentialSources,
): TokenHolder {
  const header = headers.get("authorization") ?? "";
  const [token = "", apiKey] = header.split(",").map((part) => part.trim());
  const holder = tokens.openAccess(token);
  if (holder && apiKey === site.apiKey) return holder;
  throw unauthenticated("This call needs an access token and an API key");
}
