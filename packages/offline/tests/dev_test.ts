import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { FIXTURE, project, SITE, vite } from "./fixture.ts";
import { documentOf } from "./helpers.ts";

/** A running dev server. */
interface DevServer extends AsyncDisposable {
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Starts Vite in `folder` and waits for it to say where it listens. */
async function startDev(folder: string): Promise<DevServer> {
  const port = freePort();
  const process = vite(folder, "--port", `${port}`, "--strictPort").spawn();
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
  return {
    fetch: (path, init) => fetch(`http://localhost:${port}${path}`, init),
    async [Symbol.asyncDispose]() {
      try {
        process.kill("SIGKILL");
      } catch { /* It has ended by itself. */ }
      await Promise.all([process.status, output, errors]);
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ port: 0 });
  return listener.addr.port;
}

Deno.test("P the dev server responds as the build does", async (t) => {
  await using dev = await startDev(FIXTURE);
  const get = async (path: string, init?: RequestInit) => {
    const response = await dev.fetch(path, { redirect: "manual", ...init });
    const { status, headers } = response;
    return { status, headers, body: await response.text() };
  };

  await t.step("P1 same statuses", async () => {
    const expected = {
      "/": 200,
      "/users/7": 200,
      "/form": 200,
      "/account": 401,
      "/async?away": 303,
      "/fail/http": 409,
      "/nope": 404,
    };
    for (const [path, status] of Object.entries(expected)) {
      assertEquals((await get(path)).status, status, path);
    }
  });

  await t.step("P1 same pages, wrappers included", async () => {
    const { body, headers } = await get("/");
    assertStringIncludes(body, `data-layout="root"`);
    assertStringIncludes(body, "<h1>index</h1>");
    assertEquals(headers.get("x-wrapped"), "yes");
    assertStringIncludes(headers.get("vary") ?? "", "Origin");
  });

  await t.step("P1 every cookie", async () => {
    const { headers } = await get("/rendered");
    assertEquals(headers.getSetCookie(), ["a=1", "b=2"]);
  });

  await t.step("P1 bodies of requests arrive", async () => {
    const body = new URLSearchParams("name=joe");
    assertEquals((await get("/form", { method: "POST", body })).status, 303);
  });

  await t.step("P3 the modules of islands are served", async () => {
    const { body } = await get("/islands/echo");
    const urls = body.matchAll(/from\s*["']([^"']+)["']/g);
    const modules = Array.from(urls, ([, url = ""]) => url);
    assert(modules.length >= 4, body);
    for (const url of modules) assertEquals((await get(url)).status, 200, url);
  });

  await t.step("P4 static files are not cached", async () => {
    const { status, headers } = await get("/style.css");
    assertEquals([status, headers.get("cache-control")], [200, "no-cache"]);
  });

  await t.step("P9 the app responds to errors itself", async () => {
    const { status, body } = await get("/fail/error");
    assertEquals([status, body], [500, "Internal server error"]);
  });

  await t.step("P10 private files are refused", async () => {
    for (const path of [`/@fs${FIXTURE}/.env`, "/@fs/etc/passwd"]) {
      const { status, body } = await get(path);
      assert(status >= 400, path);
      assertEquals(body.includes("root:"), false);
    }
  });
});

/** Asks until the page holds `text`, as file events take their time. */
async function eventually(dev: DevServer, path: string, text: string) {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const response = await dev.fetch(path);
    if ((await response.text()).includes(text)) return true;
  }
  return false;
}

Deno.test("P2 the dev server picks up new and changed files", async () => {
  await using folder = await project({});
  await using dev = await startDev(folder.path);
  const write = (text: string, name: string) =>
    Deno.writeTextFile(
      `${folder.path}/routes/${name}.tsx`,
      `export default () => <p>${text}</p>;\n`,
    );
  assert(await eventually(dev, "/", "index"));
  await write("changed", "index");
  assert(await eventually(dev, "/", "changed"));
  await write("new", "added");
  assert(await eventually(dev, "/added", "<p>new</p>"));
});

Deno.test("P3 the styles of client.ts are inline, as they are now", async () => {
  const stylesheet = "assets/styles.css";
  await using folder = await project({
    "client.ts": `import "./${stylesheet}";\n`,
    [stylesheet]: "p { color: rgb(1, 2, 3); }\n",
  });
  await using dev = await startDev(folder.path);
  const body = await (await dev.fetch("/")).text();
  const style = documentOf({ body }).querySelector("head style");
  assertStringIncludes(style?.textContent ?? "", "rgb(1, 2, 3)");
  await Deno.writeTextFile(
    `${folder.path}/${stylesheet}`,
    "p { color: rgb(4, 5, 6); }\n",
  );
  assert(await eventually(dev, "/", "rgb(4, 5, 6)"));
});

Deno.test("P3 the styles of a route are linked", async () => {
  await using dev = await startDev(SITE);
  const body = await (await dev.fetch("/docs/card")).text();
  const links = documentOf({ body }).querySelectorAll("link[rel=stylesheet]");
  const urls = [...links].map((link) => link.getAttribute("href") ?? "");
  const texts = await Promise.all(
    urls.map(async (url) => {
      const headers = { accept: "text/css" };
      return await (await dev.fetch(url, { headers })).text();
    }),
  );
  assertStringIncludes(texts.join(""), "margin: 9px");
});

Deno.test("P12 Q a malformed escape gets a response or ends the server", async () => {
  await using dev = await startDev(FIXTURE);
  const settled = await dev.fetch("/users/%zz").then(
    (response) => response.text(),
    () => "ended",
  );
  assert(settled);
});
