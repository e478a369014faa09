import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { builtFixture } from "./fixture.ts";
import { ask, askLogged, type Reply } from "./helpers.ts";

const MEMBER = { headers: { "x-member": "1" } };
const ROOT = ["main", "root1", "root2"];

async function get(path: string, init?: RequestInit): Promise<Reply> {
  return await ask(await builtFixture(), path, init);
}

/** Like {@linkcode get}, for responses that may be logged as errors. */
async function failing(path: string, init?: RequestInit): Promise<Reply> {
  return await askLogged(await builtFixture(), path, init);
}

function post(body: string): RequestInit {
  return { method: "POST", body: new URLSearchParams(body) };
}

Deno.test("F1 test files and other files are no routes", async () => {
  assertEquals((await get("/ignored_test")).status, 404);
  assertEquals((await get("/data_file")).status, 404);
});

Deno.test("F2 a file's path is its URL, index its folder's", async () => {
  assertStringIncludes((await get("/")).body, "<h1>index</h1>");
  for (const path of ["/users", "/users/"]) {
    assertStringIncludes((await get(path)).body, "<h1>users</h1>");
  }
  assertStringIncludes((await get("/users/me")).body, "<h1>me</h1>");
  const { body } = await get("/users/index");
  assertStringIncludes(body, "<h1>/users/:id index</h1>");
});

Deno.test("F3 [id] is a parameter", async () => {
  const { body } = await get("/users/a%20b");
  assertStringIncludes(body, "<h1>/users/:id a b</h1>");
  assertEquals((await get("/users/7/posts")).body, `{"id":"7"}`);
});

Deno.test("F10 literals come before parameters", async () => {
  assertStringIncludes((await get("/users/me")).body, "<h1>me</h1>");
});

Deno.test("F5 [...path] takes what is below its folder, and the folder", async () => {
  assertEquals((await get("/files")).body, `{"path":""}`);
  assertEquals((await get("/files/a/b/c.txt")).body, `{"path":"a/b/c.txt"}`);
  assertEquals((await get("/files/")).status, 404);
});

Deno.test("F10 what takes any path comes last", async () => {
  assertEquals((await get("/files/one")).body, `{"id":"one"}`);
});

Deno.test("F10 longer parameters come before shorter ones", async () => {
  assertEquals((await get("/pairs/a")).body, `{"id":"a"}`);
  assertEquals((await get("/pairs/a@1")).body, `{"id":"a","version":"1"}`);
});

Deno.test("F12 special files have no URL", async () => {
  const special = ["/_app", "/_layout", "/_middleware"];
  for (const path of [...special, "/account/_layout"]) {
    assertEquals((await get(path, MEMBER)).status, 404, path);
  }
});

Deno.test("F14 _app wraps everything and has no data", async () => {
  assertStringIncludes((await get("/")).body, `<body data-app="null">`);
});

Deno.test("F14 layouts wrap from the outside in", async () => {
  const { body } = await get("/account", MEMBER);
  const outer = body.indexOf(`data-layout="root"`);
  const inner = body.indexOf(`data-layout="account"`);
  assert(outer > 0 && inner > outer && body.indexOf("<h1>") > inner, body);
  const { body: root } = await get("/");
  assertEquals(root.includes(`data-layout="account"`), false);
});

Deno.test("F16 a middleware may export its function as handler", async () => {
  assert((await get("/users")).headers.has("x-route"));
});

Deno.test("F17 middlewares run from main.ts inwards, and back", async () => {
  const { body, headers } = await get("/account/code", MEMBER);
  assertEquals(JSON.parse(body), [...ROOT, "account"]);
  assertEquals(headers.get("x-after"), "account, root2, root1, main");
});

Deno.test("F18 middlewares see the final route", async () => {
  const { headers } = await get("/users/7");
  assertEquals(headers.get("x-route"), `/users/:id {"id":"7"}`);
});

Deno.test("F21 a folder's middleware covers all inside it", async () => {
  const inside = ["", "/", "/settings", "/deep/page", "/code"];
  for (const path of inside.map((path) => `/account${path}`)) {
    assertEquals((await get(path)).status, 401, path);
    assertEquals((await get(path, MEMBER)).status, 200, path);
  }
});

Deno.test("F22 it does not cover the file beside the folder", async () => {
  assertEquals((await get("/vault/inside")).status, 401);
  assertStringIncludes((await get("/vault")).body, "beside the folder");
});

Deno.test("F22 nor an unmatched URL", async () => {
  assertEquals((await get("/account/zzz")).status, 404);
});

Deno.test("F22 use(path) does not cover the file of that path", async () => {
  assertStringIncludes((await get("/by-path")).body, "by path");
});

