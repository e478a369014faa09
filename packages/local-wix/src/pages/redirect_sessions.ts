import type { NewId } from "../ids.ts";
import type { Table } from "../state/tables.ts";
import type { AuthRequest } from "./auth_request.ts";

/** Where a checkout sends the browser to, besides the pages of Wix. */
export interface CheckoutCallbacks {
  /** The site's own login page. */
  readonly loginUrl?: string | undefined;
  /** Gets the `orderId` of an order that was placed. */
  readonly thankYouPageUrl?: string | undefined;
  readonly cartPageUrl?: string | undefined;
  readonly postFlowUrl?: string | undefined;
}

/** The purpose of a visit to a hosted page. */
export type RedirectIntent =
  | { readonly kind: "auth"; readonly request: AuthRequest }
  | { readonly kind: "login"; readonly postFlowUrl: string | undefined }
  | {
    readonly kind: "checkout";
    readonly checkoutId: string;
    readonly callbacks: CheckoutCallbacks;
    /** Of the page and the order. */
    readonly language: string | undefined;
  }
  | {
    readonly kind: "logout";
    readonly clientId: string;
    readonly postFlowUrl: string | undefined;
  };

/** One prepared visit to a hosted page. */
export interface RedirectSession {
  readonly id: string;
  readonly intent: RedirectIntent;
  /** The visitor whose identity the visit continues. */
  readonly visitorId: string;
  /** The session whose tokens a logout ends. */
  readonly callerSessionId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Where redirect sessions are kept, and what they are made with. */
export interface RedirectStore {
  readonly now: () => number;
  readonly newId: NewId;
  readonly redirectSessions: Table<RedirectSession>;
}

/**
 * UNDOCUMENTED: how long the URL of a redirect session works. Here half an hour,
 * so that users may take their time at the login page.
 */
const MAX_AGE_SECONDS = 1800;

/** Keeps a new session and returns its id. */
export function createRedirectSession(
  { now, newId, redirectSessions }: RedirectStore,
  session: Omit<RedirectSession, "id" | "createdAt">,
): string {
  const id = newId();
  redirectSessions.put({ id, createdAt: now(), ...session });
  return id;
}

/**
 * The open session that a page's URL names; undefined when it is too old.
 *
 * UNDOCUMENTED: what "single use" counts as a use. Here a session ends when the
 * browser is sent back, so that a login page can be reloaded.
 */
export function findRedirectSession(
  { now, redirectSessions }: RedirectStore,
  { searchParams }: URL,
): RedirectSession | undefined {
  const session = redirectSessions.get(searchParams.get("session") ?? "");
  if (!session) return undefined;
  const age = (now() - session.createdAt) / 1000;
  return age > MAX_AGE_SECONDS ? undefined : session;
}
