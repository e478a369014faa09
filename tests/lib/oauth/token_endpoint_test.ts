import { assertEquals, assertRejects } from "@std/assert";
import {
  createTokenEndpoint,
  InvalidGrantError,
} from "@/lib/oauth/token_endpoint.ts";
import { WixError } from "@/lib/wix/wix_error.ts";

const NOW = 1_800_000_000;
const GOOD = { access_token: "a", refresh_token: "r", expires_in: 14_400 };

function answering(body: unknown, status = 200) {
  const sent: unknown[] = [];
  const endpoint = createTokenEndpoint({
    clientId: "client",
    now: () => NOW,
    wixFetch: (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Promise.resolve(
        new Response(
          typeof body === "string" ? body : JSON.stringify(body),
          { status },
        ),
      );
    },
  });
  return { endpoint, sent };
}

Deno.test("anonymous() returns tokens with their end in Unix seconds", async () => {
  const { endpoint, sent } = answering(GOOD);
  assertEquals(await endpoint.anonymous(), {
    accessToken: "a",
    refreshToken: "r",
    expiresAt: NOW + 14_400,
  });
  assertEquals(sent, [{ clientId: "client", grantType: "anonymous" }]);
});

Deno.test("refresh() keeps the old refresh token when Wix sends none (U24)", async () => {
  const { endpoint } = answering({ ...GOOD, refresh_token: undefined });
  assertEquals((await endpoint.refresh("old")).refreshToken, "old");
});

Deno.test("refresh() keeps the new refresh token when Wix rotates it (U24)", async () => {
  const { endpoint } = answering({ ...GOOD, refresh_token: "new" });
  assertEquals((await endpoint.refresh("old")).refreshToken, "new");
});

Deno.test("a numeric string counts as expires_in", async () => {
  const { endpoint } = answering({ ...GOOD, expires_in: "900" });
  assertEquals((await endpoint.anonymous()).expiresAt, NOW + 900);
});

Deno.test("authorizationCode() without a refresh token is no login (C18)", async () => {
  const { endpoint } = answering({ ...GOOD, refresh_token: undefined });
  await assertRejects(
    () =>
      endpoint.authorizationCode({
        code: "c",
        codeVerifier: "v",
        redirectUri: "u",
      }),
    WixError,
  );
});

Deno.test("clientCredentials() leaves an instance id out when there is none", async () => {
  const { endpoint, sent } = answering(GOOD);
  await endpoint.clientCredentials({
    clientSecret: "s",
    instanceId: undefined,
  });
  assertEquals(sent, [{
    grant_type: "client_credentials",
    client_id: "client",
    client_secret: "s",
  }]);
});

const unusable: [id: string, body: unknown][] = [
  ["U13 not JSON", "<html>"],
  ["U14 truncated JSON", '{"access_token":"a'],
  ["U17 nothing", {}],
  ["U17 an access token that is a number", { ...GOOD, access_token: 5 }],
  ["U17 an empty access token", { ...GOOD, access_token: "" }],
  ["U17 a huge access token", { ...GOOD, access_token: "a".repeat(10_000) }],
  ["U18 no expires_in", { ...GOOD, expires_in: undefined }],
  ["U18 expires_in 0", { ...GOOD, expires_in: 0 }],
  ["U18 a negative expires_in", { ...GOOD, expires_in: -1 }],
  ["U18 an expires_in that is text", { ...GOOD, expires_in: "abc" }],
  ["U18 an expires_in of 1e12", { ...GOOD, expires_in: 1e12 }],
];
for (const [what, body] of unusable) {
  Deno.test(`refresh() takes ${what} for a failure, not for an end`, async () => {
    const { endpoint } = answering(body);
    await assertRejects(() => endpoint.refresh("r"), WixError);
  });
}

for (const status of [400, 401, 403]) {
  Deno.test(`refresh() takes ${status} invalid_grant for the end (U22)`, async () => {
    const { endpoint } = answering({ error: "invalid_grant" }, status);
    await assertRejects(() => endpoint.refresh("r"), InvalidGrantError);
  });
}

const notTheEnd: [id: string, status: number, body: unknown][] = [
  ["U28 another error code", 400, { error: "something_else" }],
  ["a 401 without that code", 401, {}],
  ["a 429 with that code", 429, { error: "invalid_grant" }],
  ["a 503 with that code", 503, { error: "invalid_grant" }],
  ["U8 429", 429, {}],
  ["U12 a 503 page", 503, "<html>busy</html>"],
];
for (const [what, status, body] of notTheEnd) {
  Deno.test(`refresh() takes ${what} for a failure, not for an end`, async () => {
    const { endpoint } = answering(body, status);
    await assertRejects(() => endpoint.refresh("r"), WixError);
  });
}

Deno.test("subjectType() is what Wix says of a token, else undefined", async () => {
  const { endpoint, sent } = answering({ subjectType: "VISITOR" });
  assertEquals(await endpoint.subjectType("t"), "VISITOR");
  assertEquals(sent, [{ token: "t" }]);
  for (const body of [{}, { subjectType: 5 }, "<html>"]) {
    assertEquals(await answering(body).endpoint.subjectType("t"), undefined);
  }
});
