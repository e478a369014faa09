import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { demoSeed, PEOPLE } from "@/packages/local-wix/src/mod.ts";
import { shownMembers } from "../helpers/document.ts";
import { startSite } from "../helpers/site.ts";

Deno.test("GET /members lists members with a public profile", async () => {
  await using site = await startSite();
  assert(shownMembers(await site.visitor().open("/members")).includes("Ann"));
});

Deno.test("GET /members explains a refused call and an empty list", async () => {
  const people = PEOPLE.filter(({ privacy }) => privacy === "PRIVATE");
  await using site = await startSite({ seed: { ...demoSeed(), people } });
  const empty = await site.visitor().open("/members");
  assertStringIncludes(empty.body, "No public members yet");
  const { controls } = site.wix;
  controls.failNext("POST /members/v1/members/query", { status: 403 });
  const refused = await site.visitor().open("/members");
  assertEquals(refused.status, 200);
  assertStringIncludes(refused.body, "Wix refused this call (403)");
  assertEquals(refused.body.includes("No public members yet"), false);
});
