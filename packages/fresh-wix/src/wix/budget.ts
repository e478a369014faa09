/**
 * How long one answer may wait for Wix in all. Only waiting counts: an app that
 * takes its time for something else still gets its answers from Wix.
 *
 * @module
 */

/** Time that is spent while at least one call is under way. */
export interface Budget {
  /** Returns the milliseconds left; none at zero and below. */
  left(): number;
  /**
   * From now on time counts, once however many calls are under way. Each needs
   * one {@link end}, also when its call fails.
   */
  begin(): void;
  /** A call that began is over. */
  end(): void;
}

/** A budget without end. */
export const UNLIMITED: Budget = {
  left: () => Infinity,
  begin() {},
  end() {},
};

/** A budget of so many milliseconds. */
export class CallBudget implements Budget {
  readonly #now: () => number;
  readonly #outer: Budget;
  #left: number;
  #underWay = 0;
  #since = 0;

  /**
   * @param now Milliseconds, of any origin.
   * @param outer Ends this one too, and pays for it.
   */
  constructor(milliseconds: number, now: () => number, outer = UNLIMITED) {
    this.#left = milliseconds;
    this.#now = now;
    this.#outer = outer;
  }

  left(): number {
    const spending = this.#underWay > 0 ? this.#now() - this.#since : 0;
    return Math.min(this.#left - spending, this.#outer.left());
  }

  begin(): void {
    this.#outer.begin();
    if (this.#underWay++ === 0) this.#since = this.#now();
  }

  end(): void {
    this.#outer.end();
    if (--this.#underWay === 0) this.#left -= this.#now() - this.#since;
  }
}

/** The failure of a call that found, or left, no time. */
export const OUT_OF_TIME = {
  status: 504,
  code: "WIX_TIMEOUT",
  description: "No answer in time",
  requestId: undefined,
} as const;
