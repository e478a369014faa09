/**
 * How long one answer may wait for Wix in all. Only waiting counts: an app that
 * takes its time for something else still gets its answers from Wix.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { WixError } from "./wix_error.ts";

/** Time that is spent while at least one call is under way. */
export interface Budget {
  /** Returns the milliseconds left; none at zero and below. */
  left(): number;
  /** Makes a call whose time counts. Parallel calls count once. */
  spend<T>(call: () => Promise<T>): Promise<T>;
}

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

  return {
    left() {
      const own = underWay > 0 ? left - (now() - since) : left;
      return Math.min(own, outer.left());
    },

    spend: (call) =>
      outer.spend(async () => {
        if (underWay++ === 0) since = now();
        try {
          return await call();
        } finally {
          if (--underWay === 0) left -= now() - since;
        }
      }),
  };
}

const UNLIMITED: Budget = {
  left: () => Infinity,
  spend: (call) => call(),
};

const storage = new AsyncLocalStorage<Budget>();
const current = (): Budget => storage.getStore() ?? UNLIMITED;

/** The budget of whatever is being answered; without end outside of that. */
export const currentBudget: Budget = {
  left: () => current().left(),
  spend: (call) => current().spend(call),
};

/**
 * Runs `callback` so that all its calls to Wix together wait no longer than
 * this, nor than the budget around it.
 */
export function withBudget<T>(milliseconds: number, callback: () => T): T {
  const budget = createBudget(
    milliseconds,
    () => performance.now(),
    storage.getStore(),
  );
  return storage.run(budget, callback);
}

/**
 * Runs `callback` so that all its calls to Wix together wait no longer than
 * this, whatever the budget around it.
 */
export function withOwnBudget<T>(milliseconds: number, callback: () => T): T {
  const budget = createBudget(milliseconds, () => performance.now());
  return storage.run(budget, callback);
}

/**
 * Runs `callback` without a budget, for a result that other requests wait for
 * too: the one that came first may have hardly any time left.
 */
export function withoutBudget<T>(callback: () => T): T {
  return storage.run(UNLIMITED, callback);
}

/**
 * Returns what `call` returns, when the current budget lasts that long. The
 * call itself goes on.
 *
 * @throws {WixError} 504 otherwise.
 */
export async function withinBudget<T>(call: () => Promise<T>): Promise<T> {
  const left = currentBudget.left();
  if (left === Infinity) return await call();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WixError(OUT_OF_TIME)), left);
  });
  try {
    return await currentBudget.spend(() => Promise.race([call(), end]));
  } finally {
    clearTimeout(timer);
  }
}

/** The failure of a call that found, or left, no time. */
export const OUT_OF_TIME = {
  status: 504,
  code: "WIX_TIMEOUT",
  description: "No answer in time",
  requestId: undefined,
} as const;
