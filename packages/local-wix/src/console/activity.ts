import type { Identity } from "../identity/identity.ts";
import { type Grant, GRANTS } from "../oauth/protocol.ts";

/** How often each grant and route was requested, faults and errors included. */
export interface CounterSnapshot {
  readonly grants: Readonly<Record<Grant, number>>;
  /** By route name, such as `POST /ecom/v1/orders/search`. */
  readonly routes: Readonly<Record<string, number>>;
  /** Requests without a route. */
  readonly unsupported: number;
}

/** Counts requests. Every known name starts at zero: a typo reads undefined. */
export class Counters {
  readonly #routeNames: readonly string[];
  readonly #counts = new Map<string, number>();

  constructor(routeNames: readonly string[]) {
    this.#routeNames = routeNames;
  }

  /** Counts a call of the token endpoint. */
  countGrant(grant: Grant): void {
    this.#count(grant);
  }

  /** Counts a request to a route; without a name, one that has no route. */
  countRoute(name = ""): void {
    this.#count(name);
  }

  /** The counts at this moment. */
  snapshot(): CounterSnapshot {
    const countOf = (name: string) => this.#counts.get(name) ?? 0;
    const counts = <Name extends string>(names: readonly Name[]) =>
      Object.fromEntries(
        names.map((name) => [name, countOf(name)]),
      ) as Record<Name, number>;
    return {
      grants: counts(GRANTS),
      routes: counts(this.#routeNames),
      unsupported: countOf(""),
    };
  }

  /** All counts back to zero. */
  reset(): void {
    this.#counts.clear();
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}

/** What the console shows of one request. */
export interface RequestRecord {
  /** Milliseconds since the epoch, on Wix's clock. */
  readonly at: number;
  readonly method: string;
  readonly pathname: string;
  readonly identity: Identity;
  readonly status: number;
  /** How long the response took. */
  readonly milliseconds: number;
}

/** The last hundred requests. */
export class RecentRequests {
  #requests: RequestRecord[] = [];

  /** Records a request that has its response. */
  add(request: RequestRecord): void {
    this.#requests.push(request);
    if (this.#requests.length > 100) this.#requests.shift();
  }

  /** The requests, the latest first. */
  get latestFirst(): readonly RequestRecord[] {
    return this.#requests.toReversed();
  }

  /** Forgets every request. */
  reset(): void {
    this.#requests = [];
  }
}
