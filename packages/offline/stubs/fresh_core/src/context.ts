import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import type { FunctionComponent } from "preact";
import { renderDocument } from "./render.ts";
import { type Segment, wrappersOf } from "./routing.ts";
import type { PageComponent, PageProps, ResolvedFreshConfig } from "./types.ts";
import { leftOut } from "./unsupported.ts";

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
  // Every State begins empty; the app's middlewares fill it.
  readonly state: State = {} as State;
  /** Passes the request on to what was registered next. */
  declare next: () => Promise<Response>;
  #segment: Segment<State> = { middlewares: [] };
  #file: string | undefined;

  constructor(init: ContextInit) {
    Object.assign(this, init);
  }

  /**
   * Makes `ctx.render()` use the layouts of `segment` from here on, and returns
   * the segment before.
   */
  static enter<State>(
    ctx: Context<State>,
    segment: Segment<State>,
  ): Segment<State> {
    const outer = ctx.#segment;
    ctx.#segment = segment;
    return outer;
  }

  /** Links the styles of the route in `file`. */
  static setFile<State>(ctx: Context<State>, file: string): void {
    ctx.#file = file;
  }

  /** Redirects to `to`, which stays on this origin if it starts with `/`. */
  redirect(to: string, status = 302): Response {
    return new Response(null, { status, headers: { location: local(to) } });
  }

  /** Renders `vnode` inside the layouts and the app wrapper. */
  async render(vnode: VNode | null, init?: ResponseInit): Promise<Response> {
    let content = vnode;
    for (const wrapper of wrappersOf(this.#segment)) {
      const inner = content;
      const rendered = await renderComponent(wrapper, this, null, () => inner);
      if (rendered instanceof Response) return rendered;
      content = rendered;
    }
    return renderDocument(this.config, content, init, this.#file);
  }

  /** Answers with JSON. */
  json(value: unknown, init?: ResponseInit): Response {
    return Response.json(value, init);
  }

  /** Answers with plain text. */
  text(body: string, init?: ResponseInit): Response {
    return new Response(body, init);
  }

  readonly html = leftOut("ctx.html()");
  readonly stream = leftOut("ctx.stream()");
  readonly upgrade = leftOut("ctx.upgrade()");
}

/** Renders a page or a wrapper; only async ones may answer with a Response. */
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
