import { type ComponentChildren, Fragment, h, isValidElement } from "preact";
import type { FunctionComponent, VNode } from "preact";
import { HttpError } from "./http_error.ts";
import { renderDocument } from "./render.ts";
import { leftOut, notInStub } from "./unsupported.ts";

/** The config, which is fixed here; `root` is the folder of the build. */
export interface ResolvedFreshConfig {
  root: string;
  basePath: string;
  mode: "development" | "production";
  trustProxy: boolean;
}

/** What an `App` is constructed with: nothing, here. */
export type FreshConfig = Partial<Omit<ResolvedFreshConfig, "root">>;

/** Responds itself or passes the request on by `ctx.next()`. */
export type MiddlewareFn<State> = (
  ctx: Context<State>,
) => Response | Promise<Response>;

/** What a layout or a page is not wrapped in. */
export interface LayoutConfig {
  skipAppWrapper?: boolean;
  skipInheritedLayouts?: boolean;
}

/** What pages, layouts and the app wrapper are given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<Context<State>, Fixed | "error" | "isPartial" | "state">
  & { data: Data; Component: FunctionComponent };

/** A page, layout or app wrapper, as module authors write it. */
export type PageComponent<Data, State> = (
  props: PageProps<Data, State>,
) => ComponentChildren | Response | Promise<ComponentChildren | Response>;

/** What `ctx.render()` puts around a page. */
export interface Wrappers<State> {
  /** Innermost first. */
  layouts: PageComponent<null, State>[];
  app?: PageComponent<null, State> | undefined;
  /** File of the route, whose styles are linked. */
  file?: string | undefined;
}

/** The wrappers of pages that a context renders now. */
// deno-lint-ignore no-explicit-any -- that of the context
export const pageWrappers = new WeakMap<object, Wrappers<any>>();

type Fixed = "config" | "info" | "params" | "req" | "route" | "url";

/** What one request carries from middleware to page. */
export class Context<State> {
  declare readonly config: ResolvedFreshConfig;
  declare readonly info: Deno.ServeHandlerInfo;
  declare readonly params: Record<string, string>;
  declare readonly req: Request;
  /** Pattern of the matched route, or `null`. */
  declare readonly route: string | null;
  declare readonly url: URL;
  /** What was thrown, in error pages. */
  error: unknown = null;
  data: unknown = undefined;
  Component: FunctionComponent = () => null;
  readonly isPartial: boolean;
  // Every State begins empty; the app's middlewares fill it.
  readonly state: State = {} as State;
  /** Passes the request on to what was registered next. */
  declare next: () => Promise<Response>;

  constructor(init: Pick<Context<unknown>, Fixed>) {
    Object.assign(this, init);
    this.isPartial = init.url.searchParams.has("fresh-partial");
  }

  /** Redirects to `to`, which stays on this origin if it starts with `/`. */
  redirect(to: string, status = 302): Response {
    return new Response(null, { status, headers: { location: local(to) } });
  }

  /** Renders `vnode` inside the layouts and the app wrapper. */
  async render(
    // deno-lint-ignore no-explicit-any -- h(Component, props) fits no VNode<{}>
    vnode: VNode<any> | null,
    init: ResponseInit = {},
    { skipAppWrapper, skipInheritedLayouts }: LayoutConfig = {},
  ): Promise<Response> {
    if (this.isPartial) {
      throw new HttpError(501, notInStub("A partial request"));
    }
    if (vnode !== null && !isValidElement(vnode)) {
      throw new Error("Non-JSX element passed to: ctx.render()");
    }
    const { app, file, layouts = [] } = pageWrappers.get(this) ?? {};
    const wrappers = skipInheritedLayouts ? [] : [...layouts];
    if (app && !skipAppWrapper) wrappers.push(app);
    let content = vnode;
    for (const wrapper of wrappers) {
      const inner = content;
      const rendered = await renderComponent(wrapper, this, null, () => inner);
      if (rendered instanceof Response) return rendered;
      content = rendered;
    }
    return renderDocument(content, init, this, file);
  }

  /** Responds with HTML. */
  html(body: string, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(body, { ...init, headers });
  }

  /** Responds with JSON. */
  json(value: unknown, init?: ResponseInit): Response {
    return Response.json(value, init);
  }

  /** Responds with plain text. */
  text(body: string, init?: ResponseInit): Response {
    return new Response(body, init);
  }

  readonly stream = leftOut("ctx.stream()");
  readonly upgrade = leftOut("ctx.upgrade()");
}

/** Renders a page or a wrapper; only async ones may return a Response. */
export async function renderComponent<Data, State>(
  component: PageComponent<Data, State>,
  { next: _next, ...props }: Context<State>,
  data: Data,
  Component: FunctionComponent = () => null,
): Promise<VNode | Response> {
  const all: PageProps<Data, State> = { ...props, data, Component };
  const isAsync = component.constructor.name === "AsyncFunction";
  // Preact renders a Response or a promise as nothing, as real Fresh does.
  const rendered = isAsync
    ? await component(all)
    : h(() => component(all) as ComponentChildren, null);
  return rendered instanceof Response ? rendered : h(Fragment, null, rendered);
}

// Collapses what a browser would read as the start of another host.
function local(target: string): string {
  if (!/^[/\\]/.test(target)) return target;
  const end = target.search(/[?#]|$/);
  // deno-lint-ignore no-control-regex -- browsers drop these when parsing
  const path = target.slice(0, end).replace(/[\0-\x1f]/g, "");
  return path.replace(/[/\\]+/g, "/") + target.slice(end);
}
