/**
 * What the stubs refuse: what they leave out, and where real Fresh fails open.
 *
 * @module
 */
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
import { build, importServer, project } from "./fixture.ts";
import { ask, askLogged } from "./helpers.ts";

const REAL = "use the real package";
const ON_STUBS = import.meta.resolve("fresh").includes("/offline/stubs/");

/** Registers a test that is about the stubs alone. */
function test(name: string, fn: () => void | Promise<void>): void {
  const note = ON_STUBS ? "" : " (not run: these are the real packages)";
  Deno.test({ name: name + note, ignore: !ON_STUBS, fn });
}

/** Builds a project of these files, which must fail, and returns why. */
async function refusal(files: Record<string, string>): Promise<string> {
  await using folder = await project(files);
  const { success, output } = await build(folder.path);
  if (!success) return output;
  const error = await importServer(folder.path).catch((error) => error);
  assert(error instanceof Error, "the project was accepted");
  return error.message;
}

const LEFT_OUT: [object, string, string][] = [
  [fresh, "cors", "cors()"],
  [fresh, "ipFilter", "ipFilter()"],
  [runtime, "Partial", "<Partial>"],
  [new App(), "listen", "App.listen()"],
  [new App(), "ws", "App.ws()"],
];

for (const [owner, name, text] of LEFT_OUT) {
  test(`${text} throws and says how to get the real one`, () => {
    const left: unknown = Reflect.get(owner, name);
    assert(typeof left === "function");
    const error = assertThrows(() => left({}), Error, `${text} is not in the`);
    assertStringIncludes(error.message, REAL);
  });
}

for (const name of ["stream", "upgrade"]) {
  test(`ctx.${name}() throws`, async () => {
    const handler = new App().get("/", (ctx: Context<unknown>) => {
      const left: unknown = Reflect.get(ctx, name);
      assert(typeof left === "function");
      return left();
    }).handler();
    const { logged } = await askLogged(handler, "/");
    assertStringIncludes(String(logged[0]), `ctx.${name}() is not in the`);
  });
}

test("a partial request is a 501", async () => {
  const handler = new App().get("/", (ctx) => ctx.render(h("p", null)))
    .handler();
  const reply = await askLogged(handler, "/?fresh-partial=true");
  assertEquals(reply.status, 501);
  assertStringIncludes(reply.body, REAL);
});

test("attributes of partial navigation are refused", async () => {
  for (const name of ["f-client-nav", "f-partial"]) {
    const handler = new App().get(
      "/",
      (ctx) => ctx.render(h("body", { [name]: true })),
    ).handler();
    const { logged } = await askLogged(handler, "/");
    assertStringIncludes(String(logged[0]), REAL);
  }
});

test("options that are left out are refused", () => {
  assertThrows(() => new App({ basePath: "/base" }), Error, REAL);
  assertThrows(() => new App({ trustProxy: true }), Error, REAL);
  const withReportTo = { csp: [], reportTo: "/report" };
  assertThrows(() => csp(withReportTo), Error, REAL);
});

test("use('/x/*') is refused, as it would guard nothing (C5)", () => {
  assertThrows(() => new App().use("/a/*", (ctx) => ctx.next()), Error, "/a/*");
});

test("a method that HTTP does not define is a 405 (B11)", async () => {
  const handler = new App().all("/", () => new Response()).handler();
  assertEquals((await ask(handler, "/", { method: "PROPFIND" })).status, 405);
});

test("a malformed escape is a 400 (B12)", async () => {
  const handler = new App().get("/u/:id", () => new Response()).handler();
  assertEquals((await ask(handler, "/u/%zz")).status, 400);
});

test("ctx.redirect() keeps a backslash from leaving the site (D10)", async () => {
  for (const target of ["/\\evil.com", "\\\\evil.com", "/\t/evil.com"]) {
    const handler = new App().get("/", (ctx) => ctx.redirect(target)).handler();
    const { headers } = await ask(handler, "/");
    assertEquals(headers.get("location"), "/evil.com");
  }
});

const PAGE = "export default () => <p />;\n";
const WITH_HANDLER = `export const handler = () => new Response();\n${PAGE}`;
const STYLE = { "style.css": "p { color: red }\n" };
const STYLED = `import "../style.css";\n${PAGE}`;

/** Projects that fail to build or to start, and what they are told. */
const REFUSED: [string, Record<string, string>, string][] = [
  ["an underscore file (F13)", { "routes/_x.tsx": PAGE }, "would be public"],
  [
    "a route that no middleware would guard, by its name",
    { "routes/account/delete_app.tsx": PAGE },
    "no _middleware would guard it",
  ],
  [
    "a nested _app",
    { "routes/a/_app.tsx": PAGE },
    "belongs directly into routes/",
  ],
  [
    "a nested _404",
    { "routes/a/_404.tsx": PAGE },
    "belongs directly into routes/",
  ],
  ["a pattern such as [a][b]", { "routes/[a][b].tsx": PAGE }, "invalid"],
  [
    "a layout with a handler, which would not run (F15)",
    { "routes/_layout.tsx": WITH_HANDLER },
    "without handlers",
  ],
  [
    "a middleware of methods, which would not run (F19)",
    {
      "routes/_middleware.ts":
        "export const handler = { GET: () => new Response() };\n",
    },
    "a function or an array",
  ],
  [
    "styles of a layout, which no page would link (O13)",
    { ...STYLE, "routes/_layout.tsx": STYLED },
    "import it in client.ts",
  ],
  [
    "styles that two routes share, which neither would link (O13)",
    { ...STYLE, "routes/index.tsx": STYLED, "routes/other.tsx": STYLED },
    "import it in client.ts",
  ],
  [
    "options of the plugin",
    {
      "vite.config.ts": `import { fresh } from "@fresh/plugin-vite";
export default { plugins: [fresh({ islandsDir: "other" } as never)] };
`,
    },
    REAL,
  ],
];

for (const [what, files, told] of REFUSED) {
  test(`${what}: refused`, async () => {
    assertStringIncludes(await refusal(files), told);
  });
}

test("island props that would be lost are refused (I6)", async () => {
  await using folder = await project({
    "islands/Lossy.tsx": "export default (_: { value: unknown }) => <p />;\n",
    "routes/[kind].tsx": `import Lossy from "../islands/Lossy.tsx";
class Point {}
const VALUES = {
  class: new Point(),
  symbol: Symbol(),
  promise: Promise.resolve(),
  nested: [<p />],
};
export default ({ params }) => <Lossy value={VALUES[params.kind]} />;
`,
  });
  assert((await build(folder.path)).success);
  const handler = await importServer(folder.path);
  for (const kind of ["class", "symbol", "promise", "nested"]) {
    assertEquals((await askLogged(handler, `/${kind}`)).status, 500, kind);
  }
});
