import { type ComponentChildren, Fragment, h, options } from "preact";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { builds } from "./build.ts";
import { encodeProps, type Island, islands } from "./islands.ts";
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
  /** The islands of the page, in order. */
  used: { island: Island; props: unknown }[];
}

const boundaries = new WeakSet<object>();
let current: Render | undefined;

/** The nonces of the inline tags in rendered answers. */
export const nonces = new WeakMap<Response, string>();

/** Renders a whole document; what the page leaves out is supplied. */
export function renderDocument(
  config: ResolvedFreshConfig,
  vnode: VNode | null,
  init: ResponseInit = {},
  file = "",
): Response {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const render: Render = { nonce, used: [] };
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  const build = builds.get(config);
  let html = documentOf(markupOf(vnode, render));
  const islands = [...new Set(render.used.map(({ island }) => island.file))];
  if (build) {
    const links = [...islands, file].flatMap((name) => build.styles[name] ?? [])
      .map((url) => `<link rel="stylesheet" href="${url}">`);
    const styles = build.head + [...new Set(links)].join("");
    html = html.replace("</head>", (end) => styles + end);
  }
  if (render.used.length > 0) {
    const entry = build?.entry ?? "";
    const urls = islands.map((name) => build?.modules[name] ?? "");
    const script = bootScript(entry, urls, islands, render);
    html = html.replace(/(?=<\/body>\s*<\/html>$)/, () => script);
    const preloads = [entry, ...urls].map((url) =>
      `<${url}>; rel="modulepreload"; as="script"`
    );
    headers.append("link", preloads.join(", "));
  }
  const response = new Response(html, { ...init, headers });
  nonces.set(response, nonce);
  return response;
}

function markupOf(vnode: VNode | null, render: Render): string {
  current = render;
  try {
    return renderToString(h(Fragment, null, vnode));
  } finally {
    current = undefined;
  }
}

function documentOf(markup: string): string {
  if (markup.startsWith("<html")) return `<!DOCTYPE html>${markup}`;
  const head = `<head><meta charset="utf-8"></head>`;
  return `<!DOCTYPE html><html>${head}<body>${markup}</body></html>`;
}

function bootScript(
  entry: string,
  urls: string[],
  files: string[],
  { nonce, used }: Render,
): string {
  const imports = urls.map((url, i) => `import*as m${i} from"${url}";`);
  const components = used.map(({ island: { file, name } }) =>
    `m${files.indexOf(file)}.${name}`
  );
  const props = encodeProps(used.map(({ props }) => props));
  return `<script type="module" nonce="${nonce}">` +
    `import{boot}from"${entry}";${imports.join("")}` +
    `boot([${components}],${props})</script>`;
}

const previous = options.__b;
options.__b = (vnode) => {
  if (current) prepare(vnode, current);
  previous?.(vnode);
};

function prepare(vnode: VNode<Props>, { nonce, used }: Render): void {
  const { type, props } = vnode;
  if (type === "style" || type === "script") {
    vnode.props = { ...props, nonce };
  }
  const island = islands.get(type);
  if (!island || isInsideIsland(vnode)) return;
  const inner = h(type, props);
  const id = used.push({ island, props }) - 1;
  vnode.type = () => [comment(`island:${id}`), inner, comment(`/island:${id}`)];
  boundaries.add(vnode);
}

// An island inside an island hydrates with it, as a plain component.
function isInsideIsland(vnode: Pick<VNode, "__">): boolean {
  for (let v = vnode.__; v; v = v.__) if (boundaries.has(v)) return true;
  return false;
}

function comment(text: string): ComponentChildren {
  const props: Record<string, string> = { UNSTABLE_comment: text };
  return h(Fragment, props);
}
