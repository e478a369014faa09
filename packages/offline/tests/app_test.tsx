/** An app that is registered by code, without a build. */
import { assert, assertEquals } from "@std/assert";
import { App, type Context, csp, HttpError, type MiddlewareFn } from "fresh";
import { parseDocument } from "@/tests/helpers/document.ts";
import { facts, type Handler, noncesOf, send } from "./helpers.ts";

interface State {
  order?: string[];
}

type Respond = (ctx: Context<State>) => Response | Promise<Response>;

const method: Respond = (ctx) => ctx.text(ctx.req.method);
const order: Respond = (ctx) => ctx.json(ctx.state.order ?? []);
const says = (text: string): Respond => (ctx) => ctx.text(text);
const fails = (error: unknown): Respond => () => {
  throw error;
};

/** Leaves `name` in the state on the way in, in a header on the way out. */
function trace(name: string): MiddlewareFn<State> {
  return async (ctx) => {
    ctx.state.order = [...ctx.state.order ?? [], name];
    const response = await ctx.next();
    response.headers.append("x-after", name);
    return response;
  };
}

/** Shows what was thrown, and what ran before. */
const boundary: MiddlewareFn<State> = async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    return ctx.text(`${error} ${ctx.state.order ?? ""}`);
  }
};

/** An app without routes. */
function app(): App<State> {
  return new App<State>();
}

/** A handler with one route, `/a/:p`. */
function only(respond: Respond): Handler {
  return app().get("/a/:p", respond).handler();
}

facts(
  "B3 B4 each method has its handler, and HEAD that of GET without a body",
  app().get("/a", method).post("/a", method)
    .put("/b", method).patch("/b", method).delete("/b", method)
    .head("/c", method).all("/d", method),
  {
    "/a": "200 GET",
    "POST /a": "200 POST",
    "HEAD /a": "200",
    "PUT /a":
      "405 Method Not Allowed (allow: null) (content-type: text/plain;charset=UTF-8)",
    "OPTIONS /a": "204 (allow: GET, POST)",
    "PUT /b": "200 PUT",
    "PATCH /b": "200 PATCH",
    "DELETE /b": "200 DELETE",
    "OPTIONS /b": "204 (allow: PUT, PATCH, DELETE)",
    "/b": "405 Method Not Allowed",
    "HEAD /c": "200",
    "/c": "405 Method Not Allowed",
    "/d": "200 GET",
    "OPTIONS /d": "200 OPTIONS",
    "DELETE /d": "200 DELETE",
  },
);

facts("B5 no match is 404 for every method", app().get("/a", method), {
  "/b": "404 Not Found",
  "POST /b": "404 Not Found",
  "OPTIONS /b": "404 Not Found",
});

facts(
  "B6 B7 B8 literals beat patterns, then the first one wins",
  app().get("/u/:id", says("pattern")).get("/u/:name", says("second"))
    .get("/u/me", says("literal")).get("/u/me", says("again"))
    .post("/u/post", method),
  {
    "/u/me": "200 literal",
    "/u/me/": "200 literal",
    "/u/ME": "200 pattern",
    "/u/1": "200 pattern",
    "/u/1/": "404 Not Found",
    "/u/post": "405 Method Not Allowed",
  },
);

facts(
  "B9 params are decoded, except reserved characters, and have no prototype",
  app().get(
    "/:p",
    (ctx) => ctx.json([ctx.params, Object.getPrototypeOf(ctx.params)]),
  ),
  {
    "/a%20b": `200 [{"p":"a b"},null]`,
    "/%E4%BD%A0": `200 [{"p":"你"},null]`,
    "/a%2Fb": `200 [{"p":"a%2Fb"},null]`,
  },
);

facts(
  "B10 runs of slashes count as one, in ctx.url only",
  app().get("/a/b", (ctx) => ctx.json([ctx.url.href, ctx.req.url])),
  {
    "//a///b?q=//":
      `200 ["http://localhost/a/b?q=//","http://localhost//a///b?q=//"]`,
  },
);

facts(
  "B13 several functions of a route form a chain",
  app().get("/a", trace("first"), order).get("/b", (ctx) => ctx.next()),
  { "/a": `200 ["first"]`, "/b": "404 Not Found" },
);

// deno-lint-ignore no-explicit-any -- the mistake that is tested
const mistake = (() => "text") as any;
facts(
  "B15 a handler that returns no Response is a 500",
  app().get("/", mistake),
  {
    "/": "500 Internal server error (logged: 1)",
  },
);

facts(
  "B16 a mounted app responds below its path",
  app().use(trace("outer")).get("/before", order)
    .mountApp(
      "/sub",
      app().use(trace("inner")).get("/", order)
        .get("/a/:id", (ctx) => ctx.text(`${ctx.route} ${ctx.params.id}`)),
    )
    .mountApp("/", app().get("/root", method)).get("/after", order),
  {
    "/sub": `200 ["outer","inner"]`,
    "/sub/a/1": "200 /sub/a/:id 1",
    "/a/1": "404 Not Found",
    "/before": `200 ["outer"]`,
    "/after": `200 ["outer"]`,
    "/root": "200 GET",
  },
);

