/** The grants of the token endpoint that local Wix answers. */
export const GRANTS = [
  "anonymous",
  "refresh_token",
  "authorization_code",
  "client_credentials",
  "authorized_client",
  "strip_bound_session",
] as const;

/** A grant of the token endpoint. */
export type Grant = (typeof GRANTS)[number];

/** How often what was asked for, faults and refusals included. */
export interface CounterSnapshot {
  readonly grants: Readonly<Record<Grant, number>>;
  /** By route name, such as `POST /ecom/v1/orders/search`. */
  readonly routes: Readonly<Record<string, number>>;
  /** Requests that no route answers. */
  readonly unanswered: number;
}

/** Counts requests. Every known name starts at zero: a typo reads undefined. */
export class Counters {
  readonly #routeNames: readonly string[];
  #grants = new Map<Grant, number>();
  #routes = new Map<string, number>();
  #unanswered = 0;

  constructor(routeNames: readonly string[]) {
    this.#routeNames = routeNames;
  }

  /** Notes a call of the token endpoint. */
  countGrant(grant: Grant): void {
    this.#grants.set(grant, (this.#grants.get(grant) ?? 0) + 1);
  }

  /** Notes a request to a route. */
  countRoute(name: string): void {
    this.#routes.set(name, (this.#routes.get(name) ?? 0) + 1);
  }

  /** Notes a request that no route answers. */
  countUnanswered(): void {
    this.#unanswered++;
  }

  /** The counts of this moment. */
  snapshot(): CounterSnapshot {
    const count = (grant: Grant) => this.#grants.get(grant) ?? 0;
    return {
      grants: {
        anonymous: count("anonymous"),
        refresh_token: count("refresh_token"),
        authorization_code: count("authorization_code"),
        client_credentials: count("client_credentials"),
        authorized_client: count("authorized_client"),
        strip_bound_session: count("strip_bound_session"),
      },
      routes: Object.fromEntries(
        this.#routeNames.map((name) => [name, this.#routes.get(name) ?? 0]),
      ),
      unanswered: this.#unanswered,
    };
  }

  /** All counts back to zero. */
  reset(): void {
    this.#grants = new Map();
    this.#routes = new Map();
    this.#unanswered = 0;
  }
}
