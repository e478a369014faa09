/** Vite's dev server; the starter's tests edit files under it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseDocument } from "@/tests/helpers/document.ts";
import { facts } from "./helpers.ts";
import { ENV, project, VITE } from "./project.ts";
import { SITE } from "./site.ts";

const folder = await project({ ...SITE, ".env": "MY_SECRET=1" });
const process = new Deno.Command(Deno.execPath(), {
  args: [...VITE, "--port", "0"],
  cwd: folder.root,
  env: ENV,
  stdout: "piped",
  stderr: "null",
}).spawn();
const address = Promise.withResolvers<string>();
let printed = "";
const output = process.stdout.pipeThrough(new TextDecoderStream()).pipeTo(
  new WritableStream({
    write(chunk) {
      printed += chunk;
      const [, origin] = /Local: +(http\S+)\//.exec(printed) ?? [];
      if (origin !== undefined) address.resolve(origin);
    },
    close: () => address.reject(new Error(`Vite has ended: ${printed}`)),
  }),
);
const origin = await address.promise;
Deno.test.afterAll(async () => {
  process.kill("SIGKILL");
  await Promise.all([process.status, output]);
  await folder[Symbol.asyncDispose]();
});

async function send({ url, method, body, headers }: Request) {
  const { pathname, search } = new URL(url);
  const init = { method, body, headers, redirect: "manual" } as const;
  return await fetch(`${origin}${pathname}${search}`, init);
}

async function get(path: string, headers: HeadersInit = {}): Promise<string> {
  const response = await fetch(`${origin}${path}`, { headers });
  assertEquals(response.status, 200, path);
  return await response.text();
}

facts("P1 P4 P9 the dev server responds as the build does", {
  handler: () => send,
}, {
  "/": "200 index (x-after: root2, root1, main)",
  "/users/7": "200 /users/:id 7",
  "/rendered": "203 rendered (set-cookie: a=1, b=2)",
  "POST /form name=joe": "303 (location: /form)",
  "/account": /^401/,
  "/shop/fail/409": "409 shop: HttpError: m",
  "/nope": "404 not here",
  "/fail": "500 unknown /fail /fail",
  "/style.css": "200 p{} (cache-control: no-cache)",
});

Deno.test("P3 the modules of islands are served", async () => {
  const body = await get("/islands");
  const urls = [...body.matchAll(/from\s*["']([^"']+)["']/g)];
  assert(urls.length >= 4, body);
  for (const [, url = ""] of urls) await get(url);
});

Deno.test("P3 the styles of client.ts are inline, those of a route linked", async () => {
  const { head } = parseDocument(await get("/styled"));
  const styles = [...head.querySelectorAll("style")]
    .map(({ textContent }) => textContent).join("");
  assertStringIncludes(styles, "body { margin: 0 }");
  // What a stylesheet imports is in it, once.
  assertEquals(styles.split("color: red").length, 2, styles);
  const links = [...head.querySelectorAll("link[rel=stylesheet]")];
  const texts = links.map((link) =>
    get(link.getAttribute("href") ?? "", { accept: "text/css" })
  );
  assertStringIncludes((await Promise.all(texts)).join(""), "margin: 9px");
});

Deno.test("P10 private files are refused", async () => {
  for (const path of [`/@fs${folder.root}.env`, "/@fs/etc/passwd"]) {
    const response = await fetch(`${origin}${path}`);
    assert(response.status >= 400, path);
    assertEquals(/root:|MY_SECRET/.test(await response.text()), false);
  }
});
