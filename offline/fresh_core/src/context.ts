import { type ComponentChildren, Fragment } from "preact";
import { type FunctionComponent, h, isValidElement, type VNode } from "preact";
import { renderDocument } from "./render.ts";
import { type Segment, wrappersOf } from "./routing.ts";
import type { PageComponent, PageProps, ResolvedFreshConfig } from "./types.ts";
import type { RouteConfig } from "./types.ts";
import { unsupported } from "./unsupported.ts";

type ContextInit = Pick<
  Context<unknown>,
  "config" | "info" | "params" | "req" | "route" | "url"
>;

/** What one request carries from middleware to page. */
export class Context<State> {
  declare readonly config: ResolvedFreshConfig;
  declare readonly info: Deno.ServeHandlerInfo;
  declare readonly params: Record<string, string>;
  declare readonly req: Request;
  /** Pattern of the matched route, or `null`. */
  declare readonly route: string | null;
  declare readonly url: URL;
  readonly isPartial: boolean;
  // Every State begins empty; the app's middlewares fill it.
  readonly state: State = {} as State;
  Component: FunctionComponent = () => null;
  data: unknown = undefined;
  error: unknown = null;
  /** Passes the request on to what was registered next. */
  next: () => Promise<Response> = () => unsupported("ctx.next() here");
  #segment: Segment<State> | undefined;

  constructor(init: ContextInit) {
    Object.assign(this, init);
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
    config: RouteConfig = {},
  ): Promise<Response> {
    if (arguments.length === 0) {
      throw new Error("No arguments passed to: ctx.render()");
    }
    if (vnode !== null && !isValidElement(vnode)) {
      throw new Error("Non-JSX element passed to: ctx.render()");
    }
    let content = vnode;
    for (const wrapper of wrappersOf(this.#segment, config)) {
      const inner = content;
      const props = { ...propsOf(this, null), Component: () => inner };
      const rendered = await renderComponent(wrapper, props);
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
  { Component, config, error, info, isPartial, ...rest }: Context<State>,
  data: Data,
): PageProps<Data, State> {
  const { params, req, route, state, url } = rest;
  const request = { params, req, route, state, url };
  return { Component, config, data, error, info, isPartial, ...request };
}

/** Awaits async components, as only these may answer with a Response. */
export async function renderComponent<Data, State>(
  component: PageComponent<Data, State>,
  props: PageProps<Data, State>,
): Promise<VNode | Response> {
  if (component.constructor.name !== "AsyncFunction") {
    return h(Fragment, null, h(() => renderable(component(props)), null));
  }
  const result = await component(props);
  return result instanceof Response ? result : h(Fragment, null, result);
}

function renderable(result: unknown): ComponentChildren {
  const lost = result instanceof Response || result instanceof Promise;
  return lost ? null : Object(result);
}

// Collapses what a browser would read as the start of another host.
function local(target: string): string {
  if (!/^[/\\]/.test(target)) return target;
  const end = target.search(/[?#]|$/);
  // deno-lint-ignore no-control-regex -- browsers drop these when parsing
  const path = target.slice(0, end).replace(/[\0-\x1f]/g, "");
  return path.replace(/[/\\]+/g, "/") + target.slice(end);
}
