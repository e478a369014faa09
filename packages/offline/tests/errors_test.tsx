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
