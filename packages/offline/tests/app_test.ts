import { assert, assertEquals, assertThrows } from "@std/assert";
import { App, type Context, type MiddlewareFn } from "fresh";
import { ask, askLogged } from "./helpers.ts";

const method = (ctx: Context<unknown>) => ctx.text(ctx.req.method);
const params = (ctx: Context<unknown>) => ctx.json(ctx.params);

Deno.test("B1 the config has defaults", () => {
  assertEquals({ ...new App().config }, {
    root: ".",
    basePath: "",
    mode: "production",
    trustProxy: false,
  });
});

Deno.test("B2 every registration returns the app", () => {
  const app = new App();
  const results = [
    app.use((ctx) => ctx.next()),
    app.get("/", method),
    app.post("/", method),
    app.put("/", method),
    app.patch("/", method),
    app.delete("/", method),
    app.head("/", method),
    app.all("/", method),
    app.route("/r", { handler: method }),
    app.notFound(() => new Response()),
    app.onError("*", () => new Response()),
    app.appWrapper(() => null),
    app.layout("/", () => null),
    app.mountApp("/inner", new App()),
    app.fsRoutes(),
  ];
  assert(results.every((result) => result === app));
});

Deno.test("B3 each method has its own handler", async () => {
  const handler = new App().get("/a", method).post("/a", method).handler();
  assertEquals((await ask(handler, "/a")).body, "GET");
  assertEquals((await ask(handler, "/a", { method: "POST" })).body, "POST");
});

Deno.test("B3 GET handles HEAD, without the body", async () => {
  const handler = new App().get(
    "/a",
    (ctx) =>
      ctx.text(ctx.req.method, { status: 203, headers: { "x-kept": "1" } }),
  )
    .handler();
  const { status, headers, body } = await ask(handler, "/a", {
    method: "HEAD",
  });
  assertEquals([status, headers.get("x-kept"), body], [203, "1", ""]);
});

Deno.test("B3 another method is 405, without Allow", async () => {
  const handler = new App().get("/a", method).handler();
  const reply = await ask(handler, "/a", { method: "PUT" });
  assertEquals(reply.status, 405);
  assertEquals(reply.body, "Method Not Allowed");
  assertEquals(reply.headers.get("allow"), null);
  assertEquals(reply.headers.get("content-type"), "text/plain;charset=UTF-8");
});

Deno.test("B3 OPTIONS says which methods there are", async () => {
  const handler = new App().get("/a", method).post("/a", method).handler();
  const reply = await ask(handler, "/a", { method: "OPTIONS" });
  assertEquals([reply.status, reply.body], [204, ""]);
  assertEquals(reply.headers.get("allow"), "GET, POST");
});

Deno.test("B4 put, patch, delete and head take their method only", async () => {
  const handler = new App().put("/a", method).patch("/a", method)
    .delete("/a", method).head("/b", method).handler();
  for (const name of ["PUT", "PATCH", "DELETE"]) {
    assertEquals((await ask(handler, "/a", { method: name })).body, name);
  }
  const options = await ask(handler, "/a", { method: "OPTIONS" });
  assertEquals(options.headers.get("allow"), "PUT, PATCH, DELETE");
  assertEquals((await ask(handler, "/a")).status, 405);
  assertEquals((await ask(handler, "/b", { method: "HEAD" })).status, 200);
  assertEquals((await ask(handler, "/b")).status, 405);
});

Deno.test("B4 all() gets every method", async () => {
  const handler = new App().all(
    "/a",
    (ctx) => ctx.text("", { headers: { "x-method": ctx.req.method } }),
  ).handler();
  for (const method of ["GET", "HEAD", "OPTIONS", "DELETE"]) {
    const { headers } = await ask(handler, "/a", { method });
    assertEquals(headers.get("x-method"), method);
  }
});

Deno.test("B5 no match is 404 for every method", async () => {
  const handler = new App().get("/a", method).handler();
  for (const method of ["GET", "POST", "OPTIONS"]) {
    const { status, body } = await ask(handler, "/b", { method });
    assertEquals([status, body], [404, "Not Found"]);
  }
});

