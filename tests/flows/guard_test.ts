import { assertEquals, assertStringIncludes } from "@std/assert";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN } from "../helpers/site.ts";

const VIP = "/test/badge";

test("a badge page opens for members with the badge, and redirects visitors to the login", async ({ site }) => {
  const ann = await (await site.member(ANN)).open(VIP);
  assertEquals(ann.status, 200);
  assertStringIncludes(ann.body, "Early access");
  const { status, headers } = await site.visitor().request(VIP);
  assertEquals(status, 303);
  assertEquals(
    headers.get("location"),
    "/api/auth/login?returnToUrl=%2Ftest%2Fbadge",
  );
});

test("a member without the badge gets a 403 without the page's content", async ({ site }) => {
  const { status, body } = await (await site.member(BEN)).open(VIP);
  assertEquals(status, 403);
  assertStringIncludes(body, "You don't have access");
  assertEquals(body.includes("Early access"), false);
});

test.member("a badge page does not open when Wix fails", async ({ ann, site }) => {
  site.wix.controls.failNext("POST /badges/v4/assignments/query", {
    times: "always",
  });
  const { status, body } = await ann.open(VIP);
  assertEquals(status, 503);
  assertEquals(body.includes("Early access"), false);
});
