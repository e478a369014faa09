import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { App, HttpError } from "fresh";
import { ask, askLogged } from "./helpers.ts";

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

Deno.test("E2 an HttpError is answered with its message", async () => {
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
    const answer = await askLogged(throwing(error), "/a/b");
    assertEquals([answer.status, answer.body], [500, "Internal server error"]);
    assertEquals(answer.logged.length, 1);
  }
});

Deno.test("E3 an HttpError of 500 and above is logged", async () => {
  const handler = throwing(new HttpError(503, "busy"));
  const { status, body, logged } = await askLogged(handler, "/a/b");
  assertEquals([status, body, logged.length], [503, "busy", 1]);
});

Deno.test("E4 the nearest error route of a path answers", async () => {
  const handler = new App()
    .onError("*", () => new Response("root"))
    .onError("/a", () => new Response("first"))
    .onError("/a", () => new Response("last"))
    .get("/a/b", () => {
      throw new Error();
    })
    .get("/c", () => {
      throw new Error();
    }).handler();
  assertEquals((await ask(handler, "/a/b")).body, "last");
  assertEquals((await ask(handler, "/c")).body, "root");
});

Deno.test("E5 a function's answer is used as it is", async () => {
  const handler = new App().onError("*", (ctx) => ctx.text(`${ctx.error}`))
    .get("/", () => {
      throw "thrown";
    }).handler();
  const { status, body } = await ask(handler, "/");
  assertEquals([status, body], [200, "thrown"]);
});

Deno.test("E6 thrown values reach ctx.error unchanged", async () => {
  const handler = new App<{ thrown: unknown }>()
    .onError("*", (ctx) => ctx.json(ctx.error === null ? "null" : ctx.error))
    .get("/null", () => {
      throw null;
    })
    .get("/object", () => {
      throw { code: 1 };
    }).handler();
  assertEquals((await ask(handler, "/null")).body, `"null"`);
  assertEquals((await ask(handler, "/object")).body, `{"code":1}`);
});

Deno.test("E9 404 and 405 go to the root error route", async () => {
  const handler = new App()
    .onError("*", (ctx) => ctx.text("root"))
    .onError("/account", (ctx) => ctx.text("account"))
    .use((ctx) => ctx.next())
    .get("/account", () => new Response()).handler();
  assertEquals((await ask(handler, "/account/zzz")).body, "root");
  assertEquals(
    (await ask(handler, "/account", { method: "PUT" })).body,
    "root",
  );
});

Deno.test("E12 error routes stand outside their own middlewares", async () => {
  const tag = (name: string) => async (ctx: { next(): Promise<Response> }) => {
    const response = await ctx.next();
    response.headers.append("x-after", name);
    return response;
  };
  const handler = new App()
    .onError("*", () => new Response("root"))
    .onError("/a", () => new Response("a"))
    .use(tag("root")).use("/a", tag("a"))
    .get("/a/b", () => {
      throw new Error();
    })
    .get("/c", () => {
      throw new Error();
    }).handler();
  assertEquals((await ask(handler, "/a/b")).headers.get("x-after"), "root");
  assertEquals((await ask(handler, "/c")).headers.get("x-after"), null);
});

Deno.test("E13 an error route that throws gives way to the next", async () => {
  const handler = new App()
    .onError("*", (ctx) => ctx.text(`root: ${ctx.error}`))
    .onError("/a", () => {
      throw "second";
    })
    .get("/a/b", () => {
      throw "first";
    }).handler();
  assertEquals((await ask(handler, "/a/b")).body, "root: second");
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
