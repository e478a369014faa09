import { assertEquals } from "@std/assert";
import { App, HttpError, type MiddlewareFn } from "fresh";
import { ask, askLogged } from "./helpers.ts";

interface State {
  order?: string[];
}

/** Leaves `name` in the state on the way in, in a header on the way out. */
function trace(name: string): MiddlewareFn<State> {
  return async (ctx) => {
    ctx.state.order = [...ctx.state.order ?? [], name];
    const response = await ctx.next();
    response.headers.append("x-after", name);
    return response;
  };
}

const order: MiddlewareFn<State> = (ctx) => ctx.json(ctx.state.order ?? []);

Deno.test("C1 a middleware that does not call next() responds", async () => {
  const handler = new App().use(() => new Response("stop"))
    .get("/", () => new Response("never")).handler();
  assertEquals((await ask(handler, "/")).body, "stop");
});

Deno.test("C2 use() covers routes registered after it", async () => {
  const handler = new App<State>().get("/before", order).use(trace("a"))
    .get("/after", order).handler();
  assertEquals((await ask(handler, "/before")).body, "[]");
  assertEquals((await ask(handler, "/after")).body, `["a"]`);
});

Deno.test("C2 an unmatched request runs root middlewares only", async () => {
  const handler = new App<State>().use(trace("first")).get("/a", order)
    .use("/b", trace("scoped")).use(trace("late"))
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch {
        return ctx.json(ctx.state.order);
      }
    }).handler();
  assertEquals((await ask(handler, "/b")).body, `["first","late"]`);
});

Deno.test("C2 405 runs every root middleware", async () => {
  const handler = new App<State>().get("/a", order).use(trace("late"))
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch {
        return ctx.json(ctx.state.order);
      }
    }).handler();
  const wrong = await ask(handler, "/a", { method: "PUT" });
  assertEquals(wrong.body, `["late"]`);
});

Deno.test("C3 use(path) covers whole segments", async () => {
  const app = new App<State>().use("/admin", trace("guard"));
  for (const path of ["/admin", "/admin/x", "/administrator"]) {
    app.get(path, order);
  }
  const handler = app.handler();
  assertEquals((await ask(handler, "/admin")).body, `["guard"]`);
  assertEquals((await ask(handler, "/admin/")).body, `["guard"]`);
  assertEquals((await ask(handler, "/admin/x")).body, `["guard"]`);
  assertEquals((await ask(handler, "/administrator")).body, "[]");
  const unmatched = await ask(handler, "/admin/nope");
  assertEquals(unmatched.headers.get("x-after"), null);
});

Deno.test("C4 '*', '/' and no path are all the root", async () => {
  const handler = new App<State>().use("*", trace("star"))
    .use("/", trace("slash")).use(trace("none")).use("/a/", trace("path"))
    .get("/a", order).handler();
  const { body } = await ask(handler, "/a");
  assertEquals(body, `["star","slash","none","path"]`);
});

Deno.test("C7 outer middlewares come first, and last again", async () => {
  const handler = new App<State>().use("/a", trace("inner"))
    .use(trace("outer1"), trace("outer2")).get("/a", order).handler();
  const { body, headers } = await ask(handler, "/a");
  assertEquals(body, `["outer1","outer2","inner"]`);
  assertEquals(headers.get("x-after"), "inner, outer2, outer1");
});

Deno.test("C7 every request begins with an empty state", async () => {
  const handler = new App<State>().use(trace("a")).get("/", order).handler();
  await ask(handler, "/");
  assertEquals((await ask(handler, "/")).body, `["a"]`);
});

Deno.test("C8 headers can be changed after next()", async () => {
  const handler = new App().use(async (ctx) => {
    const response = await ctx.next();
    response.headers.append("set-cookie", "b=2");
    return response;
  })
    .get("/redirect", (ctx) => ctx.redirect("/"))
    .get("/json", (ctx) => ctx.json({}))
    .get("/text", (ctx) => ctx.text(""))
    .get("/render", (ctx) => ctx.render(null))
    .get("/new", () => new Response(null, { headers: { "set-cookie": "a" } }))
    .handler();
  for (const path of ["/redirect", "/json", "/text", "/render"]) {
    const { headers } = await ask(handler, path);
    assertEquals(headers.getSetCookie(), ["b=2"], path);
  }
  const { headers } = await ask(handler, "/new");
  assertEquals(headers.getSetCookie(), ["a", "b=2"]);
});

Deno.test("C10 Response.redirect() cannot be changed after next()", async () => {
  const handler = new App<State>().use(trace("a"))
    .get("/", () => Response.redirect("http://localhost/x")).handler();
  const { status, logged } = await askLogged(handler, "/");
  assertEquals([status, logged.length], [500, 1]);
});

Deno.test("C12 a root middleware sees the 404 of an unmatched URL", async () => {
  const handler = new App().use(async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      return ctx.text(error instanceof HttpError ? `${error.status}` : "?");
    }
  }).get("/a", () => new Response()).handler();
  assertEquals((await ask(handler, "/b")).body, "404");
  assertEquals((await ask(handler, "/a", { method: "PUT" })).body, "405");
});

Deno.test("C12 a root middleware sees errors of routes", async () => {
  const boundary: MiddlewareFn<State> = async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      return ctx.text(`boundary: ${error}`);
    }
  };
  const handler = new App<State>().use(boundary).get("/a/b", () => {
    throw new Error("boom");
  }).handler();
  assertEquals((await ask(handler, "/a/b")).body, "boundary: Error: boom");
});
