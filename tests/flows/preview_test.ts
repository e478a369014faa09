import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sendWith, WireJar, type WireRequest } from "../helpers/wire.ts";
import { shownMembers } from "../helpers/document.ts";
import { startProductionSite } from "../helpers/site.ts";

const PRODUCTION = "https://shop.example";
const HOST = "shop-b2f0a4.acme.deno.net";
const PREVIEW = { DENO_DEPLOY: "true", DENO_TIMELINE: "preview/b2f0a4" };

Deno.test("a preview on Deno Deploy can be browsed, and login says why it is off (D5)", async (t) => {
  await using site = await startProductionSite(PRODUCTION, [PRODUCTION], {
    ...PREVIEW,
    APP_ORIGIN: "",
  });
  const jar = new WireJar();
  const ask = (request: WireRequest) =>
    sendWith(jar, site.app.origin, { host: HOST, ...request });

  await t.step("pages that ask Wix work, with a session", async () => {
    const page = await ask({ target: "/members" });
    assertEquals(page.status, 200);
    assert(shownMembers(page).includes("Ann"));
    assertEquals([...jar.keys()], ["__Host-wix_visitor"]);
  });

  const query = "code=x&state=y";
  const routes = ["login", `callback?${query}`, "logout-callback"];
  for (const route of routes) {
    await t.step(
      `GET /api/auth/${route} is the page that says so`,
      async () => {
        const page = await ask({ target: `/api/auth/${route}` });
        assertEquals(page.status, 403);
        assertEquals(page.headers.get("location"), null);
        assertStringIncludes(page.body, "Login is off on this preview");
        assertStringIncludes(page.body, "Wix sends people back only to");
      },
    );
  }

  await t.step("a page for members leads there, and no further", async () => {
    const page = await ask({ target: "/account" });
    assertEquals(page.status, 303);
    assertStringIncludes(
      page.headers.get("location") ?? "",
      "/api/auth/login?returnToUrl=%2Faccount",
    );
  });

  await t.step("another site cannot post here either", async () => {
    const answer = await ask({
      method: "POST",
      target: "/api/auth/logout",
      headers: [`Origin: ${PRODUCTION}`, "Sec-Fetch-Site: cross-site"],
      body: "",
    });
    assertEquals(answer.status, 403);
    assertStringIncludes(answer.body, "does not come from a page of this site");
  });
});

Deno.test("a preview that has production's APP_ORIGIN sends nobody there to log in (D5)", async () => {
  await using site = await startProductionSite(
    PRODUCTION,
    [PRODUCTION],
    PREVIEW,
  );
  const page = await sendWith(new WireJar(), site.app.origin, {
    host: HOST,
    target: "/api/auth/login",
  });
  assertEquals(page.status, 403);
  assertStringIncludes(page.body, "Login is off on this preview");
});