Deno.test("G1 handlers is read as handler is", async () => {
  assertEquals((await get("/head")).body, "get");
});

Deno.test("G2 data goes to the page, status and headers too", async () => {
  const { status, headers, body } = await get("/form", post("name="));
  assertEquals([status, headers.get("x-form")], [422, "invalid"]);
  assertStringIncludes(body, "{&quot;name&quot;:&quot;required&quot;}");
});

Deno.test("G2 a plain object with data is enough", async () => {
  const { status, body } = await get("/data");
  assertEquals(status, 201);
  assertStringIncludes(body, "<p>string plain object</p>");
});

Deno.test("G2 without a component the document is empty", async () => {
  const { status, body } = await get("/empty");
  assertEquals(status, 200);
  assertEquals(body.includes("data&quot;"), false);
});

Deno.test("G2 a handler that returns nothing is a 500", async () => {
  assertEquals((await failing("/undefined")).status, 500);
});

Deno.test("G3 a page without a GET handler renders with {}", async () => {
  assertStringIncludes((await get("/methods")).body, "<p>{}</p>");
  const { body } = await get("/methods", { method: "POST" });
  assertStringIncludes(body, "{&quot;posted&quot;:true}");
});

Deno.test("G4 a page alone responds to every method", async () => {
  for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status, body } = await get("/", { method });
    assertEquals(status, 200, method);
    assertStringIncludes(body, "<h1>index</h1>");
  }
  const head = await get("/", { method: "HEAD" });
  assertEquals([head.status, head.body], [200, ""]);
});

Deno.test("G5 Q a method without a handler is 404 or 405", async () => {
  for (const path of ["/api", "/form"]) {
    const { status } = await get(path, { method: "DELETE" });
    assert([404, 405].includes(status), path);
  }
});

Deno.test("G6 GET handles HEAD, unless there is a HEAD handler", async () => {
  const head = await get("/api", { method: "HEAD" });
  assertEquals([head.headers.get("x-method"), head.body], ["HEAD", ""]);
  const own = await get("/head", { method: "HEAD" });
  assertEquals(own.headers.get("x-own"), "head");
  const options = await get("/head", { method: "OPTIONS" });
  assertEquals(options.body, "options");
});

Deno.test("G8 a POST handler redirects or shows the form again", async () => {
  const done = await get("/form", post("name=joe"));
  assertEquals([done.status, done.headers.get("location")], [303, "/form"]);
  assertEquals((await get("/form", post("name="))).status, 422);
});

Deno.test("G9 Q page() keeps all cookies or the last", async () => {
  const { headers } = await get("/cookies");
  assertEquals(headers.getSetCookie().at(-1), "b=2");
});

Deno.test("G12 async pages are awaited, and may return a response", async () => {
  assertStringIncludes((await get("/async")).body, "<p>awaited /async</p>");
  const away = await get("/async?away");
  assertEquals([away.status, away.headers.get("location")], [303, "/"]);
});

Deno.test("G13 a useless or broken module is a 500 of its own", async () => {
  assertEquals((await failing("/useless")).status, 500);
  assertEquals((await failing("/throws")).status, 500);
  assertEquals((await get("/")).status, 200);
});

Deno.test("D17 a handler's ctx.render keeps status and cookies", async () => {
  const { status, headers, body } = await get("/rendered");
  assertEquals([status, headers.getSetCookie()], [203, ["a=1", "b=2"]]);
  assertStringIncludes(body, `data-layout="root"`);
});

Deno.test("E2 E3 errors tell what may be known", async () => {
  const known = await get("/fail/http");
  assertEquals([known.status, known.body], [409, "conflict"]);
  const other = await failing("/fail/error");
  assertEquals([other.status, other.body], [500, "Internal server error"]);
});

Deno.test("C12 a root _middleware sees errors and 404s", async () => {
  const error = await get("/fail/error?catch");
  assertEquals([error.status, error.headers.get("x-caught")], [503, "Error"]);
  const unmatched = await get("/nope?catch");
  assertEquals(unmatched.headers.get("x-caught"), "HttpError");
  assertEquals(unmatched.headers.get("x-after"), "root2, root1, main");
});

Deno.test("C12 what it renders is wrapped by _app and _layout", async () => {
  for (const path of ["/nope?catch", "/fail/error?catch"]) {
    const { body } = await get(path);
    assertStringIncludes(body, "data-app");
    assertStringIncludes(body, `data-layout="root"`);
    assertStringIncludes(body, "<p>caught</p>");
  }
});

Deno.test("C12 and not by the layouts of the route that failed", async () => {
  const { body } = await get("/account/fail?catch", MEMBER);
  assertStringIncludes(body, "<p>caught</p>");
  assertEquals(body.includes(`data-layout="account"`), false);
});
