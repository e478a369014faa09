/**
 * HTML as a browser understands it.
 *
 * @module
 */
import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5";

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
  const facts: Fact[] = [];
  const visit = (node: Tree.Node, path: string) => {
    if ("value" in node && !path.endsWith(" script")) {
      const value = node.value.replace(/\s+/g, " ");
      const kind = `text in ${path.split(" ").at(-1)}`;
      if (value !== " ") facts.push({ kind, value });
    }
    if (!("tagName" in node)) return;
    const { tagName, attrs } = node;
    const own = `${path} ${tagName}`.trim();
    facts.push({ kind: `element ${tagName}`, value: own });
    for (const { name, value } of attrs.toSorted(byName)) {
      if (name === "nonce" || name === "data-frsh-key") continue;
      facts.push({ kind: `attribute ${name} of ${tagName}`, value });
    }
    const { childNodes } = "content" in node
      ? (node as Tree.Template).content
      : node;
    childNodes.forEach((child) => visit(child, own));
  };
  parse(html).childNodes.forEach((node) => visit(node, ""));
  return facts;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Returns the paths a page links to, on its own origin. */
export function links(html: string): string[] {
  return elements(parse(html))
    .flatMap((
      element,
    ) => [attribute(element, "href"), attribute(element, "src")])
    .filter((value) => value !== undefined && /^\/(?!\/)/.test(value))
    .map(String);
}

/** A form as a browser sends it. */
export interface Form {
  readonly method: string;
  readonly action: string;
  readonly data: URLSearchParams;
}

/** Returns the forms of a page with the values they come with, per button. */
export function forms(html: string, page: string): Form[] {
  return elements(parse(html)).filter(({ tagName }) => tagName === "form")
    .flatMap((form) => {
      const fields = elements(form)
        .filter((field) => attribute(field, "name") !== undefined);
      const data = fields.flatMap(valueOf);
      const buttons = fields.filter(({ tagName }) => tagName === "button")
        .map((button) => [pair(button, attribute(button, "value"))]);
      return (buttons.length > 0 ? buttons : [[]]).map((button) => ({
        method: (attribute(form, "method") ?? "get").toUpperCase(),
        action: attribute(form, "action") || page,
        data: new URLSearchParams([...data, ...button]),
      }));
    });
}

function valueOf(field: Tree.Element): [string, string][] {
  switch (field.tagName) {
    case "input": {
      const isChoice = /checkbox|radio/.test(attribute(field, "type") ?? "");
      const isLeftOut = isChoice && attribute(field, "checked") === undefined;
      return isLeftOut ? [] : [pair(field, attribute(field, "value"))];
    }
    case "textarea":
      return [pair(field, text(field))];
    case "select": {
      const options = elements(field);
      const isSelected = (option: Tree.Element) =>
        attribute(option, "selected") !== undefined;
      const option = options.find(isSelected) ?? options[0];
      return option ? [pair(field, attribute(option, "value"))] : [];
    }
  }
  return [];
}

function pair(field: Tree.Element, value = ""): [string, string] {
  return [attribute(field, "name") ?? "", value];
}

function elements(node: Tree.ParentNode): Tree.Element[] {
  return node.childNodes.flatMap((child) =>
    "tagName" in child ? [child, ...elements(child)] : []
  );
}

function attribute(element: Tree.Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

function text(element: Tree.Element): string {
  return element.childNodes
    .map((node) => "value" in node ? node.value : "").join("");
}
