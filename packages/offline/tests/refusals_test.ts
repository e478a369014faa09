/** Builds that fail, and what only the stubs refuse. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertThrows } from "@std/assert";
import * as fresh from "fresh";
import { App, type Context, csp } from "fresh";
import * as runtime from "fresh/runtime";
import { h } from "preact";
import { facts, type Handler, send } from "./helpers.ts";
import { build, type Files, project } from "./project.ts";

const REAL = "use the real package";
const ON_STUBS = import.meta.resolve("fresh").includes("/offline/stubs/");

/** Registers a test that is about the stubs alone. */
function test(name: string, fn: () => void | Promise<void>): void {
  const note = ON_STUBS ? "" : " (not run: these are the real packages)";
  Deno.test({ name: name + note, ignore: !ON_STUBS, fn });
}

/** Builds a project of these files; returns why it was refused, or `""`. */
async function refusal(files: Files): Promise<string> {
  await using folder = await project(files);
  const outcome = await build(folder);
  if ("problem" in outcome) return outcome.problem;
  assertEquals((await send(outcome.handler, "/")).status, 200);
  return "";
}

const PAGE = "export default () => <p />;\n";
const WITH_HANDLER = `export const handler = () => new Response();\n${PAGE}`;
const STYLE = { "style.css": "p { color: red }\n" };
const STYLED = `import "../style.css";\n${PAGE}`;
const island = (builtin: string) => ({
  "islands/Bad.tsx": `import { readFileSync } from "${builtin}";
export default () => <p>{String(readFileSync)}</p>;
`,
});

/** Projects that both refuse, and what they say. */
const REFUSED: [what: string, files: Files, says: string][] = [
  ["I9 node:fs in an island", island("node:fs"), "cannot be imported in the"],
  ["I9 fs in an island", island("fs"), "cannot be imported in the browser"],
  ["O8 main.ts without app", { "main.ts": "export const other = 1;\n" }, "app"],
  [
    "F20 a middleware file without an export",
    { "routes/_middleware.ts": "export const unrelated = 1;\n" },
    "relevant exports",
  ],
];
for (const [what, files, says] of REFUSED) {
  Deno.test(`${what} is refused`, async () => {
    assertStringIncludes(await refusal(files), says);
  });
}

/** Projects that the real packages accept, with pages that nothing guards. */
const STRICTER: [what: string, files: Files, says: string][] = [
  ["F13 an underscore file", { "routes/_x.tsx": PAGE }, "would be public"],
  [
    "a route whose name ends in _app",
    { "routes/account/delete_app.tsx": PAGE },
    "no _middleware would guard it",
  ],
  ["a nested _app", { "routes/a/_app.tsx": PAGE }, "directly into routes/"],
  ["a nested _404", { "routes/a/_404.tsx": PAGE }, "directly into routes/"],
  ["a pattern such as [a][b]", { "routes/[a][b].tsx": PAGE }, "invalid"],
  [
    "F15 a layout with a handler",
    { "routes/_layout.tsx": WITH_HANDLER },
    "without handlers",
  ],
  [
    "F19 a middleware of methods",
    { "routes/_middleware.ts": "export const handler = { GET() {} };\n" },
    "a function or an array",
  ],
  [
    "O13 styles of a layout",
    { ...STYLE, "routes/_layout.tsx": STYLED },
    "import it in client.ts",
  ],
  [
    "O13 styles that two routes share",
    { ...STYLE, "routes/index.tsx": STYLED, "routes/other.tsx": STYLED },
    "import it in client.ts",
  ],
  [
    "an option of the plugin",
    {
      "vite.config.ts": `import { fresh } from "@fresh/plugin-vite";
export default { plugins: [fresh({ islandsDir: "other" } as never)] };
`,
    },
    REAL,
  ],
];
for (const [what, files, says] of STRICTER) {
  test(`${what} is refused`, async () => {
    assertStringIncludes(await refusal(files), says);
  });
}

/** A handler whose only route responds with `respond`. */
function only(
  respond: (ctx: Context<unknown>) => Response | Promise<Response>,
) {
  return new App().get("/:p", respond).handler();
}

function render(name: string): Handler {
  return only((ctx) => ctx.render(h("body", { [name]: true })));
}

/** Calls a function as plain JavaScript may. */
function call(owner: object, name: string): unknown {
  const left: unknown = Reflect.get(owner, name);
  return typeof left === "function" ? left.call(owner, "/", {}) : left;
}

/** What is left out; every call says how to get the real one. */
const LEFT_OUT: [name: string, call: () => unknown][] = [
  ["cors()", () => call(fresh, "cors")],
  ["csrf()", () => call(fresh, "csrf")],
  ["ipFilter()", () => call(fresh, "ipFilter")],
  ["trailingSlashes()", () => call(fresh, "trailingSlashes")],
  ["<Partial>", () => call(runtime, "Partial")],
  ...["appWrapper", "layout", "listen", "notFound", "onError", "route", "ws"]
    .map((name) =>
      [`App.${name}()`, () => call(new App(), name)] as [string, () => unknown]
    ),
  ["App option", () => new App({ basePath: "/base" })],
  ["App option", () => new App({ trustProxy: true })],
  ["csp() option", () => csp({ reportOnly: true } as object)],
];
for (const [name, call] of LEFT_OUT) {
  test(`${name} throws`, () => {
    const { message } = assertThrows(call, Error, name);
    assertStringIncludes(message, REAL);
  });
}

const REQUESTS: [name: string, handler: () => Handler, path: string][] = [
  ["ctx.stream()", () => only((ctx) => call(ctx, "stream") as never), "/a"],
  ["ctx.upgrade()", () => only((ctx) => call(ctx, "upgrade") as never), "/a"],
  ["f-client-nav", () => render("f-client-nav"), "/a"],
  ["f-partial", () => render("f-partial"), "/a"],
  ["A partial request", () => render("class"), "/a?fresh-partial=true"],
];
for (const [name, handler, path] of REQUESTS) {
  test(`${name} is an error`, async () => {
    const { status, logged } = await send(handler(), path);
    assert(status >= 500);
    assertStringIncludes(String(logged[0]), name);
    assertStringIncludes(String(logged[0]), REAL);
  });
}

if (ON_STUBS) {
  facts(
    "B11 B12 malformed requests are refused",
    new App().all("/:p", () => new Response()),
    {
      "PROPFIND /a": "405 Method Not Allowed",
      "/%zz": /^400/,
    },
  );

  facts(
    "D10 ctx.redirect() stays on the site",
    new App().get(
      "/:p",
      (ctx) => ctx.redirect(decodeURIComponent(ctx.params.p ?? "")),
    ),
    {
      "/%2F%5Cevil.com": "302 (location: /evil.com)",
      "/%5C%5Cevil.com": "302 (location: /evil.com)",
      "/%2F%09%2Fevil.com": "302 (location: /evil.com)",
    },
  );
}

test("C5 use('/x/*') is refused, as it would guard nothing", () => {
  assertThrows(() => new App().use("/a/*", (ctx) => ctx.next()), Error, "/a/*");
});
