/** HTML as a browser understands it. */
import { formData, parseDocument } from "@/tests/helpers/document.ts";

/** Something that a response says. */
export interface Fact {
  /** What it is about, such as `header vary`. */
  readonly kind: string;
  readonly value: string;
}

/**
 * Returns the elements, attributes and texts of a document in their order.
 * Comments and inline scripts are the framework's and left out, as are nonces,
 * which the policy in the headers must match.
 */
export function documentFacts(html: string): Fact[] {
  const visit = (node: Node, path: string): Fact[] => {
    if (!isElement(node)) {
      const value = node.nodeValue?.replace(/\s+/g, " ") ?? "";
      const [name] = path.split(" ").slice(-1);
      const isVisible = value.trim() !== "" && name !== "script";
      return isVisible ? [{ kind: `text in ${name}`, value }] : [];
    }
    const { localName } = node;
    const own = `${path} ${localName}`.trim();
    const attributes = [...node.attributes]
      .filter(({ name }) => name !== "nonce" && name !== "data-frsh-key")
      .sort((a, b) => a.name < b.name ? -1 : 1)
      .map(({ name, value }) => {
        return { kind: `attribute ${name} of ${localName}`, value };
      });
    const children = [...node.childNodes].flatMap((it) => visit(it, own));
    return [{ kind: `element ${localName}`, value: own }, ...attributes]
      .concat(children);
  };
  const { children } = parseDocument(html.replace(/<!--.*?-->/gs, ""));
  return [...children].flatMap((element) => visit(element, ""));
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** Returns the paths a page links to, on its own origin. */
export function links(html: string): string[] {
  return [...parseDocument(html).querySelectorAll("[href], [src]")]
    .map((link) => link.getAttribute("href") ?? link.getAttribute("src") ?? "")
    .filter((path) => /^\/(?!\/)/.test(path));
}

/** A form as a browser sends it. */
export interface Form {
  readonly method: string;
  readonly action: string;
  readonly data: URLSearchParams;
}

/** Returns the forms of a page with the values they come with. */
export function forms(html: string, page: string): Form[] {
  return [...parseDocument(html).querySelectorAll("form")].map((form) => ({
    method: form.getAttribute("method")?.toUpperCase() ?? "GET",
    action: form.getAttribute("action") || page,
    data: new URLSearchParams([...formData(form)]),
  }));
}
