import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { App, type Context, page, type PageProps } from "fresh";
import { ask, askLogged, documentOf } from "./helpers.ts";

type Probe = (ctx: Context<unknown>) => Response | Promise<Response>;

/** Sends one request to `probe`, registered at `/a/:p`. */
function probe(fn: Probe, path = "/a/1") {
  return askLogged(new App().get("/a/:p", fn).handler(), path);
}

Deno.test("D2 ctx.route is the pattern", async () => {
  const { body } = await probe((ctx) => ctx.json(ctx.route));
  assertEquals(JSON.parse(body), "/a/:p");
});

Deno.test("D2 ctx.route is null without a match", async () => {
  const handler = new App().use((ctx) => ctx.json(ctx.route)).handler();
  assertEquals((await ask(handler, "/nope")).body, "null");
});

Deno.test("D3 ctx.info has a local address in tests", async () => {
  const { body } = await probe((ctx) => ctx.json(ctx.info.remoteAddr));
  assertEquals(JSON.parse(body), {
    transport: "tcp",
    hostname: "localhost",
    port: 1234,
  });
});

Deno.test("D3 ctx.info is what the server gives", async () => {
  const info: Deno.ServeHandlerInfo = {
    remoteAddr: { transport: "tcp", hostname: "192.0.2.1", port: 9 },
    completed: Promise.resolve(),
  };
  const handler = new App().get("/", (ctx) => ctx.json(ctx.info.remoteAddr))
    .handler();
  const response = await handler(new Request("http://localhost/"), info);
  assertEquals((await response.json()).hostname, "192.0.2.1");
});

Deno.test("D5 ctx.config is the app's", async () => {
  const { body } = await probe((ctx) => ctx.json(ctx.config));
  assertEquals(JSON.parse(body), {
    root: ".",
    basePath: "",
    mode: "production",
    trustProxy: false,
  });
});

Deno.test("D6 text, html and json set their types and keep init", async () => {
  const init = { status: 202, headers: { "x-kept": "1" } };
  const expected = new Map<string, Probe>([
    ["text/html; charset=utf-8", (ctx) => ctx.html("{}", init)],
    ["text/plain;charset=UTF-8", (ctx) => ctx.text("{}", init)],
    ["application/json", (ctx) => ctx.json({}, init)],
  ]);
  for (const [type, fn] of expected) {
    const { status, headers, body } = await probe(fn);
    assertEquals([status, headers.get("x-kept"), body], [202, "1", "{}"]);
    assertEquals(headers.get("content-type"), type);
  }
});

Deno.test("D4 isPartial tells from the query", async () => {
  const fn: Probe = (ctx) => ctx.json(ctx.isPartial);
  assertEquals((await probe(fn)).body, "false");
  assertEquals((await probe(fn, "/a/1?fresh-partial")).body, "true");
});

Deno.test("D7 redirect is a 302 unless told otherwise", async () => {
  const reply = await probe((ctx) => ctx.redirect("/x"));
  assertEquals([reply.status, reply.body], [302, ""]);
  assertEquals(reply.headers.get("location"), "/x");
  for (const status of [301, 303, 307, 308]) {
    const reply = await probe((ctx) => ctx.redirect("/x", status));
    assertEquals(reply.status, status);
  }
});

Deno.test("D8 redirect collapses slashes in the path", async () => {
  const targets = new Map([
    ["//evil.com", "/evil.com"],
    ["///e", "/e"],
    ["/a//b?u=//x", "/a/b?u=//x"],
    ["/a//b#//c", "/a/b#//c"],
  ]);
  for (const [target, location] of targets) {
    const { headers } = await probe((ctx) => ctx.redirect(target));
    assertEquals(headers.get("location"), location);
  }
});

Deno.test("D9 redirect to an unencoded target is a 500", async () => {
  assertEquals((await probe((ctx) => ctx.redirect("/你"))).status, 500);
});

Deno.test("D10 Q redirect keeps or collapses a backslash", async () => {
  const { headers } = await probe((ctx) => ctx.redirect("/\\evil.com"));
  assert(["/\\evil.com", "/evil.com"].includes(headers.get("location") ?? ""));
});

Deno.test("D11 redirect passes absolute URLs on", async () => {
  const url = "https://example.com//a?b=//c#d";
  const { headers } = await probe((ctx) => ctx.redirect(url));
  assertEquals(headers.get("location"), url);
});

Deno.test("D14 render(null) is an empty document", async () => {
  const { status, body } = await probe((ctx) => ctx.render(null));
  assertEquals(status, 200);
  assertStringIncludes(body, "<body></body>");
});

Deno.test("D14 render takes elements only", async () => {
  // deno-lint-ignore no-explicit-any -- the mistakes that are tested
  const fns: any[] = [(ctx: any) => ctx.render(), (ctx: any) => ctx.render(1)];
  for (const fn of fns) assertEquals((await probe(fn)).status, 500);
});

