import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sendWith, WireJar, type WireRequest } from "../helpers/wire.ts";
import { shownMembers } from "../helpers/document.ts";
import { startProductionSite } from "../helpers/site.ts";

const PRODUCTION = "https://shop.example";
const HOST = "shop-b2f0a4.acme.deno.net";
const PREVIEW = {
  DENO_DEPLOY: "true",
  DENO_TIMELINE: "preview/b2f0a4",
  APP_ORIGIN: "",
};

Deno.test("a preview on Deno Deploy works, and login explains why it is off (D5)", async (t) => {
  await using site = await startProductionSite(
    PRODUCTION,
    [PRODUCTION],
    PREVIEW,
  );
  const jar = new WireJar();
  const send = (request: WireRequest) =>
    sendWith(jar, site.app.origin, { host: HOST, ...request });

  await t.step("pages with Wix data work, with a session", async () => {
    const page = await send({ target: "/test/members" });
    assertEquals(page.status, 200);
    assert(shownMembers(page).includes("Ann"));
    assertEquals([...jar.keys()], ["__Host-wix_visitor"]);
  });

  await t.step(
    "no page repeats the host, and there is no sitemap",
    async () => {
      const { body } = await send({ target: "/shop" });
      assertEquals(body.includes(HOST), false);
      assertEquals((await send({ target: "/sitemap.xml" })).status, 404);
    },
  );

  const routes = ["login", "callback?code=x&state=y"];
  for (const route of routes) {
    await t.step(
      `GET /api/auth/${route} explains it`,
      async () => {
        const page = await send({ target: `/api/auth/${route}` });
        assertEquals(page.status, 403);
        assertEquals(page.headers.get("location"), null);
        assertStringIncludes(page.body, "Login is off on this preview");
        assertStringIncludes(page.body, "Wix only redirects to");
      },
    );
  }

  await t.step("a members-only page redirects to it", async () => {
    const page = await send({ target: "/account" });
    assertEquals(page.status, 303);
    assertStringIncludes(
      page.headers.get("location") ?? "",
      "/api/auth/login?returnToUrl=%2Faccount",
    );
  });
});
