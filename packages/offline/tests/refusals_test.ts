/** Builds that fail, and what only the stubs refuse. */
import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import * as fresh from "fresh";
import { App, type Context, csp } from "fresh";
import * as runtime from "fresh/runtime";
import { h } from "preact";
import { facts, ON_STUBS, send } from "./helpers.ts";
import { build, type Files, project } from "./project.ts";

const REAL = "use the real package";

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
const METHODS = "export const handler = { GET() {} };\n";
const OTHER = "export const other = 1;\n";
const STYLE = { "style.css": "p { color: red }\n" };
const STYLED = `import "../style.css";\n${PAGE}`;
const OPTION = `import { fresh } from "@fresh/plugin-vite";
export default { plugins: [fresh({ islandsDir: "other" } as never)] };
`;
const island = (builtin: string) => ({
  "islands/Bad.tsx": `import { readFileSync } from "${builtin}";
export default () => <p>{String(readFileSync)}</p>;
`,
});

type Refused = [what: string, says: string, files: Files];

/** Projects that both refuse, and what they say. */
const REFUSED: Refused[] = [
  ["I9 node:fs in an island", "cannot be imported in the", island("node:fs")],
  ["I9 fs in an island", "cannot be imported in the browser", island("fs")],
  ["O8 main.ts without app", "app", { "main.ts": OTHER }],
  ["F20 a middleware file without an export", "relevant exports", {
    "routes/_middleware.ts": OTHER,
  }],
];
for (const [what, says, files] of REFUSED) {
  Deno.test(`${what} is refused`, async () => {
    assertStringIncludes(await refusal(files), says);
  });
}

/** Projects that the real packages accept, with pages that nothing guards. */
const STRICTER: Refused[] = [
  ["F13 an underscore file", "would be public", { "routes/_x.tsx": PAGE }],
  ["a route whose name ends in _app", "no _middleware would guard it", {
    "routes/account/delete_app.tsx": PAGE,
  }],
  ["a nested _app", "directly into routes/", { "routes/a/_app.tsx": PAGE }],
  ["a nested _404", "directly into routes/", { "routes/a/_404.tsx": PAGE }],
  ["a pattern such as [a][b]", "invalid", { "routes/[a][b].tsx": PAGE }],
  ["F15 a layout with a handler", "without handlers", {
    "routes/_layout.tsx": WITH_HANDLER,
  }],
  ["F19 a middleware of methods", "a function or an array", {
    "routes/_middleware.ts": METHODS,
  }],
  ["O13 styles of a layout", "import it in client.ts", {
    ...STYLE,
    "routes/_layout.tsx": STYLED,
  }],
  ["O13 styles that two routes share", "import it in client.ts", {
    ...STYLE,
    "routes/index.tsx": STYLED,
    "routes/other.tsx": STYLED,
  }],
  ["an option of the plugin", REAL, { "vite.config.ts": OPTION }],
];
for (const [what, says, files] of STRICTER) {
  test(`${what} is refused`, async () => {
    assertStringIncludes(await refusal(files), says);
  });
}

test("the server's source maps are not served", async () => {
  const config = `import { fresh } from "@fresh/plugin-vite";
export default { build: { sourcemap: true }, plugins: [fresh()] };
`;
  await using folder = await project({ "vite.config.ts": config });
  assert("handler" in await build(folder));
  const files = Deno.readDirSync(`${folder.root}_fresh/client/assets`);
  const maps = [...files].filter(({ name }) => name.endsWith(".mjs.map"));
  assertEquals(maps, []);
});

/** Calls a function as plain JavaScript may. */
function call(owner: object, name: string): unknown {
  const left: unknown = Reflect.get(owner, name);
  return typeof left === "function" ? left.call(owner, "/", {}) : left;
}

/** What is left out; every call says how to get the real one. */
const LEFT_OUT: (readonly [name: string, call: () => unknown])[] = [
  ...["cors", "csrf", "ipFilter", "trailingSlashes"]
    .map((name) => [`${name}()`, () => call(fresh, name)] as const),
  ...["appWrapper", "layout", "listen", "notFound", "onError", "route", "ws"]
    .map((name) => [`App.${name}()`, () => call(new App(), name)] as const),
  ["<Partial>", () => call(runtime, "Partial")],
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

test("C5 use('/x/*') is refused, because it would guard nothing", () => {
  assertThrows(() => new App().use("/a/*", (ctx) => ctx.next()), Error, "/a/*");
});

type Respond = (ctx: Context<unknown>) => Response | Promise<Response>;
const render = (name: string): Respond => (ctx) =>
  ctx.render(h("body", { [name]: true }));
const REQUESTS: [name: string, respond: Respond, path: string][] = [
  ["ctx.stream()", (ctx) => call(ctx, "stream") as never, "/a"],
  ["ctx.upgrade()", (ctx) => call(ctx, "upgrade") as never, "/a"],
  ["f-client-nav", render("f-client-nav"), "/a"],
  ["f-partial", render("f-partial"), "/a"],
  ["A partial request", render("class"), "/a?fresh-partial=true"],
];
for (const [name, respond, path] of REQUESTS) {
  test(`${name} is an error`, async () => {
    const handler = new App().get("/:p", respond).handler();
    const { status, logged } = await send(handler, path);
    assert(status >= 500);
    assertStringIncludes(String(logged[0]), name);
    assertStringIncludes(String(logged[0]), REAL);
  });
}

if (ON_STUBS) {
  facts(
    "B11 B12 D10 malformed requests are refused, and redirects stay on the site",
    new App().all(
      "/:p",
      (ctx) => ctx.redirect(decodeURIComponent(ctx.params.p ?? "")),
    ),
    {
      "PROPFIND /a": "405 Method Not Allowed",
      "/%zz": /^400/,
      "/%2F%5Cevil.com": "302 (location: /evil.com)",
      "/%5C%5Cevil.com": "302 (location: /evil.com)",
      "/%2F%09%2Fevil.com": "302 (location: /evil.com)",
    },
  );
}
