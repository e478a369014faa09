/** Someone who came to the site and has not logged in. */
export interface Visitor {
  readonly kind: "visitor";
  readonly visitorId: string;
  readonly sessionId: string;
}

/** A logged-in member of the site. */
export interface SiteMember {
  readonly kind: "member";
  readonly memberId: string;
  /** The visitor that the member was before logging in. */
  readonly visitorId: string;
  readonly sessionId: string;
}

/** The site's own app, authenticated by its client secret. */
export interface App {
  readonly kind: "app";
  readonly sessionId: string;
}

/** Whom a token speaks for. `sessionId` joins the tokens of one session. */
export type TokenHolder = Visitor | SiteMember | App;

/** Who sends a request. */
export type Identity =
  | TokenHolder
  | { readonly kind: "api_key" }
  | { readonly kind: "none" };

/** The kinds of callers that an API can let in. */
export type IdentityKind = Exclude<Identity["kind"], "none">;
