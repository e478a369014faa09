import { assertEquals, assertRejects } from "@std/assert";
import { SITE } from "../src/mod.ts";
import { at } from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

Deno.test("getSiteProperties() is refused to visitors and members", async () => {
  await using rig = await SdkRig.start();
  for (const client of [rig.visitor(), await rig.member()]) {
    const { siteProperties } = client;
    const error = await assertRejects(() => siteProperties.getSiteProperties());
    const code = at(error, "details.applicationError.code");
    assertEquals([at(error, "status"), code], [403, "PERMISSION_DENIED"]);
  }
});

Deno.test("getSiteProperties() answers an app and an API key", async () => {
  await using rig = await SdkRig.start();
  for (const { siteProperties } of [rig.app(), rig.apiKey()]) {
    const { properties } = await siteProperties.getSiteProperties();
    assertEquals(properties?.siteDisplayName, SITE.name);
    assertEquals(properties?.locale?.languageCode, "en");
  }
});

Deno.test("getSiteProperties() answers the fields that were asked for", async () => {
  await using rig = await SdkRig.start();
  const { properties } = await rig.app().siteProperties.getSiteProperties({
    fields: ["businessName", "address.city", "address.coordinates.latitude"],
  });
  assertEquals(properties, {
    businessName: "Juniper & Sons",
    address: { city: "Portland", coordinates: { latitude: 45.512 } },
  });
});

Deno.test("an API key counts for its own site only", async () => {
  await using rig = await SdkRig.start();
  const { siteProperties } = rig.apiKey(SITE.clientId);
  const error = await assertRejects(() => siteProperties.getSiteProperties());
  assertEquals(at(error, "status"), 401);
});
