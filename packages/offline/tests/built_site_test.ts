import { assertEquals } from "@std/assert";
import { builtSite } from "./fixture.ts";
import { ask, askLogged, documentOf } from "./helpers.ts";

/** A page of the site, with its status and headers. */
async function page(path: string, init?: RequestInit) {
  const reply = await askLogged(await builtSite(), path, init);
  return { ...reply, document: documentOf(reply) };
}

/** What wraps a page, from the outside in. */
function wrappers(document: Document): string[] {
  return [...document.querySelectorAll("[data-app], [data-layout]")].map(
    (element) =>
      element.getAttribute("data-app") ?? element.getAttribute("data-layout")!,
  );
}

function text(document: Document, selector: string): string | undefined {
  return document.querySelector(selector)?.textContent;
}

Deno.test("F4 [[optional]] matches with and without a value", async () => {
  const expected = {
    "/versions": ["", "/versions/:version?"],
    "/versions/v1": ["v1", "/versions/:version?"],
    "/versions/v1/intro": ["v1", "/versions/:version?/intro"],
    "/versions/intro": ["intro", "/versions/:version?"],
  };
  for (const [path, [version, route]] of Object.entries(expected)) {
    const { document } = await page(path);
    assertEquals(JSON.parse(text(document, "pre") ?? ""), { version, route });
  }
});

Deno.test("F6 a group is not in the URL", async () => {
  assertEquals((await page("/about")).status, 200);
  for (const path of ["/marketing/about", "/(marketing)/about"]) {
    assertEquals((await page(path)).status, 404, path);
  }
});

Deno.test("F7 folders such as (_parts) hold no routes", async () => {
  assertEquals((await page("/Part")).status, 404);
  assertEquals(text((await page("/parts")).document, "b"), "part");
});

Deno.test("F7 (_islands) holds islands", async () => {
  const { document } = await page("/parts");
  assertEquals(document.querySelectorAll("script[type=module]").length, 1);
  assertEquals((await page("/Hidden")).status, 404);
});

Deno.test("F12 _error and _404 have no URL", async () => {
  for (const path of ["/_error", "/_404", "/shop/_error"]) {
    assertEquals((await page(path)).status, 404, path);
  }
});

Deno.test("F14 a group's layout wraps its pages only", async () => {
  const { document } = await page("/about");
  assertEquals(wrappers(document), ["site", "root", "marketing"]);
  assertEquals(wrappers((await page("/")).document), ["site", "root"]);
});

Deno.test("F23 a group's middleware covers its files only", async () => {
  assertEquals((await page("/about")).headers.get("x-group"), "marketing");
  assertEquals((await page("/")).headers.get("x-group"), null);
});

Deno.test("F23 folders of the same URL do not share middlewares", async () => {
  const { headers } = await page("/shop/offers");
  assertEquals(headers.get("x-after"), "root");
  assertEquals(headers.get("x-group"), "marketing");
});

Deno.test("G5 a method without a handler is the app's 404", async () => {
  const { status, document } = await page("/api", { method: "DELETE" });
  assertEquals([status, text(document, "[data-page]")], [404, "not here"]);
});

Deno.test("G10 a route's config leaves out wrappers", async () => {
  const expected = {
    "/no-app": ["root"],
    "/no-layouts": ["site"],
    "/bare": [],
  };
  for (const [path, names] of Object.entries(expected)) {
    const { headers, document } = await page(path);
    assertEquals(wrappers(document), names, path);
    assertEquals(headers.get("x-after"), "root", path);
    assertEquals(document.querySelectorAll("head, body").length, 2, path);
  }
});

Deno.test("G10 a layout's config leaves out wrappers below it", async () => {
  const expected = {
    "/nested": ["site", "nested"],
    "/nested/deep": ["site", "nested", "deep"],
    "/nested/bare": ["nested", "bare"],
  };
  for (const [path, names] of Object.entries(expected)) {
    assertEquals(wrappers((await page(path)).document), names, path);
  }
});

Deno.test("G11 routeOverride replaces the file's path", async () => {
  assertEquals((await page("/overridden")).status, 404);
  const { document } = await page("/x/a@1/b/c");
  assertEquals(JSON.parse(text(document, "pre") ?? ""), {
    module: "a",
    version: "1",
    path: "b/c",
    route: "/x/:module@:version/:path*",
  });
});

Deno.test("E7 _404 gets unmatched URLs, wrapped as the root's pages", async () => {
  for (const path of ["/nope", "/shop/nope"]) {
    const { status, document } = await page(path);
    assertEquals([status, text(document, "[data-page]")], [404, "not here"]);
    assertEquals(wrappers(document), ["site", "root"]);
  }
});

Deno.test("E7 _404 gets thrown 404s, not returned ones", async () => {
  const thrown = await page("/shop/fail/404");
  assertEquals(thrown.status, 404);
  assertEquals(text(thrown.document, "[data-page]"), "not here");
  assertEquals((await page("/shop/fail/returned")).body, "own");
});

Deno.test("E4 E5 the nearest _error responds with the error's status", async () => {
  const expected = {
    "/fail": [500, "unknown/fail /fail"],
    "/broken": [500, "unknown/broken /broken"],
    "/shop/fail/409": [409, "HttpError"],
    "/shop/fail/any": [500, "Error: a secret"],
  };
  for (const [path, [status, told]] of Object.entries(expected)) {
    const found = await page(path);
    const shown = text(found.document, "[data-page]");
    assertEquals([found.status, shown], [status, told], path);
  }
});

