/**
 * What belongs to one request and must never reach another: whose calls these
 * are, the headers that Wix gave them, and the time that they may take.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestSession } from "../session/request_session.ts";
import { type Budget, CallBudget, OUT_OF_TIME, UNLIMITED } from "./budget.ts";
import type { WixCall } from "./door.ts";
import { WixError } from "./wix_error.ts";

/** The scope of one request. */
export interface RequestScope {
  /** Who made the request; `undefined` until {@link actAs} says so. */
  readonly session: RequestSession | undefined;
  /**
   * Wix's `X-Wix-Consistent` of the last write, to send with later reads. The
   * SDK keeps it per client, that is for all users of a process.
   */
  consistent: string | undefined;
  /** The calls made so far, for `Server-Timing`. */
  readonly calls: WixCall[];
}

/** A scope in which somebody may call Wix. */
export type PersonalScope = RequestScope & {
  readonly session: RequestSession;
};

/** Only {@link actAs} says whose a scope is. */
type OwnScope = RequestScope & { session: RequestSession | undefined };

/** What is handed on to all that is awaited. */
interface Surroundings {
  readonly scope: OwnScope | undefined;
  readonly budget: Budget;
}

/** Time for all calls of one request together. People leave after that. */
const BUDGET_MS = 7_000;

const milliseconds = () => performance.now();

/** One for everything: each `run()` costs a request several microseconds. */
const storage = new AsyncLocalStorage<Surroundings>();

/**
 * Runs `callback` as nobody, for all that it awaits: calls to Wix in it throw
 * until {@link actAs} says whose they are. Takes over nothing from around it: in
 * Deno 2.9 a request may begin in the async context of an earlier one, the
 * first that imported a module.
 */
export function asNobody<T>(callback: () => T): T {
  return inNewScope(undefined, callback);
}

/**
 * Makes the calls of this request, from now on, those of the person of
 * `session`, also in what the request began before. Returns its scope.
 *
 * @throws {Error} when the request did not begin with {@link asNobody}, or is
 * somebody's already: then it could be another one's.
 */
export function actAs(session: RequestSession): RequestScope {
  const scope = storage.getStore()?.scope;
  if (scope === undefined || scope.session !== undefined) {
    throw new Error(
      "Cannot act as anybody: the request has no scope of its own",
    );
  }
  scope.session = session;
  return scope;
}

/** Runs `callback` as the person of `session`, apart from all around it. */
export function runAs<T>(session: RequestSession, callback: () => T): T {
  return inNewScope(session, callback);
}

function inNewScope<T>(
  session: RequestSession | undefined,
  callback: () => T,
): T {
  return storage.run({
    scope: { session, consistent: undefined, calls: [] },
    budget: new CallBudget(BUDGET_MS, milliseconds),
  }, callback);
}

/** Returns the scope of the current request, `undefined` outside of one. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore()?.scope;
}

/**
 * Returns the scope of the current request, and whose it is.
 *
 * @throws {Error} outside a request: a call to Wix is somebody's call, and
 * there is nobody. It says what to do instead.
 */
export function requireScope(): PersonalScope {
  const scope = currentScope();
  if (isPersonal(scope)) return scope;
  throw new Error(
    "Cannot call Wix outside a request: there is no visitor or member to " +
      "call as. Call it in a route handler, a page, a middleware or a " +
      "function they call. For work that belongs to the app itself, such as " +
      "a cron job, use auth.elevate() from @wix/essentials.",
  );
}

function isPersonal(scope: RequestScope | undefined): scope is PersonalScope {
  return scope?.session !== undefined;
}

/** Returns the budget of what is being answered, without end outside of that. */
export function currentBudget(): Budget {
  return storage.getStore()?.budget ?? UNLIMITED;
}

/**
 * Runs `callback` so that all its calls to Wix together wait no longer than
 * this, nor than the budget around it.
 */
export function withBudget<T>(budgetMs: number, callback: () => T): T {
  return inBudget(
    new CallBudget(budgetMs, milliseconds, currentBudget()),
    callback,
  );
}

/**
 * Runs `callback` without a budget, for a result that other requests wait for
 * too: the one that came first may have hardly any time left.
 */
export function withoutBudget<T>(callback: () => T): T {
  return inBudget(UNLIMITED, callback);
}

function inBudget<T>(budget: Budget, callback: () => T): T {
  return storage.run({ scope: storage.getStore()?.scope, budget }, callback);
}

/**
 * Returns what `call` returns, when the current budget lasts that long. The
 * call itself goes on.
 *
 * @throws {WixError} 504 otherwise.
 */
export async function withinBudget<T>(call: () => Promise<T>): Promise<T> {
  const budget = currentBudget();
  const left = budget.left();
  if (left === Infinity) return await call();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const outOfTime = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WixError(OUT_OF_TIME)), left);
  });
  budget.begin();
  try {
    return await Promise.race([call(), outOfTime]);
  } finally {
    budget.end();
    clearTimeout(timer);
  }
}