Deno.test("B6 literals match with one slash more, patterns do not", async () => {
  const handler = new App().get("/a", method).get("/u/:id", method).handler();
  assertEquals((await ask(handler, "/a/")).status, 200);
  assertEquals((await ask(handler, "/u/1")).status, 200);
  assertEquals((await ask(handler, "/u/1/")).status, 404);
  assertEquals((await ask(handler, "/A")).status, 404);
});

Deno.test("B7 literals beat patterns, then the first one wins", async () => {
  const text = (s: string) => () => new Response(s);
  const handler = new App()
    .get("/u/:id", text("pattern"))
    .get("/u/:name", text("second"))
    .get("/u/me", text("literal"))
    .get("/u/me", text("again"))
    .handler();
  assertEquals((await ask(handler, "/u/me")).body, "literal");
  assertEquals((await ask(handler, "/u/1")).body, "pattern");
});

Deno.test("B8 a literal with other methods hides a pattern", async () => {
  const handler = new App().post("/x", method).get("/:id", method).handler();
  assertEquals((await ask(handler, "/x")).status, 405);
});

Deno.test("B9 params are decoded, except reserved characters", async () => {
  const handler = new App().get("/:p", params).handler();
  assertEquals((await ask(handler, "/a%20b")).body, `{"p":"a b"}`);
  assertEquals((await ask(handler, "/%E4%BD%A0")).body, `{"p":"你"}`);
  assertEquals((await ask(handler, "/a%2Fb")).body, `{"p":"a%2Fb"}`);
});

Deno.test("B9 params have no prototype", async () => {
  const handler = new App().get(
    "/:p",
    (ctx) => ctx.json(Object.getPrototypeOf(ctx.params)),
  ).handler();
  assertEquals((await ask(handler, "/a")).body, "null");
});

Deno.test("B10 runs of slashes count as one, in ctx.url only", async () => {
  const handler = new App().get(
    "/a/b",
    (ctx) => ctx.json([ctx.url.href, ctx.req.url]),
  ).handler();
  const { body } = await ask(handler, "//a///b?q=//");
  assertEquals(JSON.parse(body), [
    "http://localhost/a/b?q=//",
    "http://localhost//a///b?q=//",
  ]);
});

Deno.test("B12 Q a malformed escape is no success", async () => {
  const handler = new App().get("/u/:id", params).handler();
  const status = await ask(handler, "/u/%zz").then((a) => a.status, () => 500);
  assert([400, 404, 500].includes(status));
});

Deno.test("B13 several functions of a route form a chain", async () => {
  const handler = new App<{ seen: string }>().get("/a", (ctx) => {
    ctx.state.seen = "first";
    return ctx.next();
  }, (ctx) => ctx.text(ctx.state.seen)).get("/b", (ctx) => ctx.next())
    .handler();
  assertEquals((await ask(handler, "/a")).body, "first");
  assertEquals((await ask(handler, "/b")).status, 404);
});

Deno.test("B14 middlewares, handlers and routes may be loaded later", async () => {
  const tell: MiddlewareFn<{ seen: string }> = (ctx) =>
    ctx.text(ctx.state.seen);
  const handler = new App<{ seen: string }>()
    .use(() =>
      Promise.resolve((ctx) => {
        ctx.state.seen = "loaded";
        return ctx.next();
      })
    )
    .get("/a", () => Promise.resolve(tell))
    .route(
      "/b",
      () => Promise.resolve({ handler: { POST: (ctx) => ctx.text("b") } }),
    )
    .handler();
  assertEquals((await ask(handler, "/a")).body, "loaded");
  assertEquals((await ask(handler, "/a")).body, "loaded");
  assertEquals((await ask(handler, "/b", { method: "POST" })).body, "b");
});

Deno.test("B15 routes added later need a new handler", async () => {
  const app = new App();
  const before = app.handler();
  app.get("/a", method);
  assertEquals((await ask(before, "/a")).status, 404);
  assertEquals((await ask(app.handler(), "/a")).status, 200);
});

