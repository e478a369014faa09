/** A site that is built, with files under `routes/`, islands and styles. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "@/tests/helpers/chromium.ts";
import { attributes, parseDocument } from "@/tests/helpers/document.ts";
import { facts, noncesOf, ON_STUBS, send } from "./helpers.ts";
import { build, BUILD_ID, project } from "./project.ts";
import { SITE } from "./site.ts";

const built = await project(SITE);
Deno.test.afterAll(async () => await built[Symbol.asyncDispose]());
const outcome = await build(built);
if ("problem" in outcome) throw new Error(outcome.problem);
const { handler } = outcome;
const site = { handler: () => handler };

/** Opens a page. */
async function open(line: string, headers?: Record<string, string>) {
  const reply = await send(handler, line, headers);
  return { ...reply, document: parseDocument(reply.body) };
}

facts(
  "F1 F2 F3 F4 F5 F10 G11 a file's path is its URL, unless overridden",
  site,
  {
    "/": "200 index",
    "/users": "200 users",
    "/users/me": "200 me",
    "/users/index": "200 /users/:id index",
    "/users/a%20b": "200 /users/:id a b",
    "/ignored_test": /^404/,
    "/files": `200 {"path":""}`,
    "/files/": /^404/,
    "/files/a/b/c.txt": `200 {"path":"a/b/c.txt"}`,
    "/versions": `200 {"version":"","route":"/versions/:version?"}`,
    "/versions/v1": `200 {"version":"v1","route":"/versions/:version?"}`,
    "/overridden": /^404/,
    "/x/a@1/b/c":
      `200 {"module":"a","version":"1","path":"b/c","route":"/x/:module@:version/:path*"}`,
  },
);

facts(
  "F6 F7 F12 groups, their private folders and special files have no URL",
  site,
  {
    "/about": "200 about",
    "/(marketing)/about": /^404/,
    "/parts": "200 part hidden",
    "/Part": /^404/,
    "/_app": /^404/,
    "/_error": /^404/,
    "/shop/_error": /^404/,
  },
);

facts("F16 F17 F18 F23 middlewares run from main.ts inwards, and back", site, {
  "/": "200 index (x-after: root2, root1, main)",
  "/users/7": `200 /users/:id 7 (x-route: /users/:id{"id":"7"})`,
  "/about": "200 about (x-after: marketing, root2, root1, main)",
});

facts(
  "F21 F22 a folder's middleware covers all inside it, and nothing else",
  site,
  {
    "/account": /^401/,
    "/account/deep/page": /^401/,
    "/account/code": /^401/,
    "/account/zzz": /^404/,
    "/vault/inside": /^401/,
    "/vault": "200 beside the folder",
    "/by-path": "200 by path",
  },
);

facts("F21 a folder's middleware lets members pass", site, {
  "/account": "200 main,root1,root2,account",
  "/account/deep/page": "200 deep",
  "/account/code":
    `200 ["main","root1","root2","account"] (x-after: account, root2, root1, main)`,
}, { "x-member": "1" });

facts(
  "G1 G6 handlers by method; GET handles HEAD, unless HEAD has its own",
  site,
  {
    "/head": "200 get",
    "HEAD /head": "200 (x-own: head)",
    "OPTIONS /head": "200 options",
    "DELETE /form": "404 not here",
    "DELETE /": "200 index",
    "HEAD /": "200",
  },
);

facts(
  "G2 G3 G4 a handler's data goes to the page, with status and headers",
  site,
  {
    "POST /form name=": `422 {"name":"required"} (x-form: no)`,
    "POST /form name=joe": "303 (location: /form)",
    "/rendered": "203 rendered (set-cookie: a=1, b=2)",
    "/async": "200 awaited",
    "/async?away": "200 left",
  },
);

facts(
  "G13 E4 E7 E10 the nearest _error or _404 responds, nothing is logged",
  site,
  {
    "/throws": /^500/,
    "/fail": "500 unknown /fail /fail (x-after: null) (logged: 0)",
    "/broken": "500 unknown /broken /broken",
    "/nope": "404 not here (x-after: null)",
    "/shop/nope": "404 not here",
    "/shop/fail/404": "404 not here",
    "/shop/fail/own": "404 own",
    "/shop/fail/409": "409 shop: HttpError: m (x-after: root2, root1, main)",
    // C12: a root _middleware sees them, and may render.
    "/nope?catch": "503 caught HttpError (x-after: root2, root1, main)",
    "/fail?catch": "503 caught Error",
  },
);

