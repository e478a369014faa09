/** The project that the suite looks at when it is built and served. */
import type { Files } from "./project.ts";

const page = (jsx: string, before = "") =>
  `${before}export default (props) => ${jsx};\n`;
const layout = (name: string, before = "") =>
  page(`<div data-wrap="${name}"><props.Component /></div>`, before);
const handler = (body: string, before = "") =>
  `${before}export const handler = ${body};\n`;
const config = (text: string) => `export const config = ${text};\n`;
const trace = (name: string, up: string) =>
  `import { trace } from "${up}trace.ts";\nexport default trace("${name}");\n`;

const FRESH = `import { HttpError, page } from "fresh";\n`;
const RUNTIME = `import { asset, Head, IS_BROWSER } from "fresh/runtime";\n`;
const SIGNALS = `import { computed, signal, useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
`;
const TELL = page(
  "<pre>{JSON.stringify({ ...props.params, route: props.route })}</pre>",
);
const COOKIES = `new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]])`;

const MAIN: Files = {
  "main.ts": `import { App, csp, HttpError, staticFiles } from "fresh";
import { trace } from "./trace.ts";
export const app = new App()
  .use(csp({ useNonce: true })).use(staticFiles()).use(trace("main"))
  .use("/by-path", () => { throw new HttpError(418) })
  .fsRoutes()
  .get("/account/code", (ctx) => ctx.json(ctx.state.order));
`,
  "trace.ts": `export const trace = (name) => async (ctx) => {
  ctx.state.order = [...ctx.state.order ?? [], name];
  const response = await ctx.next();
  response.headers.append("x-after", name);
  return response;
};
`,
  "client.ts": `import "./assets/styles.css";
document.documentElement.dataset.client = "ran";
`,
  "assets/styles.css": `@import "./colors.css" layer(base);
body { margin: 0 }
`,
  "assets/colors.css": "body { color: red }\n",
  "static/.well-known/hidden.txt": "hidden",
  "static/skipped_test.js": "",
  "static/style.css": "p{}",
  "static/sub/index.html": "<html><body>sub</body></html>",
};

const ROOT: Files = {
  "routes/_app.tsx": page(`<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="description" content="of the app" />
    <title>site</title>
    <style>{"body{margin:0}"}</style>
  </head>
  <body data-wrap="app"><props.Component /></body>
</html>`),
  "routes/_layout.tsx": layout("root"),
  "routes/_middleware.tsx": `import { trace } from "../trace.ts";
const boundary = async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    if (!ctx.url.searchParams.has("catch")) throw error;
    return await ctx.render(<p>caught {error.name}</p>, { status: 503 });
  }
};
export default [trace("root1"), trace("root2"), boundary];
`,
  "routes/_404.tsx": FRESH + handler("() => page(null, { status: 404 })") +
    page("<p>not here</p>"),
  "routes/_error.tsx": page(
    `<p>{props.error instanceof HttpError ? props.error.status : "unknown"} {
      props.url.pathname} {String(props.route)}</p>`,
    FRESH,
  ),
};

