import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { BUILD_ID, builtFixture, FIXTURE } from "./fixture.ts";
import { ask, askLogged, documentOf, noncesOf, type Reply } from "./helpers.ts";

/** An import or re-export, static or not. */
const IMPORT = /(?:^(?:im|ex)port\b[^"\n]*\bfrom ?|\bimport\()"([^"]+)"/gm;

async function get(path: string, init?: RequestInit): Promise<Reply> {
  return await ask(await builtFixture(), path, init);
}

/** The paths of all files in `folder`. */
async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    files.push(...entry.isDirectory ? await filesIn(path) : [path]);
  }
  return files;
}

Deno.test("H3 the page's own document is the only one", async () => {
  const { body } = await get("/");
  assert(body.startsWith(`<!DOCTYPE html><html lang="en">`), body);
  for (const tag of ["<html", "<head", "<body"]) {
    assertEquals(body.split(tag).length, 2, tag);
  }
});

Deno.test("H4 text and attributes are escaped", async () => {
  const { body } = await get("/inline");
  assertEquals(body.includes("<script>alert"), false);
  assertStringIncludes(body, "&lt;script");
});

Deno.test("H5 the policy names the nonce of the inline tags", async () => {
  const { headers, body } = await get("/inline");
  const nonces = noncesOf(body);
  assertEquals(nonces.length, 2);
  assertEquals(new Set(nonces).size, 1);
  const policy = headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, `script-src 'self' 'nonce-${nonces[0]}'`);
});

Deno.test("I2 a page without islands has no script", async () => {
  const { body } = await get("/");
  assertEquals(body.includes("<script"), false);
});

Deno.test("I2 a page with islands has one module script", async () => {
  const { body } = await get("/islands/echo");
  assertEquals(body.match(/<script [^>]*nonce/g)?.length, 1);
  assertMatch(body, /<script type="module" nonce="[^"]+">/);
});

Deno.test("I2 the script's modules are served", async () => {
  const { body } = await get("/islands/echo");
  const urls = body.matchAll(/["'](\/assets\/[^"']+\.js)["']/g);
  const modules = new Set(Array.from(urls, ([, url = ""]) => url));
  assertEquals(modules.size, 4);
  for (const url of modules) {
    const { status, headers } = await get(url);
    assertEquals(status, 200);
    assertStringIncludes(headers.get("content-type") ?? "", "javascript");
  }
});

Deno.test("I1 islands render on the server", async () => {
  const page = documentOf(await get("/islands/echo"));
  assertEquals(page.querySelector("button")?.textContent, "3");
  assertEquals(page.querySelector("#where")?.textContent, "server");
});

Deno.test("I4 props cannot end the script", async () => {
  const { body } = await get("/islands/echo");
  assertEquals(body.split("</script>").length, 2);
  assertEquals(body.includes("<!-- <script>"), false);
});

Deno.test("I5 a function as a prop is a 500", async () => {
  const handler = await builtFixture();
  const { status } = await askLogged(handler, "/islands/function");
  assertEquals(status, 500);
});

Deno.test("I6 Q a class instance as a prop is lost or a 500", async () => {
  const handler = await builtFixture();
  const { status } = await askLogged(handler, "/islands/class");
  assert([200, 500].includes(status));
});

Deno.test("K7 asset() adds the build id to root-relative paths", async () => {
  const { body } = await get("/asset");
  const [, text = ""] = /<pre>(.*)<\/pre>/.exec(body) ?? [];
  assertEquals(text.replaceAll("&amp;", "&").split(" "), [
    `/style.css?__frsh_c=${BUILD_ID}`,
    `/a.png?x=1&__frsh_c=${BUILD_ID}#h`,
    "//example.com/a.png",
    "https://example.com/a.png",
    "relative.png",
    "/a.png?__frsh_c=other",
  ]);
});

Deno.test("O1 the build has these parts", async () => {
  await builtFixture();
  for (const file of ["server.js", "server/server-entry.mjs"]) {
    assert((await Deno.stat(`${FIXTURE}/_fresh/${file}`)).isFile);
  }
  const css = await Deno.readTextFile(`${FIXTURE}/_fresh/client/style.css`);
  assertEquals(css, await Deno.readTextFile(`${FIXTURE}/static/style.css`));
});

Deno.test("O3 the build needs no packages and no sources", async () => {
  await builtFixture();
  const output = await filesIn(`${FIXTURE}/_fresh`);
  const modules = output.filter((path) => /\.m?js$/.test(path));
  assert(modules.length > 10);
  for (const path of modules) {
    const code = await Deno.readTextFile(path);
    const imports = code.matchAll(IMPORT);
    for (const [, specifier = ""] of imports) {
      assertMatch(specifier, /^(\.{0,2}\/|node:)/, path);
    }
  }
});

Deno.test("O3 the build can be moved, D5 and knows its place", async () => {
  await builtFixture();
  const path = await Deno.makeTempDir();
  try {
    const copy = new Deno.Command("cp", {
      args: ["-r", `${FIXTURE}/_fresh`, path],
    });
    assert((await copy.output()).success);
    const url = new URL(`file://${path}/_fresh/server.js`);
    const server = await import(url.href);
    assertEquals((await ask(server.default.fetch, "/style.css")).status, 200);
    const { body } = await ask(server.default.fetch, "/config");
    assertEquals(body, `${await Deno.realPath(path)}/_fresh`);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});

Deno.test("O4 the server needs to read _fresh only", async () => {
  await builtFixture();
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--allow-read=_fresh",
      "ask.ts",
      "/",
      "/style.css",
    ],
    cwd: FIXTURE,
  }).output();
  assertEquals(new TextDecoder().decode(stdout), "200\n200\n");
});

Deno.test("O5 every route file is a module of its own", async () => {
  await builtFixture();
  const assets = await filesIn(`${FIXTURE}/_fresh/server/assets`);
  const texts = await Promise.all(
    assets.map((path) => Deno.readTextFile(path)),
  );
  const alone = texts.filter((text) => text.includes("beside the folder"));
  assertEquals(alone.length, 1);
  assertEquals(alone[0]?.includes("by path"), false);
});

Deno.test("O9 a wrapped app.handler gets every response", async () => {
  for (const path of ["/", "/nope", "/style.css", "/fail/http"]) {
    assertEquals((await get(path)).headers.get("x-wrapped"), "yes", path);
  }
});