const WRAPPERS = {
  "/": "app root",
  "/about": "app root marketing",
  "/account": "app root account",
  "/bare": "",
  "/nested/deep": "app nested deep",
  "/nope": "app root",
  "/shop/fail/409": "app root shop",
  "/nope?catch": "app root",
};

Deno.test("F14 G10 E14 _app, layouts and config determine the markup around a page", async () => {
  for (const [path, names] of Object.entries(WRAPPERS)) {
    const { document } = await open(path, { "x-member": "1" });
    const wraps = attributes(document, "[data-wrap]", "data-wrap");
    assertEquals(wraps.join(" "), names, path);
    assertEquals(document.querySelectorAll("head, body").length, 2, path);
  }
});

Deno.test("H3 precompiled markup: strings are escaped once, in arrays twice", async () => {
  const { document } = await open("/jsx");
  const words = [`"a"`, "<b>", "c & d"];
  const texts = [...document.querySelectorAll("#text, li, #array")]
    .map(({ textContent }) => textContent);
  assertEquals(texts, [`"a"`, "&quot;a&quot;&lt;b>c &amp; d", ...words]);
  assertEquals(attributes(document, "li", "data-frsh-key"), words);
  const field = document.getElementById("field");
  assertEquals(field?.getAttribute("defaultvalue"), "value");
  assertEquals(field?.hasAttribute("value"), false);
  assertEquals(field?.hasAttribute("aria-invalid"), false);
});

const [NEITHER, HERE, ABOVE] = [",,", "page,true,", "true,,true"];

Deno.test("H7 links to this page and its parents are marked", async () => {
  const { document } = await open("/links");
  const found = [...document.querySelectorAll("nav a")].map((link) => [
    link.getAttribute("href"),
    ["aria-current", "data-current", "data-ancestor"]
      .map((name) => link.getAttribute(name)).join(),
  ]);
  assertEquals(Object.fromEntries(found), {
    "/": ABOVE,
    "/links": HERE,
    "/links/": HERE,
    "/links?a=1": ABOVE,
    "/links#part": HERE,
    "/links/deeper": NEITHER,
    "http://localhost/links": NEITHER,
    "relative": NEITHER,
  });
  assertEquals(attributes(document, "#own", "aria-current"), ["step"]);
});

Deno.test("H8 K7 the site's files have the build id", async () => {
  const id = `__frsh_c=${BUILD_ID}`;
  const { document } = await open("/links");
  assertEquals(attributes(document, "img", "src"), [`/dot.png?${id}`]);
  const srcset = [`/dot.png?${id} 1x, /dot@2.png?${id} 2x`];
  assertEquals(attributes(document, "img", "srcset"), srcset);
  const { body } = (await open("/asset")).document;
  assertEquals(
    body.textContent?.trim(),
    `/style.css?${id} /a.png?x=1&${id}#h //example.com/a.png ` +
      "https://example.com/a.png relative.png /a.png?__frsh_c=other",
  );
});

Deno.test("H9 <Head> moves into the head, and replaces equal elements", async () => {
  const { document: { head, body } } = await open("/titles");
  const contents = (selector: string) => attributes(head, selector, "content");
  const titles = [...head.querySelectorAll("title")];
  assertEquals(titles.map((it) => it.textContent), ["of the page & more"]);
  assertEquals(contents("meta[name=description]"), ["of the page"]);
  assertEquals(contents("meta[name=a]"), ["2"]);
  assertEquals(head.querySelectorAll("meta[charset]").length, 1);
  assertEquals(head.querySelectorAll("style[nonce], script[nonce]").length, 2);
  assertEquals(body.querySelectorAll("title, meta, link, script").length, 0);
});

Deno.test("O10 I8 a page links the styles of client.ts, its own and its islands'", async () => {
  const found: Record<string, string> = {};
  const rules = ["body{", "padding:3px", "margin:7px", "margin:9px"];
  for (const path of ["/", "/styled"]) {
    const { document } = await open(path);
    const selector = "head > link[rel=stylesheet]";
    const urls = attributes(document, selector, "href");
    const replies = await Promise.all(urls.map((url) => open(url)));
    for (const { status, headers } of replies) {
      assertEquals([status, headers.get("cache-control")], [200, FOR_EVER]);
      assertEquals(headers.get("content-type"), "text/css; charset=UTF-8");
    }
    const styles = replies.map(({ body }) => body).join("");
    found[path] = rules.filter((rule) => styles.includes(rule)).join(" ");
    for (const name of attributes(document, "#box", "class")) {
      assertStringIncludes(styles, `.${name}{`);
    }
  }
  assertEquals(found, { "/": "body{", "/styled": rules.join(" ") });
});

