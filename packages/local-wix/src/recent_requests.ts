import type { Identity } from "./identity/identity.ts";

const LIMIT = 100;

/** What the console tells about one request. */
export interface RequestRecord {
  /** Milliseconds since the epoch, on Wix's clock. */
  readonly at: number;
  readonly method: string;
  readonly pathname: string;
  readonly identity: Identity;
  readonly status: number;
  /** How long the answer took. */
  readonly milliseconds: number;
}

/** The last requests, a hundred of them. */
export class RecentRequests {
  readonly #ring: RequestRecord[] = [];
  #next = 0;

  /** Notes a request that has been answered. */
  add(request: RequestRecord): void {
    this.#ring[this.#next] = request;
    this.#next = (this.#next + 1) % LIMIT;
  }

  /** The requests, the latest first. */
  get latestFirst(): readonly RequestRecord[] {
    const { length } = this.#ring;
    return this.#ring.map((_, index) => this.#ring.at(this.#next - 1 - index))
      .filter((request) => request !== undefined)
      .slice(0, length);
  }

  /** Forgets every request. */
  reset(): void {
    this.#ring.length = 0;
    this.#next = 0;
  }
}
