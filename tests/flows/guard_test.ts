import { assertEquals, assertStringIncludes } from "@std/assert";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN } from "../helpers/site.ts";

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

test.member("a page for a badge stays closed while Wix does not tell", async ({ ann, site }) => {
  site.wix.controls.failNext("POST /badges/v4/assignments/query", {
    times: "always",
  });
  const { status, body } = await ann.open(VIP);
  assertEquals(status, 503);
  assertEquals(body.includes("Early access"), false);
});
