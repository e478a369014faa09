import type { Backend } from "./backend.ts";
import type { HttpRequest } from "./http/http_request.ts";
import type { Audience } from "./identity/permissions.ts";
import type { Identity } from "./identity/identity.ts";

/** One request, with everything a handler may need to answer it. */
export interface Call {
  readonly request: HttpRequest;
  readonly url: URL;
  /** Values of the `{name}` segments of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly identity: Identity;
  readonly backend: Backend;
  /** Where a browser can reach this server. */
  readonly origin: string;
}

/** Answers a call, or throws a `WixError`. */
export type Handler = (call: Call) => Response | Promise<Response>;

/** A route's name: method and path, with `{name}` for what varies. */
export type RouteName = `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`;

/** One line of the route table. */
export interface Route {
  readonly name: RouteName;
  readonly audience: Audience;
  readonly handler: Handler;
}
