/**
 * HTML as a browser understands it.
 *
 * @module
 */
import { formData, parseDocument } from "@/tests/helpers/document.ts";

const ELEMENT = 1;
const TEXT = 3;

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
    const { childNodes } = localName === "template"
      ? (element as HTMLTemplateElement).content
      : element;
    const children: Fact[] = [];
    let text = "";
    const endText = () => {
      const value = text.replace(/\s+/g, " ");
      const isVisible = value !== "" && value !== " " && localName !== "script";
      if (isVisible) children.push({ kind: `text in ${localName}`, value });
      text = "";
    };
    for (const node of childNodes) {
      if (node.nodeType === TEXT) text += node.nodeValue;
      if (!isElement(node)) continue;
      endText();
      children.push(...visit(node, path));
    }
    endText();
    return [
      { kind: `element ${localName}`, value: path },
      ...attributes,
      ...children,
    ];
  };
  return [...parseDocument(html).children]
    .flatMap((element) => visit(element, ""));
}

function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT;
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
