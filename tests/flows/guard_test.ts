import { assertEquals, assertStringIncludes } from "@std/assert";
import { SEED_BADGES, SITE } from "@/packages/local-wix/src/mod.ts";
import type { Browser } from "../helpers/browser.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN, type Site } from "../helpers/site.ts";

const VIP = "/account/vip";

test("a page for a badge is shown to who has it, and asks visitors to log in", async ({ site }) => {
  const ann = await (await site.member(ANN)).open(VIP);
  assertEquals(ann.status, 200);
  assertStringIncludes(ann.body, "Early access");
  const { status, headers } = await site.visitor().request(VIP);
  assertEquals(status, 303);
  assertEquals(
    headers.get("location"),
    "/api/auth/login?returnToUrl=%2Faccount%2Fvip",
  );
});

test("a member without the badge is refused, and reads nothing of the page", async ({ site }) => {
  const { status, body } = await (await site.member(BEN)).open(VIP);
  assertEquals(status, 403);
  assertStringIncludes(body, "This is for a few members");
  assertEquals(body.includes("Early access"), false);
});

test.member("a badge that is taken away closes the page at once, to the same session", async ({ ann, site }) => {
  assertEquals((await ann.open(VIP)).status, 200);
  await takeBadge(site, ann);
  assertEquals((await ann.open(VIP)).status, 403);
});

test.member("a page for a badge stays closed while Wix does not tell", async ({ ann, site }) => {
  site.wix.controls.failNext("POST /badges/v4/assignments/query", {
    times: "always",
  });
  const { status, body } = await ann.open(VIP);
  assertEquals(status, 503);
  assertEquals(body.includes("Early access"), false);
});

/** What the site's owner does in the dashboard. */
async function takeBadge({ wix }: Site, browser: Browser): Promise<void> {
  const { body } = await browser.request("/api/session");
  const badge = SEED_BADGES.find(({ slug }) => slug === "vip");
  const query = JSON.stringify({ memberIds: [JSON.parse(body).member.id] });
  const answer = await fetch(
    `${wix.origin}/members/v3/badges/${badge?.id}/members?` +
      new URLSearchParams({ ".r": btoa(query) }),
    {
      method: "DELETE",
      headers: { authorization: SITE.apiKey, "wix-site-id": SITE.siteId },
    },
  );
  assertEquals([answer.status, await answer.text()], [200, "{}"]);
}