const ROUTES: Files = {
  "routes/index.tsx": page("<h1>index</h1>"),
  "routes/ignored_test.tsx": page("<h1>a test</h1>"),
  "routes/users/_middleware.ts": handler(`async (ctx) => {
  const response = await ctx.next();
  response.headers.set("x-route", ctx.route + JSON.stringify(ctx.params));
  return response;
}`),
  "routes/users/index.tsx": page("<h1>users</h1>"),
  "routes/users/me.tsx": page("<h1>me</h1>"),
  "routes/users/[id].tsx": page("<h1>{props.route} {props.params.id}</h1>"),
  "routes/files/[...path].ts": handler("(ctx) => ctx.json(ctx.params)"),
  "routes/versions/[[version]]/index.tsx": TELL,
  "routes/overridden.tsx":
    config(`{ routeOverride: "/x/:module@:version/:path*" }`) + TELL,
  "routes/(marketing)/_layout.tsx": layout("marketing"),
  "routes/(marketing)/_middleware.ts": trace("marketing", "../../"),
  "routes/(marketing)/about.tsx": page("<h1>about</h1>"),
  "routes/(_parts)/Part.tsx": page("<b>part</b>"),
  "routes/(_islands)/Hidden.tsx": page("<i>hidden</i>"),
  "routes/parts.tsx": `import Part from "./(_parts)/Part.tsx";
import Hidden from "./(_islands)/Hidden.tsx";
${page("<p><Part /> <Hidden /></p>")}`,
  "routes/by-path.tsx": page("<h1>by path</h1>"),
  "routes/vault.tsx": page("<h1>beside the folder</h1>"),
  "routes/vault/_middleware.ts":
    `${FRESH}export default () => { throw new HttpError(401) };\n`,
  "routes/vault/inside.tsx": page("<h1>inside</h1>"),
  "routes/account/_middleware.ts":
    `${FRESH}import { trace } from "../../trace.ts";
export default [trace("account"), (ctx) => {
  if (ctx.req.headers.has("x-member")) return ctx.next();
  throw new HttpError(401);
}];
`,
  "routes/account/_layout.tsx": layout("account"),
  "routes/account/index.tsx": page("<h1>{props.state.order.join()}</h1>"),
  "routes/account/deep/page.tsx": page("<h1>deep</h1>"),
  "routes/bare.tsx":
    config("{ skipAppWrapper: true, skipInheritedLayouts: true }") +
    page("<html><head><title>own</title></head><body>x</body></html>"),
  "routes/nested/_layout.tsx": layout(
    "nested",
    config("{ skipInheritedLayouts: true }"),
  ),
  "routes/nested/deep/_layout.tsx": `export default async ({ Component }) => {
  await Promise.resolve();
  return <div data-wrap="deep"><Component /></div>;
};
`,
  "routes/nested/deep/index.tsx": page("<h1>nested</h1>"),
};

const HANDLERS: Files = {
  "routes/head.ts": `export const handlers = {
  GET: (ctx) => ctx.text("get"),
  HEAD: (ctx) => ctx.text("", { headers: { "x-own": "head" } }),
  OPTIONS: (ctx) => ctx.text("options"),
};
`,
  "routes/form.tsx": handler(
    `{
  async POST(ctx) {
    const name = (await ctx.req.formData()).get("name");
    return name
      ? ctx.redirect("/form", 303)
      : page({ name: "required" }, { status: 422, headers: { "x-form": "no" } });
  },
}`,
    FRESH,
  ) + page("<p>{JSON.stringify(props.data)}</p>"),
  "routes/rendered.tsx": handler(
    `(ctx) => ctx.render(<p>rendered</p>, { status: 203, headers: ${COOKIES} })`,
  ),
  "routes/async.tsx": `export default async ({ url }) => {
  await Promise.resolve();
  return url.search === "" ? <p>awaited</p> : new Response("left");
};
`,
  "routes/throws.ts": `throw new Error("this module fails on import");\n`,
  "routes/fail.ts": handler(`() => { throw new Error("a secret") }`),
  "routes/broken.tsx": page(`{ throw new Error("a secret") }`),
  "routes/shop/_error.tsx": page("<p>shop: {String(props.error)}</p>"),
  "routes/shop/_layout.tsx": layout("shop"),
  "routes/shop/_middleware.ts": trace("shop", "../../"),
  "routes/shop/fail/[status].ts": handler(
    `({ params: { status } }) => {
  if (status === "own") return new Response("own", { status: 404 });
  throw new HttpError(+status, "m");
}`,
    FRESH,
  ),
};

