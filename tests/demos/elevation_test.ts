import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { text } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";

test("GET /elevation shows a refused call next to an elevated one", async ({ site }) => {
  const browser = site.visitor();
  const page = await browser.open("/elevation");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, "403 PERMISSION_DENIED");
  assertStringIncludes(page.body, "Identity of kind visitor lacks permission");
  assertMatch(text(page.document, ".reference"), /request id: [\w.]+$/);
  assertMatch(
    text(page.document, ".descriptions"),
    /^Business ?Juniper & Sons/,
  );

  const endpoint = await browser.request("/api/site-properties");
  assertEquals(endpoint.status, 200);
  const names = ["businessName", "language", "paymentCurrency", "timeZone"];
  assertEquals(Object.keys(JSON.parse(endpoint.body)), names);
});
