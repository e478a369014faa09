import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  createTokenEndpoint,
  InvalidGrantError,
} from "../../src/oauth/token_endpoint.ts";
import { RequestSession } from "../../src/session/request_session.ts";
import { WixError, wixErrorBody } from "../../src/wix/wix_error.ts";

const NOW = 1_800_000_000;
const GOOD = { access_token: "a", refresh_token: "r", expires_in: 14_400 };

function answering(body: unknown, status = 200, headers = {}) {
  const sent: unknown[] = [];
  const endpoint = createTokenEndpoint({
    clientId: "client",
    now: () => NOW,
    wixFetch: (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Promise.resolve(
        new Response(
          typeof body === "string" ? body : JSON.stringify(body),
          { status, headers },
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

Deno.test("refresh() refuses tokens that are too large with the refresh token that is kept", async () => {
  const { endpoint } = answering({
    ...GOOD,
    access_token: "a".repeat(6_000),
    refresh_token: undefined,
  });
  await assertRejects(() => endpoint.refresh("r".repeat(6_000)), WixError);
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

Deno.test("clientCredentials() names the app's instance when it is known", async () => {
  const { endpoint, sent } = answering(GOOD);
  await endpoint.clientCredentials({ clientSecret: "s", instanceId: "i" });
  assertEquals(sent, [{
    grant_type: "client_credentials",
    client_id: "client",
    client_secret: "s",
    instance_id: "i",
  }]);
});

const refusedCredentials: [status: number, error: string][] = [
  [400, "invalid_client"],
  [401, "invalid_client"],
  [400, "invalid_grant"],
  [404, "not_found"],
];
for (const [status, error] of refusedCredentials) {
  Deno.test(`clientCredentials() takes ${status} ${error} for wrong credentials`, async () => {
    const { endpoint } = answering({ error }, status, {
      "x-wix-request-id": "1.2",
    });
    const refusal = await assertRejects(
      () => endpoint.clientCredentials({ clientSecret: "s", instanceId: "i" }),
      WixError,
    );
    assertEquals(refusal.code, "APP_CREDENTIALS_REFUSED");
    assertEquals(refusal.status, status);
    assertEquals(refusal.requestId, "1.2");
    assertStringIncludes(refusal.description, error);
  });
}

for (const status of [429, 503]) {
  Deno.test(`clientCredentials() takes ${status} for an outage`, async () => {
    const { endpoint } = answering({ error: "invalid_client" }, status);
    const failure = await assertRejects(
      () => endpoint.clientCredentials({ clientSecret: "s", instanceId: "i" }),
      WixError,
    );
    assertEquals([failure.status, failure.code], [status, "invalid_client"]);
  });
}

Deno.test("a refused grant carries status and request id as its cause", async () => {
  const { endpoint } = answering({ error: "invalid_grant" }, 400, {
    "x-wix-request-id": "1.2",
  });
  const { cause } = await assertRejects(
    () => endpoint.refresh("r"),
    InvalidGrantError,
  );
  assertEquals(cause instanceof WixError && [cause.status, cause.requestId], [
    400,
    "1.2",
  ]);
});

Deno.test("an outage says what the door knows about it", async () => {
  const { endpoint } = answering(
    wixErrorBody({ code: "WIX_TIMEOUT", description: "No answer in time" }),
    504,
  );
  const { code, description } = await assertRejects(
    () => endpoint.anonymous(),
    WixError,
  );
  assertEquals([code, description], ["WIX_TIMEOUT", "No answer in time"]);
});

Deno.test("a refusal's own words, which may repeat what was sent, are left out", async () => {
  const { endpoint } = answering({
    error: "invalid_request",
    error_description: "refresh token my-secret",
    ...Object(wixErrorBody({ code: "x", description: "my-secret" })),
  }, 400);
  const error = await assertRejects(() => endpoint.refresh("r"), WixError);
  assertEquals(Deno.inspect(error).includes("my-secret"), false);
});

Deno.test("an outage's own words lose what was sent, and keep the rest", async () => {
  const { endpoint } = answering(
    wixErrorBody({
      code: "OVERLOADED",
      description: "overloaded by my-secret of my-instance",
    }),
    500,
  );
  const error = await assertRejects(
    () =>
      endpoint.clientCredentials({
        clientSecret: "my-secret",
        instanceId: "my-instance",
      }),
    WixError,
  );
  assertEquals(/my-secret|my-instance/.test(Deno.inspect(error)), false);
  assertStringIncludes(error.description, "overloaded by");
});

/** A process whose refreshes fail until they are told not to. */
function failingRefreshes() {
  const state = { now: NOW, status: 504, refreshes: 0 };
  const endpoint = createTokenEndpoint({
    clientId: "client",
    now: () => state.now,
    wixFetch: () => {
      state.refreshes++;
      return Promise.resolve(Response.json(GOOD, { status: state.status }));
    },
  });
  let serial = 0;
  /** Returns the access token that the request's answer keeps. */
  const request = async (expiresAt: number) => {
    const session = new RequestSession({
      kind: "visitor",
      id: "s",
      // Refreshes of the same tokens are shared.
      tokens: { accessToken: "old", refreshToken: `${serial++}`, expiresAt },
      startedAt: NOW,
    }, {
      tokenEndpoint: endpoint,
      isSilent: endpoint.isSilent,
      now: () => state.now,
      jitter: () => 0,
      doubted: false,
    });
    await session.accessToken();
    await session.settled();
    return session.current?.tokens.accessToken;
  };
  return { state, request };
}

Deno.test("while tokens live, a refresh that failed is not tried again for 30 s", async () => {
  const { state, request } = failingRefreshes();
  const expiresAt = NOW + 120;
  assertEquals(await request(expiresAt), "old");
  state.now += 29;
  assertEquals(await request(expiresAt), "old");
  assertEquals(state.refreshes, 1);
  state.now += 1;
  state.status = 200;
  assertEquals(await request(expiresAt), "a");
  assertEquals(await request(expiresAt), "a");
});

Deno.test("a token that ended is refreshed whatever happened before", async () => {
  const { state, request } = failingRefreshes();
  await request(NOW + 120);
  state.status = 200;
  assertEquals(await request(NOW - 1), "a");
  // And that shows that the endpoint answers again.
  assertEquals(await request(NOW + 120), "a");
});

Deno.test("a refused refresh is an answer: others are refreshed", async () => {
  const { state, request } = failingRefreshes();
  state.status = 400;
  assertEquals(await request(NOW + 120), "old");
  state.status = 200;
  assertEquals(await request(NOW + 120), "a");
});

const unusable: [id: string, body: unknown][] = [
  ["U13 not JSON", "<html>"],
  ["U14 truncated JSON", '{"access_token":"a'],
  ["U17 nothing", {}],
  ["U17 an access token that is a number", { ...GOOD, access_token: 5 }],
  ["U17 an empty access token", { ...GOOD, access_token: "" }],
  ["U17 a huge access token", { ...GOOD, access_token: "a".repeat(10_000) }],
  ["U17 a token that no header can hold", { ...GOOD, access_token: "a\nb" }],
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
