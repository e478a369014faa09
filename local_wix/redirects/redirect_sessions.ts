import type { NewId } from "../new_id.ts";
import type { Table } from "../state/state.ts";
import type { AuthRequest } from "./auth_request.ts";

/** What a browser is sent to a hosted page for. */
export type RedirectIntent =
  | { readonly kind: "auth"; readonly request: AuthRequest }
  | { readonly kind: "login"; readonly postFlowUrl: string | undefined }
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
}

/** The prepared visits that have not ended yet. */
export class RedirectSessions {
  readonly #newId: NewId;
  readonly #open: Table<RedirectSession>;

  constructor(newId: NewId, open: Table<RedirectSession>) {
    this.#newId = newId;
    this.#open = open;
  }

  /** Keeps a new session. */
  create(session: Omit<RedirectSession, "id">): RedirectSession {
    const created = { id: this.#newId(), ...session };
    this.#open.set(created.id, created);
    return created;
  }

  /** The open session with this id. */
  find(id: string): RedirectSession | undefined {
    return this.#open.get(id);
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
