/**
 * The built server as a worker: an object whose `fetch` gets the settings with each
 * request.
 *
 * @module
 */
import { type Bindings, setBindings } from "./deno_adapter.ts";

/** The default export of `_fresh/server.js`. */
interface Server {
  fetch(request: Request): Promise<Response>;
}

/** What a host passes besides the request, where it does. */
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

/** @param load Loads the built server, which reads its settings at once. */
export function createWorker(load: () => Promise<{ default: Server }>): Worker {
  let loading: Promise<Server> | undefined;
  const start = async (env: Bindings) => {
    setBindings(env);
    return (await load()).default;
  };
  return {
    async fetch(request, env = {}, context) {
      let server: Server;
      try {
        server = await (loading ??= start(env));
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        return new Response("The app can't start: see its log.", {
          status: 500,
        });
      }
      const response = server.fetch(request);
      // Requests share calls to Wix: those of a client that leaves must go on.
      context?.waitUntil?.(response);
      return await response;
    },
  };
}
