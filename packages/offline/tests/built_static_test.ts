import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { BUILD_ID, builtFixture, FIXTURE } from "./fixture.ts";
import { ask, type Reply } from "./helpers.ts";

const REVALIDATE = "no-cache, no-store, max-age=0, must-revalidate";
const FOR_EVER = "public, max-age=31536000, immutable";

async function get(path: string, init?: RequestInit): Promise<Reply> {
  return await ask(await builtFixture(), path, init);
}

function ifNoneMatch(tag: string): RequestInit {
  return { headers: { "if-none-match": tag } };
}

/** The hash that the stylesheet's tag is made of. */
async function styleHash(): Promise<string> {
  const bytes = await Deno.readFile(`${FIXTURE}/static/style.css`);
  return createHash("sha256").update(bytes).digest("hex");
}

Deno.test("K1 dotfiles are served, test files are not", async () => {
  assertEquals((await get("/.well-known/hidden.txt")).body, "hidden");
  assertEquals((await get("/skipped_test.js")).status, 404);
});

Deno.test("K1 nothing but static files and assets is served", async () => {
  const outside = [
    "/static/style.css",
    "/_fresh/server.js",
    "/.vite/manifest.json",
    "/server.js",
    "/../server.js",
    "/%2e%2e/server.js",
    "/..%2fserver.js",
    "/server/server-entry.mjs",
    "/main.ts",
  ];
  for (const path of outside) {
    assertEquals((await get(path)).status, 404, path);
  }
});

Deno.test("K2 a file has type, tag and length, and is revalidated", async () => {
  const { status, headers, body } = await get("/style.css");
  assertEquals(status, 200);
  assertEquals(headers.get("content-type"), "text/css; charset=UTF-8");
  assertEquals(headers.get("etag"), `W/"${await styleHash()}"`);
  assertEquals(headers.get("vary"), "If-None-Match");
  assertEquals(headers.get("content-length"), String(body.length));
  assertEquals(headers.get("cache-control"), REVALIDATE);
});

Deno.test("K2 an unknown extension is plain text", async () => {
  const { headers } = await get("/blob.unknownext");
  assertEquals(headers.get("content-type"), "text/plain");
});

Deno.test("K3 what names the build is kept for a year", async () => {
  const tagged = await get(`/style.css?__frsh_c=${BUILD_ID}`);
  assertEquals(tagged.headers.get("cache-control"), FOR_EVER);
  const { body } = await get("/islands/echo");
  const [, url = ""] = /["'](\/assets\/[^"']+\.js)["']/.exec(body) ?? [];
  const chunk = await get(url);
  assertEquals(chunk.headers.get("cache-control"), FOR_EVER);
});

Deno.test("K5 a known tag is 304 without body, tag and caching", async () => {
  const hash = await styleHash();
  const known = ifNoneMatch(`W/"${hash}"`);
  const { status, headers, body } = await get("/style.css", known);
  assertEquals([status, body], [304, ""]);
  assertEquals(headers.has("etag"), false);
  assertEquals(headers.has("cache-control"), false);
});

Deno.test("K5 any other condition is 200", async () => {
  const hash = await styleHash();
  for (const tag of [`"${hash}"`, "*", `W/"${hash}", W/"x"`]) {
    assertEquals((await get("/style.css", ifNoneMatch(tag))).status, 200);
  }
});

Deno.test("K6 HEAD has no body, POST is 405", async () => {
  const head = await get("/style.css", { method: "HEAD" });
  assertEquals([head.status, head.body], [200, ""]);
  assert(head.headers.has("etag"));
  const post = await get("/style.css", { method: "POST" });
  assertEquals([post.status, post.body], [405, "Method Not Allowed"]);
});

Deno.test("K8 names are decoded and case-sensitive", async () => {
  assertEquals((await get("/with%20space.txt")).body, "space");
  assertEquals((await get("/STYLE.css")).status, 404);
});

Deno.test("K9 a malformed escape is 404", async () => {
  assertEquals((await get("/style%zz.css")).status, 404);
});

Deno.test("K10 files skip the middlewares after staticFiles()", async () => {
  const { headers } = await get("/style.css");
  assertEquals(headers.get("x-after"), null);
  assert(headers.has("content-security-policy"));
});
