import { unauthenticated } from "../http/errors.ts";
import type { Identity, TokenHolder } from "../identity/identity.ts";
import { loginRefusal, type Member } from "../members/member.ts";
import type { Site } from "../site/site.ts";
import type { Tokens } from "./tokens.ts";

/** Where credentials are looked up. */
export interface CredentialSources {
  readonly site: Site;
  readonly tokens: Tokens;
  readonly store: { readonly members: ReadonlyMap<string, Member> };
}

/** The sender of a request with these headers. */
export function resolveIdentity(
  headers: Headers,
  sources: CredentialSources,
): Identity {
  const { site, tokens } = sources;
  // The SDK sends tokens raw, other clients with the `Bearer` scheme.
  const credential = (headers.get("authorization") ?? "")
    .replace(/^bearer\s+/i, "").trim();
  if (credential === site.apiKey) {
    // UNDOCUMENTED: an API key without a site id, or with another site's. Local Wix
    // treats the caller as unknown, so that a missing header shows at once.
    const isOwn = headers.get("wix-site-id") === site.siteId;
    return isOwn ? { kind: "api_key" } : { kind: "none" };
  }
  const holder = tokens.openAccess(credential);
  return holder && mayCall(holder, sources) ? holder : { kind: "none" };
}

/**
 * Whether tokens of `holder` are valid. Those of a deleted member are not.
 *
 * UNDOCUMENTED: what happens to the tokens of a member who is blocked or
 * disconnected. Here they stop at once, refresh tokens too.
 */
export function mayCall(
  holder: TokenHolder,
  { store }: CredentialSources,
): boolean {
  if (holder.kind !== "member") return true;
  const member = store.members.get(holder.memberId);
  return member !== undefined && loginRefusal(member) === null;
}

/**
 * The holder of the token that a server sends next to its API key, as
 * `Authorization: <access token>,<API key>`; throws unless both are valid.
 */
export function requireTrustedClient(
  headers: Headers,
  { site, tokens }: CredentialSources,
): TokenHolder {
  const header = headers.get("authorization") ?? "";
  const [token = "", apiKey] = header.split(",").map((part) => part.trim());
  const holder = tokens.openAccess(token);
  if (holder && apiKey === site.apiKey) return holder;
  throw unauthenticated("This call needs an access token and an API key");
}
