import { assertEquals, assertExists, assertMatch } from "@std/assert";
import { App } from "fresh";
import type { WixState } from "../../src/context.ts";
import {
  contentSecurityPolicy,
  securityHeaders,
} from "../../src/security/headers.ts";

const HTTPS = { strictTransport: true, wixApiOrigin: undefined };
const LOCALHOST = {
  strictTransport: false,
  wixApiOrigin: "http://localhost:8001",
};
type Settings = typeof HTTPS | typeof LOCALHOST;

const PAGE = (
  <html>
    <head>
      <style>{"p { color: red }"}</style>
    </head>
    <body>
      <p>page</p>
    </body>
  </html>
);
const typed = (body: string | null, type: string) => () =>
  new Response(body, { headers: { "content-type": type } });

/** Responses of an app with these headers, and the directives of their policy. */
async function get(path: string, settings: Settings, dev?: boolean) {
  const handler = new App<WixState>()
    .use(securityHeaders(settings, dev), contentSecurityPolicy(settings))
    .get("/page", (ctx) => ctx.render(PAGE))
    .get(
      "/html",
      typed("<script>alert(1)</script>", "text/html; charset=utf-8"),
    )
    .get("/svg", typed("<svg/>", "image/svg+xml"))
    .get("/json", () => Response.json({}))
    .get("/nothing", () => new Response(null, { status: 204 }))
    .handler();
  const response = await handler(new Request(`https://app.example${path}`));
  const { headers } = response;
  const policy = headers.get("content-security-policy") ?? "";
  const directives = new Map(
    policy.split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );
  return { headers, policy, directives, body: await response.text() };
}

Deno.test("a page runs our scripts and inline ones with its nonce; unrendered HTML runs no inline scripts", async () => {
  const { directives, body } = await get("/page", HTTPS);
  const nonce = /<style nonce="([^"]+)"/.exec(body)?.[1];
  assertExists(nonce);
  const expected = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}'`,
    "style-src": `'self' 'nonce-${nonce}'`,
    "object-src": "'none'",
    "base-uri": "'self'",
    "frame-ancestors": "'none'",
    "form-action": "'self' https:",
  };
  for (const [name, values] of Object.entries(expected)) {
    assertEquals(directives.get(name), values, name);
  }
  const unrendered = (await get("/html", HTTPS)).directives;
  for (const name of ["script-src", "style-src"]) {
    assertEquals(unrendered.get(name), "'self'");
  }
});

Deno.test("the dev server may only add inline styles; forms may redirect to local Wix", async () => {
  const dev = (await get("/page", LOCALHOST, true)).directives;
  const built = (await get("/page", LOCALHOST)).directives;
  assertEquals(dev.get("style-src"), "'self' 'unsafe-inline'");
  assertMatch(dev.get("script-src") ?? "", /^'self' 'nonce-[^']+'$/);
  for (const directives of [dev, built]) {
    directives.delete("style-src");
    directives.delete("script-src");
  }
  assertEquals(dev, built);
  const forms = "'self' https: http://localhost:8001";
  assertEquals(built.get("form-action"), forms);
});

const OTHERS = ["same-origin", "nosniff"];
for (const path of ["/page", "/html", "/svg", "/json", "/nothing"]) {
  const isPage = ["/page", "/html"].includes(path);
  Deno.test(`${path} runs ${isPage ? "our scripts" : "nothing"}, requires https if the app uses it, and hides its URL from other sites (S8)`, async () => {
    const https = await get(path, HTTPS);
    const nothing = "default-src 'none'; frame-ancestors 'none'";
    assertEquals(https.policy === nothing, !isPage);
    const facts = ({ headers, directives }: typeof https) => [
      headers.get("strict-transport-security"),
      directives.has("upgrade-insecure-requests"),
      headers.get("referrer-policy"),
      headers.get("x-content-type-options"),
    ];
    assertEquals(facts(https), ["max-age=31536000", isPage, ...OTHERS]);
    const local = await get(path, LOCALHOST);
    assertEquals(facts(local), [null, false, ...OTHERS]);
  });
}
