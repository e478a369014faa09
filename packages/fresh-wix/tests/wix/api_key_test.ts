import { assertEquals, assertRejects } from "@std/assert";
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";
import { installSdkClients } from "../../src/wix/sdk_clients.ts";
import { toWixError } from "../../src/wix/wix_error.ts";

const sent: Headers[] = [];
let status = 200;

installSdkClients({
  elevated: { kind: "api-key", apiKey: "the-key", siteId: "the-site" },
  appTokens: {
    accessToken: () => Promise.reject(new Error("there is no app token")),
    refresh: () => Promise.reject(new Error("there is no app token")),
  },
  wixFetch: (_input, init) => {
    sent.push(new Headers(init?.headers));
    return Promise.resolve(Response.json({ properties: {} }, { status }));
  },
});

const elevatedCall = auth.elevate(siteProperties.getSiteProperties);

Deno.test("with an API key, elevated calls carry it and the site it is for", async () => {
  sent.length = 0;
  status = 200;
  await elevatedCall();
  assertEquals(
    sent.map((headers) => [
      headers.get("authorization"),
      headers.get("wix-site-id"),
    ]),
    [["the-key", "the-site"]],
  );
});

Deno.test("a rejected API key is not refreshed", async () => {
  sent.length = 0;
  status = 401;
  const error = await assertRejects(() => elevatedCall());
  assertEquals(toWixError(error)?.status, 401);
  assertEquals(sent.length, 1);
});
