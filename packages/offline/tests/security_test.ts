import { assertEquals } from "@std/assert";
import { App, csrf, trailingSlashes } from "fresh";
import { ask } from "./helpers.ts";

/** The status of a request with these headers to an app with `csrf()`. */
async function csrfStatus(
  headers: Record<string, string>,
  options?: Parameters<typeof csrf>[0],
  method = "POST",
): Promise<number> {
  const handler = new App().use(csrf(options)).all(
    "/a",
    () => new Response(),
  ).handler();
  return (await ask(handler, "/a", { method, headers })).status;
}

const OWN = "http://localhost";
const OTHER = "https://other.example";

Deno.test("L7 csrf() lets safe methods pass", async () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    const headers = { "sec-fetch-site": "cross-site", origin: OTHER };
    assertEquals(await csrfStatus(headers, undefined, method), 200);
  }
});

Deno.test("L7 csrf() goes by Sec-Fetch-Site, then by Origin", async () => {
  const expected: [Record<string, string>, number][] = [
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ "sec-fetch-site": "none" }, 200],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "Same-Origin" }, 403],
    [{ "sec-fetch-site": "cross-site", origin: OWN }, 200],
    [{ "sec-fetch-site": "cross-site", origin: OTHER }, 403],
    [{}, 200],
    [{ origin: OWN }, 200],
    [{ origin: OTHER }, 403],
    [{ origin: "null" }, 403],
  ];
  for (const [headers, status] of expected) {
    assertEquals(await csrfStatus(headers), status, JSON.stringify(headers));
  }
});

Deno.test("L8 csrf() takes origins instead of the app's own", async () => {
  const options: Parameters<typeof csrf>[0][] = [
    { origin: OTHER },
    { origin: ["https://third.example", OTHER] },
    { origin: (origin) => origin === OTHER },
  ];
  for (const option of options) {
    assertEquals(await csrfStatus({ origin: OTHER }, option), 200);
    assertEquals(await csrfStatus({ origin: OWN }, option), 403);
  }
});

Deno.test("L8 csrf() refuses unmatched URLs too", async () => {
  const handler = new App().use(csrf()).handler();
  const headers = { origin: OTHER };
  const { status, body } = await ask(handler, "/", { method: "POST", headers });
  assertEquals([status, body], [403, "Forbidden"]);
});

Deno.test("L11 trailingSlashes() redirects to the other form", async () => {
  const app = (mode: "always" | "never") =>
    new App().use(trailingSlashes(mode)).get("/", () => new Response())
      .get("/a", () => new Response()).handler();
  const never = await ask(app("never"), "/a/?b=c");
  assertEquals([never.status, never.headers.get("location")], [302, "/a?b=c"]);
  const always = await ask(app("always"), "/a?b=c");
  assertEquals([always.status, always.headers.get("location")], [
    302,
    "/a/?b=c",
  ]);
  assertEquals((await ask(app("never"), "/")).status, 200);
  assertEquals((await ask(app("always"), "/a/")).status, 200);
});
