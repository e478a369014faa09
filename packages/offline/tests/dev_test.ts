/** Vite's dev server. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseDocument } from "@/tests/helpers/document.ts";
import { facts } from "./helpers.ts";
import { type Files, project, vite } from "./project.ts";
import { SITE } from "./site.ts";

/** A project and its dev server. */
interface DevServer extends AsyncDisposable {
  readonly path: string;
  get(path: string, headers?: HeadersInit): Promise<Response>;
  send(request: Request): Promise<Response>;
  /** Requests a page until it holds `text`, as file events take their time. */
  until(path: string, text: string): Promise<void>;
  write(file: string, text: string): Promise<void>;
}

/** Starts Vite and waits for it to say where it listens. */
async function startDev(files: Files): Promise<DevServer> {
  const folder = await project(files);
  const port = freePort();
  const process = vite(folder.path, "--port", `${port}`, "--strictPort")
    .spawn();
  const listening = Promise.withResolvers<void>();
  let printed = "";
  const output = process.stdout.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(chunk) {
        printed += chunk;
        if (printed.includes("Local:")) listening.resolve();
      },
      close: () => listening.reject(new Error(`Vite has ended: ${printed}`)),
    }),
  );
  const errors = process.stderr.pipeTo(new WritableStream());
  await listening.promise;
  const get = (path: string, headers: HeadersInit = {}) =>
    fetch(`http://localhost:${port}${path}`, { headers });
  return {
    path: folder.path,
    get,
    async send(request) {
      const { pathname, search } = new URL(request.url);
      const url = `http://localhost:${port}${pathname}${search}`;
      const { method, body, headers } = request;
      return await fetch(url, { method, body, headers, redirect: "manual" });
    },
    async until(path, text) {
      for (let attempt = 0; attempt < 1000; attempt++) {
        if ((await (await get(path)).text()).includes(text)) return;
      }
      throw new Error(`${path} never had ${text}`);
    },
    write: (file, text) => Deno.writeTextFile(`${folder.path}/${file}`, text),
    async [Symbol.asyncDispose]() {
      try {
        process.kill("SIGKILL");
      } catch { /* It has ended by itself. */ }
      await Promise.all([process.status, output, errors]);
      await folder[Symbol.asyncDispose]();
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ port: 0 });
  return listener.addr.port;
}

const dev = await startDev({ ...SITE, ".env": "MY_SECRET=1" });
Deno.test.afterAll(async () => await dev[Symbol.asyncDispose]());

facts("P1 P4 P9 the dev server responds as the build does", {
  handler: () => dev.send,
}, {
  "/": "200 index (x-after: root2, root1, main) (x-wrapped: yes)",
  "/users/7": "200 /users/:id 7",
  "/rendered": "203 rendered (set-cookie: a=1, b=2)",
  "POST /form name=joe": "303 (location: /form)",
  "/account": /^401/,
  "/async?away": "303 (location: /)",
  "/shop/fail/409": "409 shop: HttpError: m",
  "/nope": "404 not here",
  "/fail": "500 unknown /fail /fail",
  "/style.css": "200 p{} (cache-control: no-cache)",
});

Deno.test("P3 the modules of islands are served", async () => {
  const body = await (await dev.get("/islands")).text();
  const urls = Array.from(
    body.matchAll(/from\s*["']([^"']+)["']/g),
    ([, url = ""]) => url,
  );
  assert(urls.length >= 4, body);
  for (const url of urls) {
    const response = await dev.get(url);
    await response.body?.cancel();
    assertEquals(response.status, 200, url);
  }
});

Deno.test("P3 the styles of client.ts are inline, those of a route linked", async () => {
  const document = parseDocument(await (await dev.get("/styled")).text());
  const inline = [...document.querySelectorAll("head style")]
    .map(({ textContent }) => textContent).join("");
  assertStringIncludes(inline, "body { background: url(");
  // What a stylesheet imports is in it, once.
  assertEquals(inline.split("color: red").length, 2, inline);
  const links = document.querySelectorAll("link[rel=stylesheet]");
  const texts = [...links].map(async (link) => {
    const url = link.getAttribute("href") ?? "";
    return await (await dev.get(url, { accept: "text/css" })).text();
  });
  assertStringIncludes((await Promise.all(texts)).join(""), "margin: 9px");
});

Deno.test("P10 private files are refused", async () => {
  for (const path of [`/@fs${dev.path}/.env`, "/@fs/etc/passwd"]) {
    const response = await dev.get(path);
    assert(response.status >= 400, path);
    assertEquals(/root:|MY_SECRET/.test(await response.text()), false);
  }
});

Deno.test("P2 the dev server picks up new and changed files", async () => {
  const page = (text: string) => `export default () => <p>${text}</p>;\n`;
  await dev.until("/", "index");
  await dev.write("routes/index.tsx", page("changed"));
  await dev.until("/", "<p>changed</p>");
  await dev.write("routes/added.tsx", page("new"));
  await dev.until("/added", "<p>new</p>");
  await dev.write("assets/styles.css", "body { color: rgb(4, 5, 6) }\n");
  await dev.until("/", "rgb(4, 5, 6)");
});
