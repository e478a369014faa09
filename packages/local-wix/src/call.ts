import type { Backend } from "./backend.ts";
import type { Audience, Identity } from "./identity/identity.ts";

/** One request, with everything a handler may need. */
export interface Call {
  readonly request: Request;
  readonly url: URL;
  /** Values of the `{name}` segments of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly identity: Identity;
  readonly backend: Backend;
  /** The origin of this server for browsers. */
  readonly origin: string;
}

/** Returns the response to a call, or throws a `WixError`. */
export type Handler = (call: Call) => Response | Promise<Response>;

/** A route's name: method and path, with `{name}` for what varies. */
export type RouteName = `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`;

/** One line of the route table. */
export interface Route {
  readonly name: RouteName;
  readonly audience: Audience;
  readonly handler: Handler;
}

/** Routes that allow the same callers. */
export function allow(
  audience: Audience,
  handlers: Readonly<Record<RouteName, Handler>>,
): Route[] {
  return Object.entries(handlers).map(([name, handler]) => ({
    name: name as RouteName,
    audience,
    handler,
  }));
}