facts("B18 fsRoutes() adds nothing without a build", app().fsRoutes(), {
  "/": "404 Not Found",
});

facts(
  "C1 C2 use() covers routes registered after it, and may respond itself",
  app().get("/before", order).use(trace("a")).get("/after", order)
    .use("/stop", says("stopped")).get("/stop", order),
  {
    "/before": "200 []",
    "/after": `200 ["a"]`,
    "/after?again": `200 ["a"]`,
    "/stop": "200 stopped",
  },
);

facts(
  "C2 C12 404 and 405 pass every root middleware, and no other",
  app().use(trace("first")).get("/a", order).use("/b", trace("scoped"))
    .use(trace("late")).use(boundary),
  {
    "/b": "200 HttpError first,late",
    "PUT /a": /^200 HttpError.* first,late$/,
  },
);

facts(
  "C3 C4 use(path) covers whole segments; '*', '/' and no path are the root",
  app().use("*", trace("star")).use("/", trace("slash")).use(trace("none"))
    .use("/admin/", trace("guard"))
    .get("/admin", order).get("/admin/x", order).get("/administrator", order),
  {
    "/admin": `200 ["star","slash","none","guard"]`,
    "/admin/": `200 ["star","slash","none","guard"]`,
    "/admin/x": `200 ["star","slash","none","guard"]`,
    "/administrator": `200 ["star","slash","none"]`,
  },
);

facts(
  "C7 outer middlewares come first, and last again",
  app().use("/a", trace("inner")).use(trace("outer1"), trace("outer2"))
    .get("/a", order),
  {
    "/a": `200 ["outer1","outer2","inner"] (x-after: inner, outer2, outer1)`,
  },
);

facts(
  "C8 C10 headers can be changed after next(), except Response.redirect()'s",
  app().use(trace("after")).get("/redirect", (ctx) => ctx.redirect("/"))
    .get("/json", (ctx) => ctx.json(1)).get(
      "/render",
      (ctx) => ctx.render(null),
    )
    .get("/native", () => Response.redirect("http://localhost/x")),
  {
    "/redirect": "302 (x-after: after)",
    "/json": "200 1 (x-after: after)",
    "/render": "200 (x-after: after)",
    "/native": "500 Internal server error (logged: 1)",
  },
);

Deno.test("C5 Q use('/x/*') is refused or guards nothing", async () => {
  let it;
  try {
    it = app().use("/a/*", says("guarded"));
  } catch {
    return;
  }
  const { body } = await send(it.get("/a/b", method).handler(), "/a/b");
  assertEquals(body, "GET");
});

Deno.test("E1 HttpError has status, message, name and cause", () => {
  const cause = new Error("why");
  const error = new HttpError(404, "gone", { cause });
  assertEquals([error.status, error.name, error.message], [
    404,
    "HttpError",
    "gone",
  ]);
  assert(error instanceof Error && error.cause === cause);
  assertEquals(new HttpError(500).message, "");
  class LoginError extends HttpError {}
  assertEquals(new LoginError(401).name, "LoginError");
});

facts(
  "E2 E3 errors tell what may be known, and are logged from 500 on",
  app().get("/409", fails(new HttpError(409, "conflict")))
    .get("/403", fails(new HttpError(403)))
    .get("/503", fails(new HttpError(503, "busy")))
    .get("/error", fails(new Error("secret"))).get("/text", fails("secret"))
    .post("/form", async ({ req }) => ({ ...await req.json() })),
  {
    "/409": "409 conflict (content-type: text/plain;charset=UTF-8) (logged: 0)",
    "/403": "403 Forbidden (logged: 0)",
    "/503": "503 busy (logged: 1)",
    "/error": "500 Internal server error (logged: 1)",
    "/text": "500 Internal server error (logged: 1)",
    "POST /form a=b": "500 Internal server error (logged: 1)",
  },
);

facts(
  "D2 D4 a request knows its route, and whether a part is wanted",
  app().use((ctx) => ctx.json([ctx.route, ctx.isPartial])).get("/a/:p", method),
  {
    "/a/1": `200 ["/a/:p",false]`,
    "/nope?fresh-partial": "200 [null,true]",
  },
);

