import type { LayoutConfig, MiddlewareFn, PageComponent } from "./types.ts";

/** A layout or app wrapper with its module's `config`. */
export interface Wrapper<State> {
  component: PageComponent<null, State>;
  config: LayoutConfig;
}

/** One folder of the URL space and what applies below it. */
export interface Segment<State> {
  parent?: Segment<State>;
  middlewares: MiddlewareFn<State>[];
  layout?: Wrapper<State>;
  /** Only at the root. */
  app?: Wrapper<State>;
  onError?: MiddlewareFn<State> | undefined;
}

/** The wrappers of a page in `segment`, innermost first. */
export function wrappersOf<State>(
  segment: Segment<State> | undefined,
  config: LayoutConfig,
): PageComponent<null, State>[] {
  const wrappers: PageComponent<null, State>[] = [];
  let { skipAppWrapper, skipInheritedLayouts } = config;
  for (let s = segment; s; s = s.parent) {
    if (s.layout && !skipInheritedLayouts) {
      wrappers.push(s.layout.component);
      skipAppWrapper ||= s.layout.config.skipAppWrapper;
      skipInheritedLayouts = s.layout.config.skipInheritedLayouts;
    }
    if (s.app && !skipAppWrapper) wrappers.push(s.app.component);
  }
  return wrappers;
}

/** The segments from the root down to `segment`. */
export function lineage<State>(segment: Segment<State>): Segment<State>[] {
  return segment.parent ? [...lineage(segment.parent), segment] : [segment];
}
