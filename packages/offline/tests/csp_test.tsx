import { assert, assertEquals } from "@std/assert";
import { App, csp } from "fresh";
import { ask, noncesOf } from "./helpers.ts";

type Options = Parameters<typeof csp>[0];
const POLICY = "content-security-policy";

/** Asks an app with this policy for a rendered page. */
function rendered(options?: Options, init?: RequestInit) {
  const app = new App().use(csp(options)).get("/", (ctx) =>
    ctx.render(
      <main>
        <style>{"p{}"}</style>
      </main>,
    ));
  return ask(app.handler(), "/", init);
}

Deno.test("L1 csp() sets these directives", async () => {
  const { headers } = await rendered();
  assertEquals(headers.get(POLICY)?.split("; "), [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "upgrade-insecure-requests",
  ]);
});

Deno.test("L2 own directives replace defaults of the same name", async () => {
  const { headers } = await rendered({ csp: ["img-src *", "x-src 'self'"] });
  const directives = headers.get(POLICY)?.split("; ") ?? [];
  assertEquals(directives.slice(-2), ["img-src *", "x-src 'self'"]);
  assertEquals(directives.filter((d) => d.startsWith("img-src")).length, 1);
});

Deno.test("L3 useNonce allows the page's inline tags only", async () => {
  const { headers, body } = await rendered({ useNonce: true });
  const [nonce] = noncesOf(body);
  const policy = headers.get(POLICY) ?? "";
  assert(policy.includes(`script-src 'self' 'nonce-${nonce}'`), policy);
  assert(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy);
  assertEquals(policy.includes("unsafe-inline"), false);
});

Deno.test("L3 useNonce works for HEAD", async () => {
  const { headers } = await rendered({ useNonce: true }, { method: "HEAD" });
  const policy = headers.get(POLICY) ?? "";
  assertEquals(policy.includes("unsafe-inline"), false);
});
