import {
  assertEquals,
  assertExists,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
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

/** Answers of an app with these headers: a page, HTML by hand, and JSON. */
async function get(
  path: string,
  settings: typeof HTTPS | typeof LOCALHOST,
  dev?: boolean,
) {
  const handler = new App<WixState>()
    .use(securityHeaders(settings, dev), contentSecurityPolicy(settings))
    .get("/page", (ctx) =>
      ctx.render(
        <html>
          <head>
            <style>{"p { color: red }"}</style>
          </head>
          <body>
            <p>page</p>
          </body>
        </html>,
      ))
    .get("/html", () =>
      new Response("<script>alert(1)</script>", {
        headers: { "content-type": "text/html; charset=utf-8" },
      }))
    .get(
      "/svg",
      () =>
        new Response("<svg/>", {
          headers: { "content-type": "image/svg+xml" },
        }),
    )
    .get("/json", () => Response.json({}))
    .get("/nothing", () => new Response(null, { status: 204 }))
    .handler();
  const response = await handler(new Request(`https://app.example${path}`));
  const policy = response.headers.get("content-security-policy") ?? "";
  const directives = new Map(
    policy.split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );
  return { headers: response.headers, directives, body: await response.text() };
}

Deno.test("a page runs our own scripts, and inline ones with its nonce", async () => {
  const { directives, body } = await get("/page", HTTPS);
  const nonce = /<style nonce="([^"]+)"/.exec(body)?.[1];
  assertExists(nonce);
  assertEquals(directives.get("default-src"), "'self'");
  assertEquals(directives.get("script-src"), `'self' 'nonce-${nonce}'`);
  assertEquals(directives.get("style-src"), `'self' 'nonce-${nonce}'`);
  assertEquals(directives.get("object-src"), "'none'");
  assertEquals(directives.get("base-uri"), "'self'");
  assertEquals(directives.get("frame-ancestors"), "'none'");
});

Deno.test("HTML that was not rendered runs no inline script", async () => {
  const { directives } = await get("/html", HTTPS);
  assertEquals(directives.get("script-src"), "'self'");
  assertEquals(directives.get("style-src"), "'self'");
  assertEquals(directives.get("frame-ancestors"), "'none'");
});

Deno.test("the dev server may put styles into a page, and nothing else", async () => {
  const dev = (await get("/page", LOCALHOST, true)).directives;
  const built = (await get("/page", LOCALHOST)).directives;
  assertEquals(dev.get("style-src"), "'self' 'unsafe-inline'");
  assertMatch(dev.get("script-src") ?? "", /^'self' 'nonce-[^']+'$/);
  for (const directives of [dev, built]) {
    directives.delete("style-src");
    directives.delete("script-src");
  }
  assertEquals(dev, built);
});

for (const path of ["/svg", "/json", "/nothing"]) {
  Deno.test(`${path}, which is no page, runs nothing at all`, async () => {
    const { headers } = await get(path, HTTPS);
    assertEquals(
      headers.get("content-security-policy"),
      "default-src 'none'; frame-ancestors 'none'",
    );
  });
}

for (const path of ["/page", "/html"]) {
  Deno.test(`${path} asks for https where the app has it, not on localhost`, async () => {
    const asksForHttps = async (settings: typeof HTTPS | typeof LOCALHOST) =>
      (await get(path, settings)).directives.has("upgrade-insecure-requests");
    assertEquals(await asksForHttps(HTTPS), true);
    assertEquals(await asksForHttps(LOCALHOST), false);
  });
}

Deno.test("forms may be sent to us and on to Wix, on localhost to local Wix", async () => {
  const formAction = async (settings: typeof HTTPS | typeof LOCALHOST) =>
    (await get("/page", settings)).directives.get("form-action");
  assertEquals(await formAction(HTTPS), "'self' https:");
  assertEquals(
    await formAction(LOCALHOST),
    "'self' https: http://localhost:8001",
  );
});

Deno.test("browsers come back over https only, where the app has it", async () => {
  for (const path of ["/page", "/json"]) {
    const https = (await get(path, HTTPS)).headers;
    assertStringIncludes(
      https.get("strict-transport-security") ?? "",
      "max-age=31536000",
    );
    const local = (await get(path, LOCALHOST)).headers;
    assertEquals(local.get("strict-transport-security"), null);
  }
});

Deno.test("every answer keeps its address from other sites, and is what it says it is (S8)", async () => {
  for (const path of ["/page", "/html", "/json", "/nothing"]) {
    const { headers } = await get(path, HTTPS);
    assertEquals(headers.get("referrer-policy"), "same-origin", path);
    assertEquals(headers.get("x-content-type-options"), "nosniff", path);
  }
});
