import { type ComponentChildren, Fragment, h, options } from "preact";
import type { VNode } from "preact";
import { jsxAttr } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { asset, assetSrcSet } from "./asset_url.ts";
import { builds } from "./assets.ts";
import type { Context } from "./context.ts";
import { mergeHead } from "./head.ts";
import { Head } from "./head_component.ts";
import { encodeProps, type Island, islands } from "./islands.ts";
import { unsupported } from "./unsupported.ts";

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
  /** Also in markers, so that no page can write one. */
  nonce: string;
  url: URL;
  /** The islands of the page, in order. */
  used: { island: Island; props: unknown }[];
  /** Names of the page's elements, except those in precompiled markup. */
  elements: Set<unknown>;
}

const boundaries = new WeakSet<object>();
let current: Render | undefined;

/** The nonces of the inline tags in rendered responses. */
export const nonces = new WeakMap<Response, string>();

/** Renders a whole document; what the page leaves out is supplied. */
export function renderDocument(
  vnode: VNode | null,
  init: ResponseInit,
  { config, url }: Pick<Context<unknown>, "config" | "url">,
  file = "",
): Response {
  const assets = builds.get(config);
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const render: Render = { nonce, url, used: [], elements: new Set() };
  const markup = markupOf(vnode, render);
  const files = [...new Set(render.used.map(({ island }) => island.file))];
  const links = [...new Set([file, ...files])]
    .flatMap((name) => assets?.modules[name]?.css ?? [])
    .map((path) => `<link rel="stylesheet" href="/${path}">`);
  const styles = [assets?.head, ...links].join("");
  let html = documentOf(markup, render.elements)
    .replace("</head>", (end) => styles + end);
  html = mergeHead(html, `<!--head:${nonce}-->`);
  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  // Without a build, as in unit tests, islands are plain HTML.
  if (assets && files.length > 0) {
    const modules = files.map((name) => assets.modules[name]?.file);
    const urls = [assets.entry, ...modules].map((path) => `/${path}`);
    const script = bootScript(urls, files, render);
    html = html.replace(/(?=<\/body>\s*<\/html>$)/, () => script);
    const preloads = urls.map((url) =>
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

function documentOf(markup: string, has: Set<unknown>): string {
  const head = has.has("head") ? "" : `<head><meta charset="utf-8"></head>`;
  const body = has.has("body") ? markup : `<body>${markup}</body>`;
  return "<!DOCTYPE html>" +
    (has.has("html")
      ? body.replace(/^<html\b[^>]*>/, (open) => open + head)
      : `<html>${head}${body}</html>`);
}

function bootScript(
  [entry, ...urls]: string[],
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

const { __b: previous } = options;
options.__b = (vnode) => {
  if (current) prepare(vnode, current);
  previous?.(vnode);
};
options.attr = (name, value) => {
  refuseNavigation(name, value);
  if (name !== "key" || value === undefined || value === null) return;
  return jsxAttr("data-frsh-key", String(value)) ?? undefined;
};

function refuseNavigation(name: string, value: unknown): void {
  if (/^f-(client|partial)/.test(name) && value !== false) {
    unsupported(`The attribute ${name}`);
  }
}

function prepare(vnode: VNode<Props>, render: Render): void {
  const { type, props, key } = vnode;
  if (typeof type === "string") {
    render.elements.add(type);
    for (const name in props) refuseNavigation(name, props[name]);
    const added = ADDED[type]?.(props, render);
    const keyed = KEYED.has(type) && key !== null && key !== undefined;
    if (!added && !keyed) return;
    vnode.props = { ...props, ...added, ...keyed && { "data-key": key } };
    return;
  }
  if (type === Head) {
    const marker = comment(`head:${render.nonce}`);
    vnode.type = ({ children }) => [marker, children, marker];
  }
  const island = islands.get(type);
  if (!island || isInsideIsland(vnode)) return;
  const inner = h(type, props);
  const id = render.used.push({ island, props }) - 1;
  vnode.type = () => [comment(`island:${id}`), inner, comment(`/island:${id}`)];
  boundaries.add(vnode);
}

/** What replaces each other by key in a head. */
const KEYED = new Set(["base", "link", "meta", "script", "style", "title"]);

type Addition = (props: Props, render: Render) => object | undefined;

/** The attributes that Fresh adds to elements, by name. */
const ADDED: Record<string, Addition> = {
  script: (_, { nonce }) => ({ nonce }),
  style: (_, { nonce }) => ({ nonce }),
  a: currentLink,
  img: lockedUrls,
  source: lockedUrls,
};

/** Tells a link to this page, or to one above it, from others. */
function currentLink({ href, ...props }: Props, { url }: Render) {
  if (props["aria-current"] !== undefined) return;
  if (typeof href !== "string" || !/^\/(?!\/)/.test(href)) return;
  const target = new URL(href, url);
  const [path, here] = [target, url].map(({ pathname }) =>
    pathname.replace(/\/$/, "")
  );
  if (path === here && ["", url.search].includes(target.search)) {
    return { "data-current": "true", "aria-current": "page" };
  }
  return `${here}/`.startsWith(`${path}/`)
    ? { "data-ancestor": "true", "aria-current": "true" }
    : undefined;
}

function lockedUrls({ src, srcset, ...props }: Props) {
  if ("data-fresh-disable-lock" in props) return;
  return {
    ...typeof src === "string" && { src: asset(src) },
    ...typeof srcset === "string" && { srcset: assetSrcSet(srcset) },
  };
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