Deno.test("D14 render leaves out wrappers when told", async () => {
  const wrap = (name: string) => ({ Component }: PageProps) => (
    <div data-wrap={name}>
      <Component />
    </div>
  );
  const expected: [string[], object][] = [
    [["app", "layout"], {}],
    [["layout"], { skipAppWrapper: true }],
    [["app"], { skipInheritedLayouts: true }],
  ];
  for (const [names, options] of expected) {
    const handler = new App().appWrapper(wrap("app"))
      .layout("*", wrap("layout"))
      .get("/", (ctx) => ctx.render(<p />, {}, options)).handler();
    const page = documentOf(await ask(handler, "/"));
    const found = [...page.querySelectorAll("[data-wrap]")]
      .map((element) => element.getAttribute("data-wrap"));
    assertEquals(found, names);
  }
});

Deno.test("H6 wrappers and pages are told what the request is", async () => {
  const tell = ({ params, route, url, data, error, isPartial }: PageProps) =>
    JSON.stringify([params, route, url.pathname, data, error, isPartial]);
  const told: string[] = [];
  const handler = new App<unknown>()
    .appWrapper((props) => {
      told.push(tell(props));
      return <props.Component />;
    })
    .route("/a/:p", {
      handler: () => page({ x: 1 }),
      component: (props) => {
        told.push(tell(props));
        return null;
      },
    }).handler();
  await ask(handler, "/a/1");
  assertEquals(told.sort(), [
    `[{"p":"1"},"/a/:p","/a/1",null,null,false]`,
    `[{"p":"1"},"/a/:p","/a/1",{"x":1},null,false]`,
  ]);
});

Deno.test("D15 render takes status and text, and is always HTML", async () => {
  const response = await new App().get("/", (ctx) =>
    ctx.render(<p />, {
      status: 418,
      statusText: "Teapot",
      headers: { "content-type": "text/plain" },
    })).handler()(new Request("http://localhost/"));
  await response.body?.cancel();
  assertEquals([response.status, response.statusText], [418, "Teapot"]);
  assertEquals(
    response.headers.get("content-type"),
    "text/html; charset=utf-8",
  );
});

Deno.test("D17 several cookies survive every kind of response", async () => {
  const init = () => ({
    headers: new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]),
  });
  const replies: Probe[] = [
    (ctx) => ctx.render(<p />, init()),
    (ctx) => ctx.json({}, init()),
    (ctx) => {
      const response = ctx.redirect("/");
      response.headers.append("set-cookie", "a=1");
      response.headers.append("set-cookie", "b=2");
      return response;
    },
  ];
  for (const fn of replies) {
    const { headers } = await probe(fn);
    assertEquals(headers.getSetCookie(), ["a=1", "b=2"]);
  }
});

Deno.test("H1 render supplies the document around a page", async () => {
  const { body } = await probe((ctx) => ctx.render(<p>text</p>));
  const document =
    /^<!DOCTYPE html><html><head><meta charset="utf-8" ?\/?><\/head><body><p>text<\/p><\/body><\/html>$/;
  assert(document.test(body), body);
});

Deno.test("H1 render does not repeat what the page has", async () => {
  const { body } = await probe((ctx) =>
    ctx.render(
      <html lang="en">
        <head>
          <title>t</title>
        </head>
        <body class="b">text</body>
      </html>,
    )
  );
  assert(body.startsWith(`<!DOCTYPE html><html lang="en"><head><title>t`));
  for (const tag of ["<html", "<head", "<body"]) {
    assertEquals(body.split(tag).length, 2, tag);
  }
});

Deno.test("H4 text and attributes are escaped", async () => {
  const hostile = `"><script>alert(1)</script>`;
  const { body } = await probe((ctx) =>
    ctx.render(<p title={hostile}>{hostile}</p>)
  );
  assertEquals(body.includes("<script"), false);
  assertStringIncludes(body, "&lt;script");
});

Deno.test("H5 inline tags get a nonce that is new each time", async () => {
  const fn: Probe = (ctx) =>
    ctx.render(
      <main>
        <style>{"p{}"}</style>
        <script>1</script>
      </main>,
    );
  const nonce = /<(?:style|script) nonce="([^"]{16,})">/g;
  const [first, second] = [await probe(fn), await probe(fn)].map(({ body }) =>
    Array.from(body.matchAll(nonce), ([, value]) => value)
  );
  assertEquals(first?.length, 2);
  assertEquals(first?.[0], first?.[1]);
  assert(first?.[0] !== second?.[0]);
});

Deno.test("H5 a page says nothing about caching", async () => {
  const { headers } = await probe((ctx) => ctx.render(<p />));
  assertEquals([headers.get("cache-control"), headers.get("etag")], [
    null,
    null,
  ]);
});
