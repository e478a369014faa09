import type { Route } from "./call.ts";

/** The route of a request, with the values of its path segments. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the route for a request. A route without `{name}` goes before those
 * with one; of these, the first in the list wins.
 */
export class Router {
  readonly #fixed: ReadonlyMap<string, Route>;
  readonly #patterns: readonly { route: Route; segments: string[] }[];

  constructor(routes: readonly Route[]) {
    this.#fixed = new Map(routes.map((route) => [route.name, route]));
    this.#patterns = routes
      .filter(({ name }) => name.includes("{"))
      .map((route) => ({ route, segments: route.name.split("/") }));
  }

  /** The route for a request, or null. */
  match(method: string, pathname: string): RouteMatch | null {
    const name = `${method} ${pathname}`;
    const fixed = this.#fixed.get(name);
    if (fixed) return { route: fixed, params: {} };
    const given = name.split("/");
    for (const { route, segments } of this.#patterns) {
      const params = matchSegments(segments, given);
      if (params) return { route, params };
    }
    return null;
  }
}

function matchSegments(
  wanted: readonly string[],
  given: readonly string[],
): Record<string, string> | null {
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith("{")) params[segment.slice(1, -1)] = decode(value);
    else if (segment !== value) return null;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