const INIT = { status: 202, headers: { "x-kept": "1" } };
const COOKIES = () => ({
  headers: new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]),
});
facts(
  "D6 D15 D17 responses set their types and keep init",
  app().get("/html", (ctx) => ctx.html("<html><body>x</body></html>", INIT))
    .get("/text", (ctx) => ctx.text("x", INIT))
    .get("/json", (ctx) => ctx.json({}, INIT))
    .get("/render", (ctx) =>
      ctx.render(<p>x</p>, {
        status: 418,
        headers: { "x-kept": "1", "content-type": "text/plain" },
      }))
    .get("/cookies", (ctx) => ctx.render(<p>x</p>, COOKIES())),
  {
    "/html": "202 x (content-type: text/html; charset=utf-8) (x-kept: 1)",
    "/text": "202 x (content-type: text/plain;charset=UTF-8) (x-kept: 1)",
    "/json": "202 {} (content-type: application/json) (x-kept: 1)",
    "/render": "418 x (content-type: text/html; charset=utf-8) (x-kept: 1)",
    "/cookies":
      "200 x (set-cookie: a=1, b=2) (cache-control: null) (etag: null)",
  },
);

const TARGETS: [target: string, location: string | RegExp][] = [
  ["/x", "302 (location: /x)"],
  ["//evil.com", "302 (location: /evil.com)"],
  ["///e", "302 (location: /e)"],
  ["/a//b?u=//x#//c", "302 (location: /a/b?u=//x#//c)"],
  [
    "https://example.com//a?b=//c#d",
    "302 (location: https://example.com//a?b=//c#d)",
  ],
  ["/\\evil.com", /302 \(location: \/\\?evil.com\)/],
  ["/你", /500/],
];
for (const [target, fact] of TARGETS) {
  facts(
    `D8 D11 redirect to ${target}`,
    app().get("/", (ctx) => ctx.redirect(target)),
    { "/": fact },
  );
}

Deno.test("D14 render takes elements and null only", async () => {
  // deno-lint-ignore no-explicit-any -- the mistakes that are tested
  const wrong: any[] = [undefined, 1, "text"];
  for (const value of wrong) {
    const { status } = await send(only((ctx) => ctx.render(value)), "/a/1");
    assertEquals(status, 500, String(value));
  }
  const { body } = await send(only((ctx) => ctx.render(null)), "/a/1");
  assertEquals(parseDocument(body).body.innerHTML, "");
});

Deno.test("H1 H4 render supplies the document that a page leaves out, escaped", async () => {
  const hostile = `"><script>alert(1)</script>`;
  const pages: Respond[] = [
    (ctx) => ctx.render(<p title={hostile}>{hostile}</p>),
    (ctx) =>
      ctx.render(
        <html>
          <head>
            <meta charset="utf-8" />
          </head>
          <body>
            <p title={hostile}>{hostile}</p>
          </body>
        </html>,
      ),
  ];
  for (const respond of pages) {
    const { body } = await send(only(respond), "/a/1");
    assert(body.startsWith("<!DOCTYPE html><html><head><meta charset"), body);
    const document = parseDocument(body);
    const { children } = document.body;
    assertEquals([children.length, children[0]?.textContent], [1, hostile]);
    assertEquals(children[0]?.getAttribute("title"), hostile);
    for (const tag of ["<html", "<head", "<body", "<meta"]) {
      assertEquals(body.split(tag).length, 2, tag);
    }
  }
});

/** Responds with a page that has inline tags. */
function inline(options?: Parameters<typeof csp>[0]): Handler {
  return app().use(csp(options)).get("/", (ctx) =>
    ctx.render(
      <main>
        <style>{"p{}"}</style>
        <script>1</script>
      </main>,
    )).handler();
}

Deno.test("H5 inline tags of a page share a nonce, which is new each time", async () => {
  const nonces = [];
  for (const _ of [1, 2]) {
    const found = noncesOf((await send(inline(), "/")).body);
    assertEquals([found.length, found[0]], [2, found[1]]);
    nonces.push(found[0]);
  }
  assert(nonces[0] !== nonces[1] && (nonces[0]?.length ?? 0) >= 16);
});

const POLICY = "content-security-policy";

Deno.test("L1 L2 csp() has defaults, which directives of a name replace", async () => {
  const own = { csp: ["img-src *", "x-src 'self'"] };
  const { headers } = await send(inline(own), "/");
  assertEquals(
    headers.get(POLICY),
    "default-src 'self'; script-src 'self' 'unsafe-inline'; " +
      "style-src 'self' 'unsafe-inline'; font-src 'self'; " +
      "media-src 'self' data: blob:; worker-src 'self' blob:; " +
      "connect-src 'self'; object-src 'none'; base-uri 'self'; " +
      "form-action 'self'; frame-ancestors 'none'; " +
      "upgrade-insecure-requests; img-src *; x-src 'self'",
  );
});

Deno.test("L3 useNonce allows the page's inline tags only, HEAD included", async () => {
  for (const line of ["/", "HEAD /"]) {
    const { headers, body } = await send(inline({ useNonce: true }), line);
    const policy = headers.get(POLICY) ?? "";
    assertEquals(policy.includes("unsafe-inline"), false);
    const [, nonce] = /script-src 'self' 'nonce-(\w+)'/.exec(policy) ?? [];
    assert(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy);
    if (body !== "") assertEquals(noncesOf(body)[0], nonce);
  }
});
