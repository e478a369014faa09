import type { HttpRequest } from "../http/http_request.ts";
import { loginRefusal } from "../members/login_refusal.ts";
import type { Tokens } from "../oauth/tokens.ts";
import type { Site } from "../seed/site.ts";
import type { Store } from "../store.ts";
import type { Identity, TokenHolder } from "./identity.ts";

/** Where credentials are looked up. */
export interface CredentialSources {
  readonly site: Site;
  readonly tokens: Tokens;
  readonly store: Store;
}

/** Who sends the request with these headers, as far as Wix can tell. */
export function resolveIdentity(
  headers: HttpRequest["headers"],
  { site, tokens, store }: CredentialSources,
): Identity {
  const credential = bareCredential(headers.get("authorization"));
  if (credential === site.apiKey) {
    // UNDOCUMENTED: an API key without, or with another site's, id. Local Wix
    // treats the caller as unknown, so that a missing header shows at once.
    const own = headers.get("wix-site-id") === site.siteId;
    return own ? { kind: "api_key" } : { kind: "none" };
  }
  const holder = tokens.openAccess(credential);
  return holder && mayCall(holder, store) ? holder : { kind: "none" };
}

/**
 * Whether tokens of `holder` count. Those of a deleted member do not.
 *
 * UNDOCUMENTED: what becomes of the tokens of a member who is blocked or
 * disconnected. Here they stop at once, refresh tokens too.
 */
export function mayCall(holder: TokenHolder, store: Store): boolean {
  if (holder.kind !== "member") return true;
  const member = store.member(holder.memberId);
  return member !== undefined && loginRefusal(member) === null;
}

/** The SDK sends tokens raw, other clients with the `Bearer` scheme. */
function bareCredential(header: string | null): string {
  return (header ?? "").replace(/^bearer\s+/i, "").trim();
}
