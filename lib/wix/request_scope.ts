/**
 * What belongs to one request and must never reach another: whose calls these
 * are, and the headers that Wix gave them.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestSession } from "@/lib/session/request_session.ts";
import { withOwnBudget } from "./budget.ts";
import type { WixCall } from "./door.ts";

/** The scope of one request. */
export interface RequestScope {
  readonly session: RequestSession;
  /**
   * Wix's `X-Wix-Consistent` of the last write, to send with later reads. The
   * SDK keeps it per client, that is for all users of a process.
   */
  consistent: string | undefined;
  /** The calls made so far, for `Server-Timing`. */
  readonly calls: WixCall[];
}

/** Time for all calls of one request together. People leave after that. */
const BUDGET_MS = 7_000;

const storage = new AsyncLocalStorage<RequestScope | undefined>();

/**
 * Runs `callback` as the person of `session`, for all that it awaits. Takes
 * over nothing from around it: in Deno 2.9 a request may begin in the async
 * context of an earlier one, the first that imported a module.
 */
export function runAs<T>(session: RequestSession, callback: () => T): T {
  return storage.run(
    { session, consistent: undefined, calls: [] },
    () => withOwnBudget(BUDGET_MS, callback),
  );
}

/**
 * Runs `callback` as nobody: calls to Wix in it throw. For what comes before a
 * request's own {@link runAs}, which may begin in another one's context.
 */
export function asNobody<T>(callback: () => T): T {
  return storage.run(undefined, callback);
}

/** Returns the scope of the current request, `undefined` outside of one. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

/**
 * Returns the scope of the current request.
 *
 * @throws {Error} outside a request: a call to Wix is somebody's call, and
 * there is nobody. It says what to do instead.
 */
export function requireScope(): RequestScope {
  const scope = currentScope();
  if (scope !== undefined) return scope;
  throw new Error(
    "Cannot call Wix outside a request: there is no visitor or member to " +
      "call as. Call it in a route handler, a page, a middleware or a " +
      "function they call. For work that belongs to the app itself, such as " +
      "a cron job, use auth.elevate() from @wix/essentials.",
  );
}
