import { signal } from "@preact/signals";
import { parse } from "devalue";
import { type ComponentType, h, hydrate } from "preact";
import { createRootFragment } from "preact-root-fragment";

/** Hydrates the islands that the server rendered into this page. */
export function boot(components: ComponentType[], encoded: string): void {
  const props: Record<string, unknown>[] = parse(encoded, {
    Signal: ([value]: [unknown]) => signal(value),
  });
  for (const [index, component] of components.entries()) {
    // The markers vanish; empty texts keep the place of what may be empty.
    const first = document.createTextNode("");
    const last = document.createTextNode("");
    findComment(`island:${index}`).replaceWith(first);
    findComment(`/island:${index}`).replaceWith(last);
    const parent = last.parentNode ?? document;
    const siblings: Node[] = [...parent.childNodes];
    const own = siblings.slice(siblings.indexOf(first), siblings.indexOf(last));
    const root = createRootFragment(parent, own);
    hydrate(h(component, props[index] ?? {}), root);
  }
}

function findComment(text: string): Comment {
  const path = `//comment()[.="${text}"]`;
  const type = XPathResult.FIRST_ORDERED_NODE_TYPE;
  const found = document.evaluate(path, document, null, type).singleNodeValue;
  if (found instanceof Comment) return found;
  throw new Error(`The page has no ${text}`);
}
