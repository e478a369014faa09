import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { App, type Context, HttpError, type PageProps } from "fresh";
import { ask, askLogged, documentOf } from "./helpers.ts";

/** An app whose only route throws `error`. */
function throwing(error: unknown) {
  return new App().get("/a/b", () => {
    throw error;
  }).handler();
}

Deno.test("E1 HttpError has status, message, name and cause", () => {
  const cause = new Error("why");
  const error = new HttpError(404, "gone", { cause });
  assertInstanceOf(error, Error);
  assertEquals(error.status, 404);
  assertEquals([error.name, error.message], ["HttpError", "gone"]);
  assert(error.cause === cause);
  assertEquals(new HttpError(500).message, "");
});

Deno.test("E1 a subclass has its own name", () => {
  class LoginError extends HttpError {}
  assertEquals(new LoginError(401).name, "LoginError");
});

Deno.test("E2 an HttpError responds with its message", async () => {
  const handler = throwing(new HttpError(409, "conflict"));
  const { status, body, headers, logged } = await askLogged(handler, "/a/b");
  assertEquals([status, body], [409, "conflict"]);
  assertEquals(headers.get("content-type"), "text/plain;charset=UTF-8");
  assertEquals(logged, []);
});

Deno.test("E2 without a message it is the status text", async () => {
  const { body } = await ask(throwing(new HttpError(403)), "/a/b");
  assertEquals(body, "Forbidden");
});

Deno.test("E3 anything else is logged and hidden", async () => {
  for (const error of [new Error("secret"), "secret", new Response()]) {
    const reply = await askLogged(throwing(error), "/a/b");
    assertEquals([reply.status, reply.body], [500, "Internal server error"]);
    assertEquals(reply.logged.length, 1);
  }
});

Deno.test("E3 an HttpError of 500 and above is logged", async () => {
  const handler = throwing(new HttpError(503, "busy"));
  const { status, body, logged } = await askLogged(handler, "/a/b");
  assertEquals([status, body, logged.length], [503, "busy", 1]);
});

/** Adds routes that fail in every way below `/a`, and returns a handler. */
function failing(app: App<unknown>) {
  return app
    .get("/a/b", () => {
      throw new Error("boom");
    })
    .get("/a/missing", () => {
      throw new HttpError(404);
    })
    .get("/a/returned", () => new Response("own", { status: 404 }))
    .get("/c", () => {
      throw "a string";
    }).handler();
}

const told = (name: string) => (ctx: Context<unknown>) =>
  ctx.text(`${name}: ${ctx.error}`);

Deno.test("E4 onError covers a path and below, the nearest wins", async () => {
  const handler = failing(
    new App().onError("*", told("root")).onError("/a", told("a")),
  );
  assertEquals((await ask(handler, "/a/b")).body, "a: Error: boom");
  assertEquals((await ask(handler, "/c")).body, "root: a string");
});

Deno.test("E4 the last onError of a path wins", async () => {
  const handler = failing(
    new App().onError("*", told("one")).onError("*", told("two")),
  );
  assertEquals((await ask(handler, "/c")).body, "two: a string");
});

Deno.test("E5 an onError function responds with its own status", async () => {
  const handler = failing(
    new App().onError("*", told("root")),
  );
  const { status, logged } = await askLogged(handler, "/c");
  assertEquals([status, logged], [200, []]);
});

Deno.test("E5 an onError component has the error's status", async () => {
  const component = ({ error, url }: PageProps) => (
    <p>{`${error} at ${url.pathname}`}</p>
  );
  const handler = failing(
    new App().onError("*", { component }),
  );
  const missing = await ask(handler, "/a/missing");
  assertEquals(missing.status, 404);
  const thrown = await ask(handler, "/a/b");
  assertEquals(thrown.status, 500);
  assertEquals(
    documentOf(thrown).querySelector("p")?.textContent,
    "Error: boom at /a/b",
  );
});

Deno.test("E7 notFound gets unmatched URLs and thrown 404s", async () => {
  const handler = failing(
    new App().onError("*", told("root")).notFound((ctx) =>
      ctx.text("not found", { status: 404 })
    ),
  );
  for (const path of ["/nope", "/a/missing"]) {
    const { status, body } = await ask(handler, path);
    assertEquals([status, body], [404, "not found"], path);
  }
  assertEquals((await ask(handler, "/a/returned")).body, "own");
  assertEquals((await ask(handler, "/c")).body, "root: a string");
});

Deno.test("E9 without notFound an unmatched URL is the root's error", async () => {
  const handler = failing(
    new App().use((ctx) => ctx.next())
      .onError("*", told("root")).onError("/a", told("a")),
  );
  const { body } = await ask(handler, "/a/nope");
  assert(body.startsWith("root: HttpError"), body);
  const method = await ask(handler, "/a/b", { method: "DELETE" });
  assert(method.body.startsWith("root: HttpError"), method.body);
});

Deno.test("E12 an error's response passes the outer middlewares", async () => {
  const trace = (name: string) => async (ctx: Context<unknown>) => {
    const response = await ctx.next();
    response.headers.append("x-after", name);
    return response;
  };
  const handler = new App<unknown>().use(trace("root")).use("/a", trace("a"))
    .onError("*", told("root")).onError("/a/b", told("b"))
    .get("/a/b/c", () => {
      throw new Error("boom");
    })
    .get("/a/d", () => {
      throw new Error("boom");
    }).handler();
  const inner = await ask(handler, "/a/b/c");
  assertEquals([inner.body, inner.headers.get("x-after")], [
    "b: Error: boom",
    "a, root",
  ]);
  const outer = await ask(handler, "/a/d");
  assertEquals([outer.body, outer.headers.get("x-after")], [
    "root: Error: boom",
    null,
  ]);
});

Deno.test("E13 an onError that throws hands over to the next", async () => {
  const handler = failing(
    new App().onError("*", told("root")).onError("/a", () => {
      throw new Error("second");
    }),
  );
  assertEquals((await ask(handler, "/a/b")).body, "root: Error: second");
});

Deno.test("E14 error pages have the layouts of where they are", async () => {
  const layout = (name: string) => ({ Component }: PageProps) => (
    <div data-layout={name}>
      <Component />
    </div>
  );
  const handler = failing(
    new App().appWrapper(layout("app"))
      .layout("*", layout("root")).layout("/a", layout("a"))
      .layout("/a/b", layout("b"))
      .onError("/a", { component: () => <p>failed</p> }),
  );
  const page = documentOf(await ask(handler, "/a/b"));
  const found = [...page.querySelectorAll("[data-layout]")]
    .map((element) => element.getAttribute("data-layout"));
  assertEquals(found, ["app", "root", "a"]);
});

Deno.test("E16 a body that is no form is a 500", async () => {
  const handler = new App().post("/", async (ctx) => {
    await ctx.req.formData();
    return ctx.text("");
  }).handler();
  const { status } = await askLogged(handler, "/", {
    method: "POST",
    body: "{}",
  });
  assertEquals(status, 500);
});
