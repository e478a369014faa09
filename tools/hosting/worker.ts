/**
 * The built server as a worker: an object whose `fetch` gets the settings with each
 * request.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Bindings, setBindings } from "./deno_adapter.ts";

/** The default export of `_fresh/server.js`. */
interface Server {
  fetch(request: Request): Promise<Response>;
}

/** What some hosts pass besides the request. */
interface WorkerContext {
  waitUntil?(promise: Promise<unknown>): void;
}

/** A worker. */
export interface Worker {
  fetch(
    request: Request,
    env?: Bindings,
    context?: WorkerContext,
  ): Promise<Response>;
}

/** Returns a worker. @param load Loads the server, which reads its settings at once. */
export function createWorker(load: () => Promise<{ default: Server }>): Worker {
  const contexts = new AsyncLocalStorage<WorkerContext>();
  // Workers end what a request began with its response. Other requests may wait for
  // it: the engine's `runShared()` names it here.
  Object.assign(globalThis, {
    freshWixWaitUntil: (work: Promise<unknown>) =>
      contexts.getStore()?.waitUntil?.(work),
  });
  const start = async (env: Bindings) => {
    setBindings(env);
    return (await load()).default;
  };
  let starting: Promise<Server> | undefined;

  return {
    async fetch(request, env = {}, context = {}) {
      starting ??= start(env);
      let server: Server;
      try {
        server = await starting;
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        return new Response("The app can't start: see its log", {
          status: 500,
        });
      }
      return await contexts.run(
        context,
        async () => await server.fetch(request),
      );
    },
  };
}
