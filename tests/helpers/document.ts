/**
 * Parses pages, so that tests compare elements and text instead of a framework's
 * formatting.
 *
 * @module
 */
import { assert, assertExists } from "@std/assert";
import { parseHTML } from "linkedom";

/** Returns the document of a page's HTML. */
export function parseDocument(html: string): Document {
  return parseHTML(html).document;
}

/** Returns the first element for a selector; fails when there is none. */
export function find(root: ParentNode, selector: string): Element {
  const element = root.querySelector(selector);
  assertExists(element, `nothing is ${selector}`);
  return element;
}

/** Returns the text of the first element for a selector, with white space collapsed. */
export function text(root: ParentNode, selector: string): string {
  return readText(find(root, selector));
}

/** Returns the text of every element for a selector, with white space collapsed. */
export function texts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map(readText);
}

/** Asserts that a page's main part shows a text; fails with the part's own text. */
export function assertShows(page: { body: string }, expected: string): void {
  const shown = text(parseDocument(page.body), "main");
  assert(shown.includes(expected), `not on the page: ${expected}\n${shown}`);
}

/** Returns the user in the site's header: a name, or `Visitor`. */
export function shownUser({ body }: { body: string }): string {
  return text(parseDocument(body), ".identity span:not([aria-hidden])");
}

/** Returns the names on the members page. */
export function shownMembers({ body }: { body: string }): string[] {
  return texts(parseDocument(body), ".members bdi");
}

/** Returns the reference of an error page. */
export function shownReference({ body }: { body: string }): string {
  return text(parseDocument(body), ".reference code");
}

/** Returns an attribute of every element for a selector that has it. */
export function attributes(
  root: ParentNode,
  selector: string,
  name: string,
): string[] {
  return [...root.querySelectorAll(selector)]
    .flatMap((element) => element.getAttribute(name) ?? []);
}

/** Returns the form around the first element for a selector. */
export function findForm(
  { document, url }: { document: Document; url: URL },
  selector: string,
): Element {
  const form = document.querySelector(selector)?.closest("form");
  const shown = text(document, "main")?.slice(0, 300);
  assertExists(form, `no form around ${selector} on ${url}: ${shown}`);
  return form;
}

/** Returns the data that a form would send, without buttons. */
export function formData(form: ParentNode): URLSearchParams {
  const data = new URLSearchParams();
  for (const field of form.querySelectorAll("input, select, textarea")) {
    const value = fieldValue(field);
    if (value !== undefined) data.append(field.getAttribute("name")!, value);
  }
  return data;
}

/** Returns the value that a field would send, if any. */
function fieldValue(field: Element): string | undefined {
  if (!field.hasAttribute("name") || field.hasAttribute("disabled")) return;
  if (field.localName === "textarea") return field.textContent ?? "";
  if (field.localName === "select") {
    const option = field.querySelector("option[selected]") ??
      field.querySelector("option");
    return option?.getAttribute("value") ?? option?.textContent ?? "";
  }
  const type = field.getAttribute("type") ?? "";
  if (["submit", "button"].includes(type)) return;
  const isChoice = ["checkbox", "radio"].includes(type);
  if (isChoice && !field.hasAttribute("checked")) return;
  return field.getAttribute("value") ?? (isChoice ? "on" : "");
}

function readText({ textContent }: Element): string {
  return (textContent ?? "").replaceAll(/\s+/g, " ").trim();
}
