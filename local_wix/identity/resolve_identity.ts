import type { HttpRequest } from "../http/http_request.ts";
import type { Tokens } from "../oauth/tokens.ts";
import type { Site } from "../seed/site.ts";
import type { Identity } from "./identity.ts";

/** Where credentials are looked up. */
export interface CredentialSources {
  readonly site: Site;
  readonly tokens: Tokens;
}

/** Who sends the request with these headers, as far as Wix can tell. */
export function resolveIdentity(
  headers: HttpRequest["headers"],
  { site, tokens }: CredentialSources,
): Identity {
  const credential = bareCredential(headers.get("authorization"));
  if (credential === site.apiKey) {
    // UNDOCUMENTED: an API key without, or with another site's, id. Local Wix
    // treats the caller as unknown, so that a missing header shows at once.
    const own = headers.get("wix-site-id") === site.siteId;
    return own ? { kind: "api_key" } : { kind: "none" };
  }
  return tokens.openAccess(credential) ?? { kind: "none" };
}

/** The SDK sends tokens raw, other clients with the `Bearer` scheme. */
function bareCredential(header: string | null): string {
  return (header ?? "").replace(/^bearer\s+/i, "").trim();
}
