/**
 * What a page's HTML may not hold: marks of a renderer that escaped a text
 * twice, or that took a property for an attribute.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { find, formData } from "../helpers/document.ts";
import { PAGES } from "../helpers/pages.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN } from "../helpers/site.ts";

/** Names that only scripts know; HTML has others. */
const PROPERTY = /^(default(value|checked)|classname|htmlfor)$/i;

/** As a reader would see it. */
const ESCAPED = /&(?:amp|quot|lt|gt|#\d+);/;

test("no page escapes a text twice, or writes a property as an attribute", async ({ site, t }) => {
  for (const { name, path, who, flash } of PAGES) {
    await t.step(name, async () => {
      const browser = who ? await site.member(who) : site.visitor();
      if (flash) browser.setCookie("localhost", "flash", flash);
      const { document } = await browser.open(path);
      assertEquals(markupProblems(document), []);
    });
  }
});

test("fields hold what the page was asked for, without JavaScript", async ({ site }) => {
  const name = `A "b" & <c>`;
  const query = new URLSearchParams({ name });
  const { document } = await site.visitor().open(`/islands?${query}`);
  const search = find(document, '[role="search"]');
  assertEquals(formData(search).get("name"), name);
  assertEquals(find(search, "ul").getAttribute("aria-busy"), "false");

  const ann = await site.member(ANN);
  const settings = await ann.open("/account/settings");
  const form = formData(find(settings.document, "form.form"));
  assertEquals(form.get("nickname"), "Ann");
  assertEquals(form.get("address-1-country"), "US");
});

function markupProblems(document: Document): string[] {
  const attributes = [...document.querySelectorAll("*")]
    .flatMap((element) => [...element.attributes]);
  for (const script of document.querySelectorAll("script")) script.remove();
  const texts = [document.title, document.body.textContent ?? ""];
  return [
    ...attributes.map(({ name }) => name).filter((name) => PROPERTY.test(name)),
    ...[...attributes.map(({ value }) => value), ...texts]
      .filter((text) => ESCAPED.test(text)),
  ];
}