const MARKUP: Files = {
  "routes/jsx.tsx": page(
    `<main>
  <p id="text">{WORDS[0]}</p>
  <p id="array">{[...WORDS]}</p>
  <ul>{WORDS.map((word) => <li key={word}>{word}</li>)}</ul>
  <input id="field" defaultValue="value" aria-invalid={WORDS.length > 9} />
</main>`,
    `const WORDS = ['"a"', "<b>", "c & d"];\n`,
  ),
  "routes/asset.tsx": page(
    `<p>{PATHS.map(asset).join(" ")}</p>`,
    `${RUNTIME}const PATHS = ["/style.css", "/a.png?x=1#h", "//example.com/a.png",
  "https://example.com/a.png", "relative.png", "/a.png?__frsh_c=other"];
`,
  ),
  "routes/links.tsx": page(
    `<>
  <nav>{HREFS.map((it) => <a key={it} href={it} aria-current={undefined}>{it}</a>)}</nav>
  <a id="own" href="/links" aria-current="step">own</a>
  <img src="/dot.png" srcset="/dot.png 1x, /dot@2.png 2x" />
</>`,
    `const HREFS = ["/", "/links", "/links/", "/links?a=1", "/links#part",
  "/links/deeper", "http://localhost/links", "relative"];
`,
  ),
  "routes/titles.tsx": page(
    `<main>
  <Head><title>first</title><meta name="description" content="of the page" /></Head>
  <Head>
    <title>of the page & more</title>
    <meta key="k" name="a" content="1" />
    <meta key="k" name="a" content="2" />
    <script type="application/ld+json">{'{"a":"</b>"}'}</script>
  </Head>
</main>`,
    RUNTIME,
  ),
};

const ISLANDS: Files = {
  "islands/Counter.tsx": page(
    `<button type="button" onClick={() => props.count.value++}>{props.count}</button>`,
  ),
  "islands/deep/named-exports.tsx": `${SIGNALS}${RUNTIME}
export function Where() {
  const [where, setWhere] = useState("server");
  useEffect(() => setWhere(IS_BROWSER ? "browser" : "neither"), []);
  return <output id="where">{where}</output>;
}
`,
  "islands/Echo.tsx": `${SIGNALS}import Counter from "./Counter.tsx";
export default function Echo({ values, shared }) {
  const [text, setText] = useState("");
  useEffect(() => setText(JSON.stringify(describe(values))), []);
  return <><Counter count={shared} /><pre id="echo">{text}</pre></>;
}
const describe = (values) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => {
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    const text = value instanceof Date ? value.toISOString()
      : value instanceof Map || value instanceof Set ? [...value].join()
      : Array.isArray(value) ? value.length
      : Object.is(value, -0) ? "-0" : value;
    return [key, kind + " " + text];
  }));
`,
  "routes/islands/index.tsx": page(
    `{
  const shared = signal(3);
  return <>
    <Counter count={shared} /><Echo values={VALUES} shared={shared} /><Where />
  </>;
}`,
    `${SIGNALS}import Counter from "../../islands/Counter.tsx";
import Echo from "../../islands/Echo.tsx";
import { Where } from "../../islands/deep/named-exports.tsx";
const VALUES = {
  hostile: "</script><!-- <script>",
  numbers: [NaN, -Infinity, -0, , 5],
  nan: NaN,
  negativeZero: -0,
  nothing: null,
  missing: undefined,
  big: 12345678901234567890n,
  date: new Date(0),
  url: new URL("https://example.com/a?b#c"),
  map: new Map([["k", 1]]),
  set: new Set([1, 2]),
  constant: computed(() => 7).value,
};
`,
  ),
  "routes/islands/lost/[kind].tsx": page(
    "<Echo values={VALUES[props.params.kind]} shared={signal(0)} />",
    `${SIGNALS}import Echo from "../../../islands/Echo.tsx";
class Point {}
const VALUES = {
  function: { nested: [() => 1] },
  class: { a: new Point() },
  promise: { a: Promise.resolve() },
  jsx: { a: [<p />] },
};
`,
  ),
  "islands/Box.module.css": ".box { padding: 3px }\n",
  "islands/Box.tsx": page(
    `<p id="box" class={styles.box}>box</p>`,
    `import styles from "./Box.module.css";\n`,
  ),
  "components/Card.module.css": ".inner { margin: 7px }\n",
  "components/Card.tsx": `import styles from "./Card.module.css";
export const Card = () => <div class={styles.inner}>card</div>;
`,
  "routes/styled.tsx": page(
    "<><Box /><Card /></>",
    `import Box from "../islands/Box.tsx";
import { Card } from "../components/Card.tsx";
import "./route.css";
`,
  ),
  "routes/route.css": ".route { margin: 9px }\n",
};

/** Every file of the project. */
export const SITE: Files = {
  ...MAIN,
  ...ROOT,
  ...ROUTES,
  ...HANDLERS,
  ...MARKUP,
  ...ISLANDS,
};
