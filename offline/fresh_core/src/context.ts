import {
  type ComponentChildren,
  Fragment,
  type FunctionComponent,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { renderDocument } from "./render.ts";
import { type Segment, wrappersOf } from "./segment.ts";
import type {
  PageComponent,
  PageProps,
  ResolvedFreshConfig,
  RouteConfig,
} from "./types.ts";
import { unsupported } from "./unsupported.ts";

/** What a {@linkcode Context} is made of. */
export interface ContextInit {
  config: ResolvedFreshConfig;
  info: Deno.ServeHandlerInfo;
  params: Record<string, string>;
  req: Request;
  route: string | null;
  url: URL;
}

/** What one request carries from middleware to page. */
export class Context<State> {
  readonly config: ResolvedFreshConfig;
  readonly info: Deno.ServeHandlerInfo;
  readonly isPartial: boolean;
  readonly params: Record<string, string>;
  readonly req: Request;
  /** Pattern of the matched route, or `null`. */
  readonly route: string | null;
  // A promise of the app's middlewares: every State begins empty.
  readonly state: State = {} as State;
  readonly url: URL;
  Component: FunctionComponent = () => null;
  data: unknown = undefined;
  error: unknown = null;
  /** Passes the request on to what was registered next. */
  next: () => Promise<Response> = () => unsupported("ctx.next() here");
  #segment: Segment<State> | undefined;

  constructor(init: ContextInit) {
    this.config = init.config;
    this.info = init.info;
    this.params = init.params;
    this.req = init.req;
    this.route = init.route;
    this.url = init.url;
    this.isPartial = init.url.searchParams.has("fresh-partial");
  }

  /** Makes `ctx.render()` use the layouts of `segment` from here on. */
  static enter<State>(ctx: Context<State>, segment: Segment<State>): void {
    ctx.#segment = segment;
  }

  /** Redirects to `to`, which stays on this origin if it starts with `/`. */
  redirect(to: string, status = 302): Response {
    return new Response(null, { status, headers: { location: local(to) } });
  }

  /** Renders `vnode` inside the layouts and the app wrapper. */
  async render(
    vnode: VNode | null,
    init: ResponseInit = {},
    config: Pick<RouteConfig, "skipAppWrapper" | "skipInheritedLayouts"> = {},
  ): Promise<Response> {
    if (arguments.length === 0) {
      throw new Error("No arguments passed to: ctx.render()");
    }
    if (vnode !== null && !isValidElement(vnode)) {
      throw new Error("Non-JSX element passed to: ctx.render()");
    }
    let content: VNode | null = vnode;
    for (const wrapper of wrappersOf(this.#segment, config)) {
      const inner = content;
      const rendered = await renderComponent(wrapper, {
        ...propsOf(this, null),
        Component: () => inner,
      });
      if (rendered instanceof Response) return rendered;
      content = rendered;
    }
    return renderDocument(this, content, init);
  }

  /** Answers with an HTML string. */
  html(body: string, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(body, { ...init, headers });
  }

  /** Answers with JSON. */
  json(value: unknown, init?: ResponseInit): Response {
    return Response.json(value, init);
  }

  /** Answers with plain text. */
  text(body: string, init?: ResponseInit): Response {
    return new Response(body, init);
  }

  /** Not supported. */
  stream(): never {
    return unsupported("ctx.stream()");
  }

  /** Not supported. */
  upgrade(): never {
    return unsupported("ctx.upgrade()");
  }
}

/** The part of `ctx` that components are given, with their `data`. */
export function propsOf<Data, State>(
  ctx: Context<State>,
  data: Data,
): PageProps<Data, State> {
  const { Component, config, error, info, isPartial } = ctx;
  const { params, req, route, state, url } = ctx;
  return {
    ...{ Component, config, data, error, info, isPartial },
    ...{ params, req, route, state, url },
  };
}

/** Awaits async components, as only these may answer with a Response. */
export async function renderComponent<Data, State>(
  component: PageComponent<Data, State>,
  props: PageProps<Data, State>,
): Promise<VNode | Response> {
  if (component.constructor.name !== "AsyncFunction") {
    const Page = () => renderable(component(props));
    return h(Fragment, null, h(Page, null));
  }
  const result = await component(props);
  return result instanceof Response ? result : h(Fragment, null, result);
}

function renderable(
  result: ReturnType<PageComponent<unknown, unknown>>,
): ComponentChildren {
  const lost = result instanceof Response || result instanceof Promise;
  return lost ? null : result;
}

// Collapses what a browser would read as the start of another host.
function local(target: string): string {
  if (!/^[/\\]/.test(target)) return target;
  const end = target.search(/[?#]|$/);
  const path = target.slice(0, end)
    // deno-lint-ignore no-control-regex -- browsers drop these when parsing
    .replace(/[\0-\x1f]/g, "").replace(/[/\\]+/g, "/");
  return path + target.slice(end);
}
