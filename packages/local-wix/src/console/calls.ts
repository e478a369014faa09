import type { Backend } from "../backend.ts";
import { SDK_CALLS } from "./sdk_calls.ts";

/** An SDK function, and whether local Wix supports its call. */
export interface SdkCall {
  /** Such as `orders.getOrder`. */
  readonly name: string;
  readonly package: string;
  /** Method and path. */
  readonly route: string;
  /** Unsupported calls return a 501 that names method and path. */
  readonly isCarried: boolean;
}

/** The functions of the SDK that call Wix. */
export function sdkCalls(routeNames: readonly string[]): SdkCall[] {
  const carried = new Set(routeNames.map(shapeOf));
  return SDK_CALLS.trim().split("\n").map((line) => {
    const [name = "", module, method, verb, path = ""] = line.split(" ");
    const route = `${verb} ${path}`;
    return {
      name: `${module}.${method}`,
      package: `@wix/${name}`,
      route,
      isCarried: carried.has(shapeOf(route)),
    };
  });
}

/** Recent requests that nothing in the SDK's metadata would make. */
export function unknownRequests(
  { recentRequests }: Backend,
  routeNames: readonly string[],
): string[] {
  const known = [...routeNames, ...sdkCalls([]).map(({ route }) => route)];
  const patterns = known.map((route) =>
    new RegExp(
      `^${
        shapeOf(route).replace(/[.+?()]/g, "\\$&").replaceAll("*", "[^/]*")
      }$`,
    )
  );
  const seen = recentRequests.latestFirst
    .filter(({ status }) => status === 501)
    .map(({ method, pathname }) => `${method} ${pathname}`)
    .filter((request) => !patterns.some((pattern) => pattern.test(request)));
  return [...new Set(seen)];
}

/** A route with a star for each part that varies. */
function shapeOf(route: string): string {
  return route.replace(/\{[^}]+\}/g, "*");
}
