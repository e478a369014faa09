import type { NewId } from "../new_id.ts";
import type { Table } from "../state/state.ts";
import type { AuthRequest } from "./auth_request.ts";

/** Where a checkout sends the browser back to. */
export interface CheckoutCallbacks {
  /** Gets the `orderId` of an order that was placed. */
  readonly thankYouPageUrl: string | undefined;
  readonly cartPageUrl: string | undefined;
  readonly postFlowUrl: string | undefined;
}

/** What a browser is sent to a hosted page for. */
export type RedirectIntent =
  | { readonly kind: "auth"; readonly request: AuthRequest }
  | { readonly kind: "login"; readonly postFlowUrl: string | undefined }
  | {
    readonly kind: "checkout";
    readonly checkoutId: string;
    readonly callbacks: CheckoutCallbacks;
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

/** What redirect sessions are made from. */
export interface RedirectSessionsOptions {
  readonly now: () => number;
  readonly newId: NewId;
  /** Where the sessions wait. */
  readonly sessions: Table<RedirectSession>;
}

/**
 * UNDOCUMENTED: how long the URL of a redirect session works. Here half an hour,
 * so that somebody may take their time at the login page.
 */
const MAX_AGE_SECONDS = 1800;

/** The prepared visits that have not ended yet. */
export class RedirectSessions {
  readonly #now: () => number;
  readonly #newId: NewId;
  readonly #open: Table<RedirectSession>;

  constructor({ now, newId, sessions }: RedirectSessionsOptions) {
    this.#now = now;
    this.#newId = newId;
    this.#open = sessions;
  }

  /** Keeps a new session. */
  create(session: Omit<RedirectSession, "id" | "createdAt">): RedirectSession {
    const created = { id: this.#newId(), createdAt: this.#now(), ...session };
    this.#open.set(created.id, created);
    return created;
  }

  /** The open session with this id; undefined when it is too old. */
  find(id: string): RedirectSession | undefined {
    const session = this.#open.get(id);
    if (!session) return undefined;
    const age = (this.#now() - session.createdAt) / 1000;
    return age > MAX_AGE_SECONDS ? undefined : session;
  }

  /**
   * Ends a session: its URL does not work again.
   *
   * UNDOCUMENTED: what "single use" counts as a use. Here it is the moment
   * the browser is sent back, so that a login page can be reloaded.
   */
  end(id: string): void {
    this.#open.delete(id);
  }

  /** Forgets every session. */
  reset(): void {
    this.#open.clear();
  }
}