Deno.test("I1 I2 I4 islands are rendered, and one script loads their modules", async () => {
  const { document, headers, body } = await open("/islands");
  assertEquals(document.querySelector("button")?.textContent, "3");
  assertEquals(document.querySelector("#where")?.textContent, "server");
  // No prop ends it.
  assertEquals(body.split("</script>").length, 2);
  assertEquals(attributes(document, "script", "type"), ["module"]);
  assertEquals(noncesOf(body).length, 2);
  const code = document.querySelector("script")?.textContent ?? "";
  const urls = new Set(code.match(/\/assets\/[^"']+\.js/g));
  assertEquals(urls.size, 4);
  const modules = await Promise.all([...urls].map((url) => open(url)));
  for (const { status, headers } of modules) {
    assertEquals([status, headers.get("cache-control")], [200, FOR_EVER]);
    assertStringIncludes(headers.get("content-type") ?? "", "javascript");
  }
  assert(modules.some(({ body }) => body.includes("dataset.client")));
  const preloads = new Set(headers.get("link")?.split(", "));
  const link = (url: string) => `<${url}>; rel="modulepreload"; as="script"`;
  assertEquals(preloads, new Set([...urls].map(link)));
});

const LOST = ON_STUBS ? /^500/ : /^(200|500)/;
facts("I5 I6 Q props that cannot be sent are a 500 or lost", site, {
  "/islands/lost/function": /^500/,
  "/islands/lost/class": LOST,
  "/islands/lost/promise": LOST,
  "/islands/lost/jsx": LOST,
});

const REVALIDATE = "no-cache, no-store, max-age=0, must-revalidate";
const FOR_EVER = "public, max-age=31536000, immutable";
const HASH = createHash("sha256").update(SITE["static/style.css"]!)
  .digest("hex");

facts("K1 static files and assets are served, and no others", site, {
  "/.well-known/hidden.txt": "200 hidden",
  "/%73tyle.css": "200 p{}",
  "/style.css/": "200 p{}",
  "/sub/": "200 sub",
  "/favicon.ico": "404",
  "/skipped_test.js": /^404/,
  "/style%zz.css": /^404/,
  "/static/style.css": /^404/,
  "/.vite/manifest.json": /^404/,
  "/../server.js": /^404/,
  "/..%2fserver.js": /^404/,
  "/main.ts": /^404/,
});

facts("K2 K3 K4 K6 K10 files say what they are, and how long they last", site, {
  "/style.css": "200 p{} (content-type: text/css; charset=UTF-8) " +
    `(etag: W/"${HASH}") (vary: If-None-Match) (content-length: 3) ` +
    `(cache-control: ${REVALIDATE}) (x-after: null)`,
  [`/style.css?__frsh_c=${BUILD_ID}`]: `200 p{} (cache-control: ${FOR_EVER})`,
  "/style.css?__frsh_c=old&a=b": "307 (location: /style.css?a=b)",
  "HEAD /style.css": `200 (etag: W/"${HASH}")`,
  "POST /style.css": "405 Method Not Allowed",
});

facts("K5 a file that the browser has is a 304", site, {
  "/style.css": "304 (etag: null) (cache-control: null)",
}, { "if-none-match": `W/"${HASH}"` });

Deno.test({
  name: `I4 I7 islands hydrate and share signals and props${BROWSER_NOTE}`,
  ignore: CHROMIUM_PATH === undefined,
  async fn() {
    const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    await using server = Deno.serve(options, (request) => handler(request));
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/islands`);
    await page.locator("#where", { hasText: "browser" }).waitFor();
    const [first, second] = await page.locator("button").all();
    await first?.click();
    await second?.click();
    assertEquals(await page.locator("button").allTextContents(), ["5", "5"]);
    const echo = await page.locator("#echo").textContent();
    assertEquals(JSON.parse(echo ?? ""), {
      hostile: "String </script><!-- <script>",
      numbers: "Array 5",
      nan: "Number NaN",
      negativeZero: "Number -0",
      nothing: "Null null",
      missing: "Undefined undefined",
      big: "BigInt 12345678901234567890",
      date: "Date 1970-01-01T00:00:00.000Z",
      url: "URL https://example.com/a?b#c",
      map: "Map k,1",
      set: "Set 1,2",
      constant: "Number 7",
    });
  },
});
