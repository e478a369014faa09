/** An app that is registered by code, without a build. */
import { assert, assertEquals } from "@std/assert";
import { App, type Context, csp, HttpError, type MiddlewareFn } from "fresh";
import { parseDocument } from "@/tests/helpers/document.ts";
import { facts, noncesOf, send } from "./helpers.ts";

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
const app = () => new App<State>();

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

facts(
  "B3 B4 B5 each method has its handler, and HEAD that of GET without a body",
  app().get("/a", method).post("/a", method).put("/b", method)
    .patch("/b", method).delete("/b", method).all("/d", method),
  {
    "/a": "200 GET",
    "POST /a": "200 POST",
    "HEAD /a": "200",
    "PUT /a":
      "405 Method Not Allowed (allow: null) (content-type: text/plain;charset=UTF-8)",
    "OPTIONS /a": "204 (allow: GET, POST)",
    "PATCH /b": "200 PATCH",
    "OPTIONS /b": "204 (allow: PUT, PATCH, DELETE)",
    "/b": "405 Method Not Allowed",
    "OPTIONS /d": "200 OPTIONS",
    "OPTIONS /none": "404 Not Found",
  },
);

facts(
  "B6 B7 B8 B9 literals beat patterns, then the first one wins; params are decoded",
  app().get("/u/:id", says("pattern")).get("/u/:name", says("second"))
    .get("/u/me", says("literal")).get("/u/me", says("again"))
    .post("/u/post", method)
    .get(
      "/p/:p",
      ({ params, json }) => json([params, Object.getPrototypeOf(params)]),
    ),
  {
    "/u/me": "200 literal",
    "/u/me/": "200 literal",
    "/u/ME": "200 pattern",
    "/u/1/": "404 Not Found",
    "/u/post": "405 Method Not Allowed",
    "/p/%E4%BD%A0%20%2F": `200 [{"p":"你 %2F"},null]`,
  },
);

// deno-lint-ignore no-explicit-any -- the mistake that is tested
const mistake = (() => "text") as any;
facts(
  "B10 B13 B15 B18 slashes in runs, chains, no Response, no build",
  app().get("/a/b", (ctx) => ctx.json([ctx.url.href, ctx.req.url]))
    .get("/chain", trace("first"), order).get("/next", (ctx) => ctx.next())
    .get("/mistake", mistake).fsRoutes(),
  {
    "//a///b?q=//":
      `200 ["http://localhost/a/b?q=//","http://localhost//a///b?q=//"]`,
    "/chain": `200 ["first"]`,
    "/next": "404 Not Found",
    "/mistake": "500 Internal server error (logged: 1)",
    "/": "404 Not Found",
  },
);