Deno.test("B15 concurrent requests do not share state", async () => {
  const gates = new Map<string, PromiseWithResolvers<void>>(
    ["1", "2"].map((id) => [id, Promise.withResolvers<void>()]),
  );
  const handler = new App<{ id: string }>().get("/:id", async (ctx) => {
    ctx.state.id = ctx.params.id ?? "";
    await gates.get(ctx.state.id)?.promise;
    return ctx.text(ctx.state.id);
  }).handler();
  const replies = [ask(handler, "/1"), ask(handler, "/2")];
  gates.get("2")?.resolve();
  gates.get("1")?.resolve();
  const bodies = (await Promise.all(replies)).map(({ body }) => body);
  assertEquals(bodies, ["1", "2"]);
});

Deno.test("B15 a handler that returns no Response is a 500", async () => {
  // deno-lint-ignore no-explicit-any -- the mistake that is tested
  const mistake = (() => "text") as any;
  const handler = new App().get("/a", mistake).handler();
  const { status, body, logged } = await askLogged(handler, "/a");
  assertEquals([status, body], [500, "Internal server error"]);
  assert(String(logged[0]).includes(`Expected a "Response" instance`));
});

Deno.test("B16 a mounted app responds below its path", async () => {
  const inner = new App<{ seen?: string }>()
    .use((ctx) => {
      ctx.state.seen = "inner";
      return ctx.next();
    })
    .get("/", (ctx) => ctx.text(`${ctx.route} ${ctx.state.seen}`))
    .get("/a/:id", (ctx) => ctx.text(`${ctx.route} ${ctx.params.id}`));
  const handler = new App<{ seen?: string }>()
    .get("/before", (ctx) => ctx.text(`${ctx.state.seen}`))
    .mountApp("/sub", inner)
    .get("/after", (ctx) => ctx.text(`${ctx.state.seen}`)).handler();
  assertEquals((await ask(handler, "/sub")).body, "/sub inner");
  assertEquals((await ask(handler, "/sub/a/1")).body, "/sub/a/:id 1");
  assertEquals((await ask(handler, "/a/1")).status, 404);
  assertEquals((await ask(handler, "/before")).body, "undefined");
  assertEquals((await ask(handler, "/after")).body, "undefined");
});

Deno.test("B16 middlewares around a mounted app cover it", async () => {
  const inner = new App<{ seen?: string }>()
    .get("/a", (ctx) => ctx.text(`${ctx.state.seen}`));
  const handler = new App<{ seen?: string }>()
    .use((ctx) => {
      ctx.state.seen = "outer";
      return ctx.next();
    })
    .mountApp("/sub", inner).handler();
  assertEquals((await ask(handler, "/sub/a")).body, "outer");
});

Deno.test("B16 an app mounted at the root adds its routes", async () => {
  const inner = new App().get("/a", method);
  const handler = new App().mountApp("/", inner).get("/b", method).handler();
  assertEquals((await ask(handler, "/a")).status, 200);
  assertEquals((await ask(handler, "/b")).status, 200);
});

Deno.test("B16 a mounted app's notFound is the whole app's", async () => {
  const inner = new App().notFound((ctx) => ctx.text("inner's"));
  const handler = new App().mountApp("/sub", inner).handler();
  assertEquals((await ask(handler, "/zz")).body, "inner's");
});

Deno.test("a subclass may respond before the app's own handler", async () => {
  class Guarded<State> extends App<State> {
    override handler() {
      const handle = super.handler();
      return (request: Request, info?: Deno.ServeHandlerInfo) =>
        request.headers.has("x-refused")
          ? Promise.resolve(new Response("refused", { status: 400 }))
          : handle(request, info);
    }
  }
  const handler = new Guarded().get("/a", method).handler();
  assertEquals((await ask(handler, "/a")).body, "GET");
  const refused = await ask(handler, "/a", { headers: { "x-refused": "1" } });
  assertEquals(refused.status, 400);
});

Deno.test("B18 fsRoutes() adds nothing without a build", async () => {
  const handler = new App().fsRoutes().handler();
  assertEquals((await ask(handler, "/")).status, 404);
});

Deno.test("C5 Q use('/x/*') is refused or guards nothing", async () => {
  let app;
  try {
    app = new App().use("/a/*", () => new Response("guarded"));
  } catch (error) {
    assertThrows(() => {
      throw error;
    }, Error);
    return;
  }
  const handler = app.get("/a/b", method).handler();
  assertEquals((await ask(handler, "/a/b")).body, "GET");
});
