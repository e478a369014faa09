import { signal } from "@preact/signals";
import { parse } from "devalue";
import { type ComponentType, type ContainerNode, h, hydrate } from "preact";
import { createRootFragment } from "preact-root-fragment";

/** Hydrates the islands that the server rendered into this page. */
export function boot(components: ComponentType[], encoded: string): void {
  const props: Record<string, unknown>[] = parse(encoded, {
    Signal: ([value]: [unknown]) => signal(value),
  });
  for (const [index, component] of components.entries()) {
    const root = takeIsland(index + 1);
    if (root) hydrate(h(component, props[index] ?? {}), root);
  }
}

function takeIsland(index: number): ContainerNode | undefined {
  const start = findComment(`island:${index}`);
  const end = findComment(`/island:${index}`);
  if (!start || !end?.parentNode) return undefined;
  // The markers vanish; empty texts keep the place of what may be empty.
  const first = document.createTextNode("");
  const anchor = document.createTextNode("");
  if (start.nextSibling === end) start.after(first);
  end.replaceWith(anchor);
  const nodes: ChildNode[] = [];
  for (let node = start.nextSibling; node && node !== anchor;) {
    nodes.push(node);
    node = node.nextSibling;
  }
  start.remove();
  return anchor.parentNode
    ? createRootFragment(anchor.parentNode, nodes)
    : undefined;
}

function findComment(text: string): Comment | undefined {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Comment && node.data === text) return node;
  }
  return undefined;
}
