/**
 * HTML as a browser understands it.
 *
 * @module
 */
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
  const visit = (element: Element, parents: string): Fact[] => {
    const { localName } = element;
    const path = `${parents} ${localName}`.trim();
    const attributes = [...element.attributes]
      .filter(({ name }) => name !== "nonce" && name !== "data-frsh-key")
      .sort((a, b) => a.name < b.name ? -1 : 1)
      .map(({ name, value }) => {
        return { kind: `attribute ${name} of ${localName}`, value };
      });
    const { childNodes } = element.localName === "template"
      ? (element as HTMLTemplateElement).content
      : element;
    const children = [...childNodes].flatMap((node) => {
      if (isElement(node)) return visit(node, path);
      const value = (node.nodeValue ?? "").replace(/\s+/g, " ");
      const isText = node.nodeType === 3 && localName !== "script";
      return isText && value !== " "
        ? [{ kind: `text in ${localName}`, value }]
        : [];
    });
    return [
      { kind: `element ${localName}`, value: path },
      ...attributes,
      ...children,
    ];
  };
  const { documentElement } = parseDocument(html);
  return documentElement === null ? [] : visit(documentElement, "");
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

/** Returns the forms of a page with the values they come with, per button. */
export function forms(html: string, page: string): Form[] {
  const elements = [...parseDocument(html).querySelectorAll("form")];
  return elements.flatMap((form) => {
    const buttons = [...form.querySelectorAll("button[name]")].map((button) => [
      [button.getAttribute("name") ?? "", button.getAttribute("value") ?? ""],
    ]);
    return (buttons.length > 0 ? buttons : [[]]).map((button) => ({
      method: form.getAttribute("method")?.toUpperCase() ?? "GET",
      action: form.getAttribute("action") || page,
      data: new URLSearchParams([...formData(form), ...button]),
    }));
  });
}
