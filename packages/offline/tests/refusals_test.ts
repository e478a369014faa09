import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import * as fresh from "fresh";
import { App, csp } from "fresh";
import * as runtime from "fresh/runtime";
import { h } from "preact";
import { build, importServer, project } from "./fixture.ts";
import { ask, askLogged } from "./helpers.ts";
import { encodeProps } from "../stubs/fresh_core/src/islands.ts";

const REAL = "use the real package";

/** Builds a project of these files, which must fail, and returns why. */
async function refusal(files: Record<string, string>): Promise<string> {
  await using folder = await project(files);
  const { success, output } = await build(folder.path);
  if (!success) return output;
  const error = await importServer(folder.path).catch((error) => error);
  assert(error instanceof Error, "the project was accepted");
  return error.message;
}

for (const name of ["cors", "csrf", "ipFilter", "trailingSlashes"]) {
  Deno.test(`fresh: ${name}() is left out`, () => {
    const left: unknown = Reflect.get(fresh, name);
    assert(typeof left === "function");
    assertThrows(() => left(), Error, `${name}() is not in the offline`);
  });
}

for (const name of ["assetSrcSet", "Head", "Partial"]) {
  Deno.test(`fresh/runtime: ${name} is left out`, () => {
    const left: unknown = Reflect.get(runtime, name);
    assert(typeof left === "function");
    assertThrows(() => left({}), Error, REAL);
  });
}

for (
  const name of [
    "appWrapper",
    "delete",
    "head",
    "layout",
    "listen",
    "mountApp",
    "notFound",
    "onError",
    "patch",
    "put",
    "route",
    "ws",
  ]
) {
  Deno.test(`App.${name}() is left out`, () => {
    const left: unknown = Reflect.get(new App(), name);
    assert(typeof left === "function");
    assertThrows(() => left(), Error, `App.${name}() is not in the offline`);
  });
}

for (const name of ["html", "stream", "upgrade"]) {
  Deno.test(`ctx.${name}() is left out`, async () => {
    const handler = new App().get("/", (ctx) => {
      const left: unknown = Reflect.get(ctx, name);
      assert(typeof left === "function");
      return left();
    }).handler();
    const { logged } = await askLogged(handler, "/");
    assertStringIncludes(String(logged[0]), `ctx.${name}() is not in the`);
  });
}

Deno.test("options that are left out are refused", () => {
  assertThrows(() => new App({ basePath: "/base" }), Error, REAL);
  assertThrows(() => new App({ trustProxy: true }), Error, REAL);
  const withReportTo = { csp: [], reportTo: "/report" };
  assertThrows(() => csp(withReportTo), Error, REAL);
});

Deno.test("use('/x/*') is refused, as it would guard nothing (C5)", () => {
  assertThrows(() => new App().use("/a/*", (ctx) => ctx.next()), Error, "/a/*");
});

Deno.test("ctx.redirect() keeps a backslash from leaving the site", async () => {
  for (const target of ["/\\evil.com", "\\\\evil.com", "/\t/evil.com"]) {
    const handler = new App().get("/", (ctx) => ctx.redirect(target)).handler();
    const { headers } = await ask(handler, "/");
    assertEquals(headers.get("location"), "/evil.com");
  }
});

Deno.test("island props that would be lost are refused (I6)", () => {
  class Point {}
  const refused = [new Point(), Symbol(), Promise.resolve(), h("p", null)];
  for (const value of refused) {
    assertThrows(() => encodeProps([{ deep: [value] }]));
  }
});

const PAGE = "export default () => <p />;\n";
const REFUSED_FILES: Record<string, string> = {
  "routes/(group)/page.tsx": PAGE,
  "routes/[[optional]].tsx": PAGE,
  "routes/_404.tsx": PAGE,
  "routes/_500.tsx": PAGE,
  "routes/_error.tsx": PAGE,
  "routes/_helper.tsx": PAGE,
  "routes/folder/_app.tsx": PAGE,
  "routes/_layout.tsx": `export const config = {};\n${PAGE}`,
  "vite.config.ts": `import { fresh } from "@fresh/plugin-vite";
export default { plugins: [fresh({ islandsDir: "other" } as never)] };
`,
};

for (const [file, text] of Object.entries(REFUSED_FILES)) {
  Deno.test(`${file} fails the build`, async () => {
    assertStringIncludes(await refusal({ [file]: text }), REAL);
  });
}

Deno.test("styles that no page would link fail the build (O13)", async () => {
  const shared = `import "../style.css";\n${PAGE}`;
  const refused: Record<string, string>[] = [
    { "routes/_layout.tsx": shared },
    { "routes/index.tsx": shared, "routes/other.tsx": shared },
  ];
  for (const files of refused) {
    const style = { "style.css": "p { color: red }\n" };
    assertStringIncludes(
      await refusal({ ...style, ...files }),
      "import it in client.ts",
    );
  }
});

Deno.test("a middleware of methods is not skipped but refused (F19)", async () => {
  const files = {
    "routes/_middleware.ts":
      "export const handler = { GET: () => new Response() };\n",
  };
  assertStringIncludes(await refusal(files), "a function or an array");
});

Deno.test("the config of a route is refused when it is asked for", async () => {
  const files = { "routes/index.tsx": `export const config = {};\n${PAGE}` };
  await using folder = await project(files);
  assert((await build(folder.path)).success);
  const handler = await importServer(folder.path);
  const { status, logged } = await askLogged(handler, "/");
  assertEquals(status, 500);
  assertStringIncludes(String(logged[0]), REAL);
});
