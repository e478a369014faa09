import { assertEquals } from "@std/assert";
import type { Browser } from "../helpers/browser.ts";
import { attributes } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";

const KILOBYTE = 1_000;

test.member("the home page and a product's are smaller than 15 kB, and styles than 6 kB, compressed", async ({ ann: browser }) => {
  const home = await browser.open("/");
  const product = await browser.open("/products/enamel-mug");
  for (const { body } of [home, product]) {
    assertEquals(body.length < 15 * KILOBYTE, true, `${body.length}`);
  }
  const [href = ""] = attributes(
    home.document,
    'link[rel="stylesheet"]',
    "href",
  );
  const { body: style } = await browser.request(href);
  const bytes = await compressedSize(style);
  assertEquals(bytes < 6 * KILOBYTE, true, `${bytes}`);
});

/** Includes 18.2 kB of Fresh and Preact, and up to 14 kB of the SDK in the last. */
const SCRIPTS: [path: string, most: number][] = [
  ["/account", 22 * KILOBYTE],
  ["/account/orders", 22 * KILOBYTE],
  ["/test/island", 36 * KILOBYTE],
  ["/products/enamel-mug", 20 * KILOBYTE],
  ["/cart", 22 * KILOBYTE],
];

test.member("the scripts of a page are smaller than 22 kB compressed, a product's than 20 kB, 36 kB with the SDK", async ({ ann: browser }) => {
  for (const [path, most] of SCRIPTS) {
    const { body } = await browser.open(path);
    const scripts = await scriptsOf(browser, body);
    const sizes = await Promise.all([...scripts.values()].map(compressedSize));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    assertEquals(scripts.size > 2, true, path);
    assertEquals(bytes < most, true, `${path}: ${bytes}`);
  }
});

/** Returns the modules that a page loads, including their imports. */
async function scriptsOf(
  browser: Browser,
  html: string,
): Promise<Map<string, string>> {
  const scripts = new Map<string, string>();
  const todo = namesIn(html);
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (scripts.has(name)) continue;
    const { status, body } = await browser.request(`/assets/${name}`);
    assertEquals(status, 200, name);
    scripts.set(name, body);
    todo.push(...namesIn(body));
  }
  return scripts;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/(?:\.|\/assets)\/([\w.-]+\.js)/g)]
    .map(([, name = ""]) => name);
}

async function compressedSize(text: string): Promise<number> {
  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).bytes()).length;
}
