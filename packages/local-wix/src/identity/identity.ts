import { permissionDenied, unauthenticated } from "../http/errors.ts";

/** A visitor of the site who has not logged in. */
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

/** The subject of a token. `sessionId` joins the tokens of one session. */
export type TokenHolder = Visitor | SiteMember | App;

/** The sender of a request. */
export type Identity =
  | TokenHolder
  | { readonly kind: "api_key" }
  | { readonly kind: "none" };

/** The kinds of callers that an API can allow. */
export type IdentityKind = Exclude<Identity["kind"], "none">;

/** The callers that a route allows; `anyone` needs no credential. */
export type Audience = "anyone" | readonly IdentityKind[];

/** The app and API keys, for elevated calls. */
export const ELEVATED: readonly IdentityKind[] = ["app", "api_key"];
/** Visitors and members. */
export const USERS: readonly IdentityKind[] = ["visitor", "member"];
/** Members and elevated calls. */
export const MEMBERS_AND_UP: readonly IdentityKind[] = ["member", ...ELEVATED];
/** Every caller with a credential. */
export const EVERYONE: readonly IdentityKind[] = [...USERS, ...ELEVATED];

/** Whether a call is elevated. */
export function isElevated({ kind }: Identity): boolean {
  return kind === "app" || kind === "api_key";
}

/** Throws Wix's error when `identity` may not use the route. */
export function requirePermission(
  { kind }: Identity,
  audience: Audience,
): void {
  if (audience === "anyone") return;
  if (kind === "none") {
    throw unauthenticated(
      "The authorization header is missing, unknown or expired",
    );
  }
  if (audience.includes(kind)) return;
  const needed = audience.join(" or ");
  throw permissionDenied(
    `Identity of kind ${kind} lacks permission; this call needs ${needed}`,
  );
}
