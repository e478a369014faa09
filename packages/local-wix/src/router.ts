import type { Route } from "./call.ts";

/** A route that fits a request, with the values of its path segments. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: Route;
  readonly segments: readonly string[];
}

const NO_PARAMS = {};

/**
 * Finds the route for a request. A route without `{name}` goes before those
 * with one; of these, the first in the table wins.
 */
export class Router {
  readonly #fixed = new Map<string, RouteMatch>();
  readonly #patterns = new Map<string, Pattern[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const [method = "", path = ""] = route.name.split(" ");
      if (!path.includes("{")) {
        this.#fixed.set(route.name, { route, params: NO_PARAMS });
        continue;
      }
      const segments = path.split("/");
      const shape = `${method} ${segments.length}`;
      const group = this.#patterns.get(shape) ?? [];
      group.push({ route, segments });
      this.#patterns.set(shape, group);
    }
  }

  /** The route for a request, or null. */
  match(method: string, pathname: string): RouteMatch | null {
    const fixed = this.#fixed.get(`${method} ${pathname}`);
    if (fixed) return fixed;
    const given = pathname.split("/");
    const group = this.#patterns.get(`${method} ${given.length}`) ?? [];
    for (const { route, segments } of group) {
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
