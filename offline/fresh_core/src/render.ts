import { type ComponentChildren, Fragment, h, options } from "preact";
import type { VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { buildOf } from "./build.ts";
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
  /** URL of the module with `boot()`. */
  entry: string;
}

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
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const entry = buildOf(config)?.entry ?? "";
  const render: Render = { nonce, seen: new Set(), islands: [], entry };
  const html = renderHtml(render, vnode);
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  if (render.islands.length > 0) {
    const urls = [entry, ...islandUrls(render)];
    const links = urls.map((u) => `<${u}>; rel="modulepreload"; as="script"`);
    headers.append("link", links.join(", "));
  }
  const response = new Response(html, { ...init, headers });
  nonces.set(response, nonce);
  return response;
}

function renderHtml(render: Render, vnode: VNode | null): string {
  current = render;
  try {
    const html = renderToString(h(Fragment, null, vnode));
    if (render.seen.has("html")) return `<!DOCTYPE html>${html}`;
    const content = jsxTemplate([html]);
    const meta = h("meta", { charset: "utf-8" });
    const head = render.seen.has("head") ? null : h("head", null, meta);
    const body = render.seen.has("body") ? content : h("body", null, content);
    return `<!DOCTYPE html>${renderToString(h("html", null, head, body))}`;
  } finally {
    current = undefined;
  }
}

const previous = options.__b;
options.__b = (vnode) => {
  if (current) prepare(vnode, current);
  previous?.(vnode);
};

function prepare(vnode: VNode<Props>, { nonce, seen }: Render): void {
  const { type, props } = vnode;
  const { children } = props;
  if (type === "html" || type === "head" || type === "body") seen.add(type);
  if (type === "body") {
    vnode.props = { ...props, children: [children, h(Boot, null)] };
  } else if (type === "style" || type === "script") {
    vnode.props = { ...props, nonce };
  }
  const island = islandOf(type);
  if (!island || isInsideIsland(vnode)) return;
  const inner = h(type, props);
  vnode.type = () => bounded(island, inner);
  boundaries.add(vnode);
}

// An island inside an island hydrates with it, as a plain component.
function isInsideIsland(vnode: Pick<VNode, "__">): boolean {
  for (let v = vnode.__; v; v = v.__) if (boundaries.has(v)) return true;
  return false;
}

function bounded(island: Island, inner: VNode<Props>): ComponentChildren {
  const id = current?.islands.push({ island, props: inner.props });
  return [comment(`island:${id}`), inner, comment(`/island:${id}`)];
}

function comment(text: string): ComponentChildren {
  const props: Record<string, string> = { UNSTABLE_comment: text };
  return h(Fragment, props);
}

function Boot(): ComponentChildren {
  if (!current || current.islands.length === 0) return null;
  const urls = islandUrls(current);
  const components = current.islands.map(({ island }) =>
    `m${urls.indexOf(island.url)}.${island.name}`
  );
  const imports = urls.map((url, i) => `import*as m${i} from"${url}";`);
  const props = encodeProps(current.islands.map((island) => island.props));
  const __html = `import{boot}from"${current.entry}";` +
    `${imports.join("")}boot([${components}],${props})`;
  return h("script", { type: "module", dangerouslySetInnerHTML: { __html } });
}

function islandUrls({ islands }: Render): string[] {
  return [...new Set(islands.map(({ island }) => island.url))];
}
