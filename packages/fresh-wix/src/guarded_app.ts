/**
 * The app class of a site.
 *
 * @module
 */
import { App, type FreshConfig } from "fresh";
import type { Wix } from "./create_wix.ts";
import { guardedHandler } from "./http/request_guard.ts";

/**
 * Fresh's `App` behind the request guard: what no route could take is refused
 * before Fresh looks for a route, which it does before the first step. Cookies
 * reach the app's own error pages too, which Fresh renders outside the steps.
 */
export class GuardedApp<State> extends App<State> {
  readonly #wix: Pick<Wix, "refuse">;

  /** @param config As of Fresh's `App`. */
  constructor(wix: Pick<Wix, "refuse">, config?: FreshConfig) {
    super(config);
    this.#wix = wix;
  }

  /** Returns the handler of requests, for `Deno.serve()`. */
  override handler(): (
    request: Request,
    info?: Deno.ServeHandlerInfo,
  ) => Promise<Response> {
    return guardedHandler(this.#wix.refuse, super.handler());
  }
}
