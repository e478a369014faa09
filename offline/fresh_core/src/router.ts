import type { MiddlewareFn } from "./types.ts";
import type { Segment } from "./segment.ts";

/** The last step of a route. */
export interface Endpoint<State> {
  /** Segments around it, root first, each with what was registered so far. */
  levels: Level<State>[];
  run: MiddlewareFn<State>;
}

/** One segment as it was when a route was registered. */
export interface Level<State> extends Pick<Segment<State>, "onError"> {
  segment: Segment<State>;
  middlewares: readonly MiddlewareFn<State>[];
}

/** One pattern and its endpoints by method; `"ALL"` takes every method. */
export interface Route<State> {
  pattern: string;
  endpoints: Map<string, Endpoint<State>>;
}

/** A route with the parameters of one URL. */
export interface Match<State> {
  route: Route<State>;
  params: Record<string, string>;
}

/** Finds routes by path: literals first, then patterns in order. */
export class Router<State> {
  #literals = new Map<string, Route<State>>();
  #patterns = new Map<string, { matcher: URLPattern; route: Route<State> }>();

  /** Registers `endpoint`; the first one of a path and method stays. */
  add(method: string, pattern: string, endpoint: Endpoint<State>): void {
    const { endpoints } = this.#route(pattern);
    if (!endpoints.has(method)) endpoints.set(method, endpoint);
  }

  /** Returns the route of `pathname`, if any. */
  match(pathname: string): Match<State> | undefined {
    const literal = this.#literals.get(trimSlash(pathname));
    if (literal) return { route: literal, params: Object.create(null) };
    for (const { matcher, route } of this.#patterns.values()) {
      const groups = matcher.exec({ pathname })?.pathname.groups;
      const params = groups && decodeParams(groups);
      if (params) return { route, params };
    }
    return undefined;
  }

  #route(pattern: string): Route<State> {
    const literal = !/[:*{}()+?]/.test(pattern);
    const path = literal ? trimSlash(pattern) : pattern;
    const known = literal
      ? this.#literals.get(path)
      : this.#patterns.get(path)?.route;
    if (known) return known;
    const route = { pattern, endpoints: new Map() };
    if (literal) this.#literals.set(path, route);
    else {
      const matcher = new URLPattern({ pathname: path });
      this.#patterns.set(path, { matcher, route });
    }
    return route;
  }
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

// A malformed escape matches nothing, so it is answered with a 404.
function decodeParams(
  groups: Record<string, string | undefined>,
): Record<string, string> | undefined {
  const params: Record<string, string> = Object.create(null);
  try {
    for (const [name, value] of Object.entries(groups)) {
      params[name] = decodeURI(value ?? "");
    }
    return params;
  } catch {
    return undefined;
  }
}
