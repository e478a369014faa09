import {
  type ComponentChildren,
  Fragment,
  h,
  options,
  type VNode,
} from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { buildOf, type ClientAssets } from "./build.ts";
import { encodeProps, type Island, islandOf } from "./islands.ts";
import type { ResolvedFreshConfig } from "./types.ts";

type Props = Record<string, unknown> & { children: ComponentChildren };

// Preact's internal names: the hook before a vnode is rendered, its parent.
declare module "preact" {
  interface Options {
    __b?(vnode: VNode<Props>): void;
  }
  interface VNode {
    __?: VNode | null;
  }
}

interface Render {
  nonce: string;
  /** Document elements that the page renders itself. */
  seen: Set<unknown>;
  islands: { island: Island; props: unknown }[];
  client: ClientAssets;
}

const NO_CLIENT: ClientAssets = { entry: "", styles: [] };
const boundaries = new WeakSet<object>();
const nonces = new WeakMap<Response, string>();
let current: Render | undefined;

/** The nonce of the inline tags in a rendered answer. */
export function nonceOf(response: Response): string | undefined {
  return nonces.get(response);
}

/** Renders a whole document; what the page leaves out is supplied. */
export function renderDocument(
  { config }: { config: ResolvedFreshConfig },
  vnode: VNode | null,
  init: ResponseInit,
): Response {
  const render: Render = {
    nonce: crypto.randomUUID().replaceAll("-", ""),
    seen: new Set(),
    islands: [],
    client: buildOf(config)?.client ?? NO_CLIENT,
  };
  const html = renderHtml(render, vnode);
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  if (render.islands.length > 0) {
    const urls = [render.client.entry, ...islandUrls(render)];
    const links = urls.map((u) => `<${u}>; rel="modulepreload"; as="script"`);
    headers.append("link", links.join(", "));
  }
  const response = new Response(html, { ...init, headers });
  nonces.set(response, render.nonce);
  return response;
}

function renderHtml(render: Render, vnode: VNode | null): string {
  current = render;
  try {
    let html = renderToString(h(Fragment, null, vnode));
    const { seen } = render;
    if (!seen.has("html")) {
      const content = jsxTemplate([html]);
      const meta = h("meta", { charset: "utf-8" });
      const head = seen.has("head") ? null : h("head", null, meta);
      const body = seen.has("body") ? content : h("body", null, content);
      html = renderToString(h("html", null, head, body));
    }
    return `<!DOCTYPE html>${html}`;
  } finally {
    current = undefined;
  }
}

const previous = options.__b;
options.__b = (vnode) => {
  if (current) prepare(vnode, current);
  previous?.(vnode);
};

function prepare(vnode: VNode<Props>, render: Render): void {
  const { type, props } = vnode;
  if (type === "html" || type === "head" || type === "body") {
    render.seen.add(type);
  }
  if (type === "head") vnode.props = append(props, h(Styles, null));
  if (type === "body") vnode.props = append(props, h(Boot, null));
  if (type === "style" || type === "script") {
    vnode.props = { ...props, nonce: render.nonce };
  }
  const island = islandOf(type);
  if (!island || isInsideIsland(vnode)) return;
  const inner = h(type, props);
  vnode.type = () => bound(island, inner);
  boundaries.add(vnode);
}

function append(props: Props, last: ComponentChildren): Props {
  return { ...props, children: [props.children, last] };
}

// An island inside an island hydrates with it, as a plain component.
function isInsideIsland(vnode: Pick<VNode, "__">): boolean {
  for (let v = vnode.__; v; v = v.__) if (boundaries.has(v)) return true;
  return false;
}

function bound(island: Island, inner: VNode<Props>): ComponentChildren {
  const id = current?.islands.push({ island, props: inner.props });
  return [comment(`island:${id}`), inner, comment(`/island:${id}`)];
}

function comment(text: string): ComponentChildren {
  const props: Record<string, string> = { UNSTABLE_comment: text };
  return h(Fragment, props);
}

function Styles(): ComponentChildren {
  const styles = current?.client.styles ?? [];
  return styles.map((href) => h("link", { rel: "stylesheet", href }));
}

function Boot(): ComponentChildren {
  if (!current || current.islands.length === 0) return null;
  const urls = islandUrls(current);
  const components = current.islands.map(({ island }) =>
    `m${urls.indexOf(island.url)}.${island.name}`
  );
  const imports = urls.map((url, i) => `import*as m${i} from"${url}";`);
  const props = encodeProps(current.islands.map((island) => island.props));
  const __html = `import{boot}from"${current.client.entry}";` +
    `${imports.join("")}boot([${components}],${quote(props)})`;
  return h("script", { type: "module", dangerouslySetInnerHTML: { __html } });
}

function islandUrls(render: Render): string[] {
  return [...new Set(render.islands.map(({ island }) => island.url))];
}

// `<` would let a prop end the script element.
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
