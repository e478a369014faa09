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
  /** Makes a call whose time counts. Parallel calls count once. */
  spend<T>(call: () => Promise<T>): Promise<T>;
}

/** A budget without end. */
export const UNLIMITED: Budget = {
  left: () => Infinity,
  spend: (call) => call(),
};

/**
 * Returns a budget of so many milliseconds.
 *
 * @param now Milliseconds, of any origin.
 * @param outer Ends this one too, and pays for it.
 */
export function createBudget(
  milliseconds: number,
  now: () => number,
  outer: Budget = UNLIMITED,
): Budget {
  let left = milliseconds;
  let underWay = 0;
  let since = 0;

  const spend = async <T>(call: () => Promise<T>): Promise<T> => {
    if (underWay++ === 0) since = now();
    try {
      return await call();
    } finally {
      if (--underWay === 0) left -= now() - since;
    }
  };

  return {
    left() {
      const own = underWay > 0 ? left - (now() - since) : left;
      return Math.min(own, outer.left());
    },

    spend: (call) =>
      outer === UNLIMITED ? spend(call) : outer.spend(() => spend(call)),
  };
}

/** The failure of a call that found, or left, no time. */
export const OUT_OF_TIME = {
  status: 504,
  code: "WIX_TIMEOUT",
  description: "No answer in time",
  requestId: undefined,
} as const;