Deno.test("E10 an error that _error handles is not logged", async () => {
  assertEquals((await page("/fail")).logged, []);
});

Deno.test("E12 an error page passes the outer middlewares only", async () => {
  assertEquals((await page("/fail")).headers.get("x-after"), null);
  assertEquals((await page("/nope")).headers.get("x-after"), null);
  const { headers } = await page("/shop/fail/409");
  assertEquals(headers.get("x-after"), "root");
});

Deno.test("E13 an _error that throws hands over to the next", async () => {
  const { status, document } = await page("/shop/fail/418");
  assertEquals([status, text(document, "h1")], [418, "418"]);
});

Deno.test("E14 an error page has the layouts of its own folder", async () => {
  const { document } = await page("/shop/fail/409");
  assertEquals(wrappers(document), ["site", "root", "shop"]);
});

/** The links of `/links`, by address: `aria-current` and data attributes. */
async function links(path: string): Promise<Record<string, unknown>> {
  const { document } = await page(path);
  const found = [...document.querySelectorAll("nav a")].map((link) => [
    link.getAttribute("href"),
    ["aria-current", "data-current", "data-ancestor"]
      .map((name) => link.getAttribute(name)).join(),
  ]);
  return Object.fromEntries(found);
}

const HERE = "page,true,";
const ABOVE = "true,,true";

Deno.test("H7 links to this page and above are marked", async () => {
  assertEquals(await links("/links"), {
    "/": ABOVE,
    "/links": HERE,
    "/links/": HERE,
    "/links?a=1": ABOVE,
    "/links?b=2": ABOVE,
    "/links#part": HERE,
    "/other": ",,",
    "/lin": ",,",
    "/links/deeper": ",,",
    "http://localhost/links": ",,",
    "relative": ",,",
  });
});

Deno.test("H7 a link with a query is this page for that query", async () => {
  const found = await links("/links?a=1");
  assertEquals(found["/links?a=1"], HERE);
  assertEquals(found["/links?b=2"], ABOVE);
});

Deno.test("H7 a link's own aria-current stays", async () => {
  const link = (await page("/links")).document.getElementById("own");
  assertEquals(link?.getAttribute("aria-current"), "step");
});

Deno.test("H8 images of the site carry the build id", async () => {
  const { document } = await page("/links");
  const attribute = (selector: string, name: string) =>
    document.querySelector(selector)?.getAttribute(name);
  assertEquals(attribute("img", "src"), "/dot.png?__frsh_c=contract");
  assertEquals(
    attribute("img", "srcset"),
    "/dot.png?__frsh_c=contract 1x, /dot@2.png?__frsh_c=contract 2x",
  );
  assertEquals(attribute("source", "src"), "/film.mp4?__frsh_c=contract");
  assertEquals(attribute("#outside", "src"), "https://example.com/dot.png");
  assertEquals(attribute("#free", "src"), "/dot.png");
});

Deno.test("H9 <Head> moves into the head, and replaces what is alike", async () => {
  const { document } = await page("/head");
  const { head, body } = document;
  assertEquals(head.querySelectorAll("title").length, 1);
  assertEquals(text(document, "title"), "of the page & more");
  const descriptions = head.querySelectorAll("meta[name=description]");
  assertEquals(
    [...descriptions].map((meta) => meta.getAttribute("content")),
    ["of the page"],
  );
  assertEquals(head.querySelectorAll("meta[charset]").length, 1);
  assertEquals(head.querySelectorAll("style[nonce]").length, 1);
  assertEquals(head.querySelectorAll("script[nonce]").length, 1);
  assertEquals(body.querySelectorAll("title, meta, link").length, 0);
  assertEquals(text(document, "p"), "text");
});

Deno.test("H9 elements of <Head> with the same key: the last wins", async () => {
  const { head } = (await page("/head")).document;
  const [meta, ...others] = head.querySelectorAll("meta[name=a]");
  assertEquals([meta?.getAttribute("content"), others.length], ["2", 0]);
  assertEquals(head.querySelectorAll("link[rel=preconnect]").length, 2);
});

Deno.test("H9 the last title wins, also without an app wrapper", async () => {
  assertEquals(text((await page("/head/twice")).document, "title"), "last");
  assertEquals(text((await page("/head/alone")).document, "title"), "alone");
});

Deno.test("H10 Q a stylesheet in <Head> replaces the site's", async () => {
  const { head } = (await page("/head/styles")).document;
  const links = [...head.querySelectorAll("link[rel=stylesheet]")];
  assertEquals(links.at(-1)?.getAttribute("href"), "/own.css");
});

Deno.test("K4 another build's id leads to the file without it", async () => {
  const handler = await builtSite();
  const { status, headers } = await ask(
    handler,
    "/hello.txt?__frsh_c=old&a=b",
  );
  assertEquals([status, headers.get("location")], [307, "/hello.txt?a=b"]);
});

Deno.test("K8 a folder's index.html is served, and names with a slash", async () => {
  for (const path of ["/sub", "/sub/", "/hello.txt/", "/%68ello.txt"]) {
    assertEquals((await page(path)).status, 200, path);
  }
});

Deno.test("K9 a missing favicon.ico is an empty 404", async () => {
  const { status, body } = await page("/favicon.ico");
  assertEquals([status, body], [404, ""]);
});
