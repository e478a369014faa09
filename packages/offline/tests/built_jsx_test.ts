import { assertEquals } from "@std/assert";
import { builtSite } from "./fixture.ts";
import { ask, documentOf } from "./helpers.ts";

async function page(): Promise<Document> {
  return documentOf(await ask(await builtSite(), "/docs/jsx"));
}

Deno.test("H3 a string in precompiled markup is escaped once", async () => {
  const document = await page();
  assertEquals(document.getElementById("text")?.textContent, `"a"`);
  const items = [...document.querySelectorAll("li")];
  const texts = items.map(({ textContent }) => textContent);
  assertEquals(texts, [`"a"`, "<b>", "c & d"]);
});

Deno.test("H3 strings in an array are escaped twice", async () => {
  const text = (await page()).getElementById("array")?.textContent;
  assertEquals(text, "&quot;a&quot;&lt;b>c &amp; d");
});

Deno.test("H3 attributes of precompiled markup stay as written", async () => {
  const field = (await page()).getElementById("field");
  assertEquals(field?.getAttribute("defaultvalue"), "value");
  assertEquals(field?.hasAttribute("value"), false);
  assertEquals(field?.hasAttribute("aria-invalid"), false);
});

Deno.test("H3 the key of precompiled markup is an attribute", async () => {
  const items = [...(await page()).querySelectorAll("li")];
  const keys = items.map((item) => item.getAttribute("data-frsh-key"));
  assertEquals(keys, [`"a"`, "<b>", "c & d"]);
});