facts(
  "B16 a mounted app responds below its path",
  app().use(trace("outer"))
    .mountApp(
      "/sub",
      app().use(trace("inner")).get("/", order)
        .get("/a/:id", (ctx) => ctx.text(`${ctx.route} ${ctx.params.id}`)),
    )
    .get("/after", order),
  {
    "/sub": `200 ["outer","inner"]`,
    "/sub/a/1": "200 /sub/a/:id 1",
    "/a/1": "404 Not Found",
    "/after": `200 ["outer"]`,
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
  "C1 C3 C4 C7 use(path) covers whole segments, from outside inwards and back",
  app().use("*", trace("star")).use("/", trace("slash")).use(trace("none"))
    .get("/before", order).use("/admin/", trace("guard"))
    .get("/admin", order).get("/administrator", order)
    .use("/admin/stop", says("stopped")).get("/admin/stop", order),
  {
    "/before": `200 ["star","slash","none"]`,
    "/admin":
      `200 ["star","slash","none","guard"] (x-after: guard, none, slash, star)`,
    "/admin/stop": "200 stopped",
    "/administrator": `200 ["star","slash","none"]`,
  },
);

facts(
  "E2 E3 errors reveal only what they may, and are logged from 500 on",
  app().get("/409", fails(new HttpError(409, "conflict")))
    .get("/403", fails(new HttpError(403)))
    .get("/503", fails(new HttpError(503, "busy")))
    .get("/error", fails(new Error("secret"))).get("/text", fails("secret")),
  {
    "/409": "409 conflict (content-type: text/plain;charset=UTF-8) (logged: 0)",
    "/403": "403 Forbidden (logged: 0)",
    "/503": "503 busy (logged: 1)",
    "/error": "500 Internal server error (logged: 1)",
    "/text": "500 Internal server error (logged: 1)",
  },
);

const INIT = { status: 202, headers: { "x-kept": "1" } };
const COOKIES = () => ({
  headers: new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]),
});
facts(
  "C8 C10 D6 D15 D17 responses set their types, keep init, and can be changed",
  app().use(trace("after"))
    .get("/html", (ctx) => ctx.html("<html><body>x</body></html>", INIT))
    .get("/text", (ctx) => ctx.text("x", INIT))
    .get("/json", (ctx) => ctx.json({}, INIT))
    .get(
      "/render",
      (ctx) =>
        ctx.render(<p>x</p>, { headers: { "content-type": "text/plain" } }),
    )
    .get("/cookies", (ctx) => ctx.render(<p>x</p>, COOKIES()))
    .get("/native", () => Response.redirect("http://localhost/x")),
  {
    "/html": "202 x (content-type: text/html; charset=utf-8) (x-kept: 1)",
    "/text": "202 x (content-type: text/plain;charset=UTF-8) (x-kept: 1)",
    "/json": "202 {} (content-type: application/json) (x-after: after)",
    "/render": "200 x (content-type: text/html; charset=utf-8)",
    "/cookies":
      "200 x (set-cookie: a=1, b=2) (cache-control: null) (etag: null)",
    "/native": "500 Internal server error (logged: 1)",
  },
);

facts(
  "D8 D11 redirects stay on the site, unless they name another",
  app().get("/", (ctx) => ctx.redirect(`${ctx.url.searchParams.get("to")}`)),
  {
    "/?to=/x": "302 (location: /x)",
    "/?to=//evil.com": "302 (location: /evil.com)",
    "/?to=/a//b%3Fu=//x%23//c": "302 (location: /a/b?u=//x#//c)",
    "/?to=https://x.example//a%3Fb=//c":
      "302 (location: https://x.example//a?b=//c)",
    "/?to=/\\evil.com": /302 \(location: \/\\?evil.com\)/,
    "/?to=/%E4%BD%A0": /500/,
  },
);

// deno-lint-ignore no-explicit-any -- the mistakes that are tested
const RENDERED: Record<string, any> = { text: "x", null: null };
facts(
  "D2 D14 render takes elements and null only, and knows its route",
  app().use(trace("none"))
    .get("/a/:kind", (ctx) => ctx.render(RENDERED[ctx.params.kind ?? ""]))
    .get("/p/:p", (ctx) => ctx.render(<p>{ctx.route}</p>)),
  {
    "/a/text": /^500/,
    "/a/undefined": /^500/,
    "/a/null": "200",
    "/p/1": "200 /p/:p",
  },
);

Deno.test("H1 H4 H5 a page is a complete document, escaped, with its own nonce", async () => {
  const hostile = `"><script>alert(1)</script>`;
  const part = (
    <div>
      <style>{"p{}"}</style>
      <p title={hostile}>{hostile}</p>
    </div>
  );
  const whole = (
    <html>
      <head>
        <meta charset="utf-8" />
      </head>
      <body>{part}</body>
    </html>
  );
  const handler = app().use(csp({ useNonce: true }))
    .get("/part", (ctx) => ctx.render(part))
    .get("/whole", (ctx) => ctx.render(whole)).handler();
  const nonces = new Set<string>();
  for (const path of ["/part", "/whole"]) {
    const { body } = await send(handler, path);
    for (const tag of ["!DOCTYPE html>", "html", "head", "body", "meta"]) {
      assertEquals(body.split(`<${tag}`).length, 2, tag);
    }
    const shown = parseDocument(body).querySelector("body > div > p");
    assertEquals(shown?.textContent, hostile);
    assertEquals(shown?.getAttribute("title"), hostile);
    const [nonce = "", ...more] = noncesOf(body);
    assert(nonce.length >= 16 && more.length === 0);
    nonces.add(nonce);
  }
  assertEquals(nonces.size, 2);
});
