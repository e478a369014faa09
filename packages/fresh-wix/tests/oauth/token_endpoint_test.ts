import {
  assertEquals,
  assertExists,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  createTokenEndpoint,
  isInvalidGrant,
  type TokenEndpoint,
} from "../../src/oauth/token_endpoint.ts";
import { isRepeated, WixError, wixErrorBody } from "../../src/wix/wix_error.ts";
import {
  currentContext,
  type RequestContext,
  runWithSession,
} from "../../src/wix/request_context.ts";
import { MEMBER, newTokens, NOW, requestWith } from "../helpers/sessions.ts";

const GOOD = { access_token: "a", refresh_token: "r", expires_in: 14_400 };
const CREDENTIALS = { clientSecret: "my-secret", instanceId: "my-instance" };
const CODE = { code: "c", codeVerifier: "v", redirectUri: "u" };

/** Returns the token endpoint of a Wix that responds alike to everything. */
function responding(body: unknown, status = 200) {
  const state = { now: NOW, body, status };
  const sent: unknown[] = [];
  const callers: (string | undefined)[] = [];
  const contexts: (RequestContext | undefined)[] = [];
  const endpoint = createTokenEndpoint({
    clientId: "client",
    now: () => state.now,
    wixFetch: (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      callers.push(init?.caller);
      contexts.push(currentContext());
      const { body, status } = state;
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const headers = { "x-wix-request-id": "1" };
      const content = status === 204 ? null : text;
      return Promise.resolve(new Response(content, { status, headers }));
    },
  });
  return { endpoint, sent, callers, contexts, state };
}

const failing = (grant: () => Promise<unknown>) =>
  assertRejects(grant, WixError);

Deno.test("anonymous() returns tokens with their expiry in Unix seconds, even from a numeric string", async () => {
  const { endpoint, sent } = responding({ ...GOOD, expires_in: "900.5" });
  const expiresAt = NOW + 900;
  const tokens = { accessToken: "a", refreshToken: "r", expiresAt };
  assertEquals(await endpoint.anonymous(), tokens);
  assertEquals(sent, [{ clientId: "client", grantType: "anonymous" }]);
});

for (const refresh_token of [undefined, 5, "new"]) {
  Deno.test(`refresh() with refresh_token ${refresh_token} keeps a token that can be used (U24)`, async () => {
    const { endpoint } = responding({ ...GOOD, refresh_token });
    const old = newTokens();
    const { refreshToken } = await endpoint.refresh(old);
    const expected = refresh_token === "new" ? "new" : old.refreshToken;
    assertEquals(refreshToken, expected);
    // Without one there is no login (C18).
    const login = endpoint.authorizationCode(CODE);
    if (refresh_token !== "new") await failing(() => login);
    else assertEquals((await login).refreshToken, "new");
  });
}

Deno.test("clientCredentials() sends the app's instance id if it is set", async () => {
  const { endpoint, sent } = responding(GOOD);
  const clientSecret = "s";
  await endpoint.clientCredentials({ clientSecret, instanceId: undefined });
  await endpoint.clientCredentials({ clientSecret, instanceId: "i" });
  const grant = {
    grant_type: "client_credentials",
    client_id: "client",
    client_secret: "s",
  };
  assertEquals(sent, [grant, { ...grant, instance_id: "i" }]);
});

Deno.test("Retry-After applies to one session's refresh, one login, new visitors or the app (N8)", async () => {
  const { endpoint, callers } = responding(GOOD);
  const tokens = newTokens();
  await endpoint.refresh(tokens);
  await endpoint.authorizationCode(CODE);
  await endpoint.anonymous();
  await endpoint.clientCredentials(CREDENTIALS);
  assertEquals(callers, [tokens.refreshToken, "c", "anonymous", undefined]);
});

const access = (access_token: unknown) => ({ ...GOOD, access_token });
const expiry = (expires_in: unknown) => ({ ...GOOD, expires_in });
const unusable: [id: string, body: unknown, status?: number][] = [
  ["U13 not JSON", "<html>"],
  ["U14 truncated JSON", '{"access_token":"a'],
  ["U15 an empty 200", ""],
  ["U15 a 204", "", 204],
  ["U17 nothing", {}],
  ["U17 an access token that is a number", access(5)],
  ["U17 an empty access token", access("")],
  ["U17 a huge access token", access("a".repeat(10_000))],
  ["U17 a token that no header can hold", access("a\nb")],
  ["U18 no expires_in", expiry(undefined)],
  ["U18 expires_in null", expiry(null)],
  ["U18 expires_in 0", expiry(0)],
  ["U18 a negative expires_in", expiry(-1)],
  ["U18 an expires_in that is text", expiry("abc")],
  ["U18 an expires_in of 1e12", expiry(1e12)],
];
for (const [id, body, status] of unusable) {
  Deno.test(`${id} is a 502 of Wix, of a grant and of a refresh`, async () => {
    const { endpoint } = responding(body, status);
    const { anonymous } = endpoint;
    for (const grant of [anonymous, () => endpoint.refresh(newTokens())]) {
      const error = await failing(grant);
      assertEquals([error.status, isInvalidGrant(error)], [502, false]);
    }
  });
}

const ends: [id: string, status: number, body: unknown, isEnd: boolean][] = [
  ["U22 400 invalid_grant", 400, { error: "invalid_grant" }, true],
  ["U22 401 invalid_grant", 401, { error: "invalid_grant" }, true],
  ["U22 403 invalid_grant", 403, { error: "invalid_grant" }, true],
  ["U28 another error code", 400, { error: "something_else" }, false],
  ["an error code that is no text", 400, { error: 5 }, false],
  ["a 401 without that code", 401, {}, false],
  ["a 429 with that code", 429, { error: "invalid_grant" }, false],
  ["a 503 with that code", 503, { error: "invalid_grant" }, false],
  ["U12 a 503 page", 503, "<html>busy</html>", false],
];
for (const [id, status, body, isEnd] of ends) {
  Deno.test(`a refresh is ${isEnd ? "" : "not "}refused for good by ${id}`, async () => {
    const { endpoint } = responding(body, status);
    const error = await failing(() => endpoint.refresh(newTokens()));
    assertEquals(isInvalidGrant(error), isEnd);
    assertEquals([error.status, error.requestId], [status, "1"]);
  });
}

const outage = wixErrorBody({ code: "X", description: "busy with my-secret" });
const texts: [title: string, status: number, text: string][] = [
  ["an outage keeps its words, without values", 504, "busy with [redacted]"],
  ["a refusal's words, which may repeat anything, are left out", 400, "(X)"],
];
for (const [title, status, text] of texts) {
  Deno.test(title, async () => {
    const { endpoint } = responding(outage, status);
    const error = await failing(() => endpoint.clientCredentials(CREDENTIALS));
    assertStringIncludes(error.description, text);
    assertEquals(Deno.inspect(error).includes("my-secret"), false);
    const { description } = await failing(() => endpoint.refresh(newTokens()));
    assertEquals(description.includes("busy"), status >= 500);
  });
}

type Grant = (endpoint: TokenEndpoint) => Promise<unknown>;
const settings: [code: string, grant: Grant][] = [
  ["CLIENT_ID_REFUSED", ({ anonymous }) => anonymous()],
  ["APP_CREDENTIALS_REFUSED", (of) => of.clientCredentials(CREDENTIALS)],
];
for (const [code, grant] of settings) {
  for (const status of [400, 401, 403, 404]) {
    Deno.test(`a setting that Wix refuses with ${status} is a 503 ${code}, remembered for a minute (D7, U23)`, async () => {
      const body = { error: "invalid_client" };
      const { endpoint, sent, state } = responding(body, status);
      const refusals: boolean[] = [];
      for (const seconds of [0, 59, 1]) {
        state.now += seconds;
        const error = await failing(() => grant(endpoint));
        assertEquals([error.status, error.code], [503, code]);
        assertEquals(error.requestId, "1");
        assertStringIncludes(error.description, "invalid_client");
        refusals.push(isRepeated(new Error("any", { cause: error })));
      }
      assertEquals([sent.length, refusals], [2, [false, true, false]]);
      state.now += 60;
      Object.assign(state, { status: 200, body: GOOD });
      await grant(endpoint);
    });
  }

  Deno.test(`${code}: parallel refused calls are logged once`, async () => {
    const { endpoint } = responding({}, 401);
    const refuse = () => failing(() => grant(endpoint));
    const errors = await Promise.all([refuse(), refuse(), refuse()]);
    assertEquals(errors.map(isRepeated), [false, true, true]);
  });

  const outages: [status: number, error: string, shown: number][] = [
    [429, "invalid_client", 429],
    [500, "invalid_client", 500],
    [503, "invalid_client", 503],
    [400, "server_error", 503],
    [400, "temporarily_unavailable", 503],
  ];
  for (const [status, error, shown] of outages) {
    Deno.test(`a ${status} ${error} does not mention ${code}'s setting (U28)`, async () => {
      const { endpoint, sent } = responding({ error }, status);
      for (const _ of ["first", "second"]) {
        const failure = await failing(() => grant(endpoint));
        assertEquals([failure.status, failure.code], [shown, error]);
      }
      assertEquals(sent.length, 2);
    });
  }
}

Deno.test("200 requests with the same tokens make one refresh, also a little later; others share none (I1, I12)", async () => {
  const { endpoint, state, sent } = responding(GOOD, 503);
  const tokens = newTokens();
  const refresh = () => endpoint.refresh(tokens);
  // One that failed is tried again by the next request.
  await failing(refresh);
  state.status = 200;
  await Promise.all(Array.from({ length: 200 }, refresh));
  await refresh();
  assertEquals(sent.length, 2);
  await endpoint.refresh({ ...tokens, refreshToken: "other" });
  await endpoint.refresh({ ...tokens, accessToken: "other" });
  assertEquals(sent.length, 4);
});

Deno.test("a shared grant has its own timeout, and is recorded by the request that started it", async () => {
  const { endpoint, contexts } = responding(GOOD);
  const calls = await runWithSession(requestWith(MEMBER).session, async () => {
    const context = currentContext();
    assertExists(context);
    Object.defineProperty(context, "timeLeft", { value: 1 });
    await endpoint.refresh(newTokens());
    await endpoint.clientCredentials(CREDENTIALS);
    return context.calls;
  });
  assertEquals(contexts.length, 2);
  for (const context of contexts) {
    assertEquals([context?.session, context?.timeLeft], [undefined, 7_000]);
    assertEquals(context?.calls === calls, true);
  }
});

Deno.test("subjectType() returns the subject type of a token, undefined without one", async () => {
  const { endpoint, sent } = responding({ subjectType: "VISITOR" });
  assertEquals(await endpoint.subjectType("t"), "VISITOR");
  assertEquals(sent, [{ token: "t" }]);
  for (const body of [{}, { subjectType: 5 }, "<html>"]) {
    assertEquals(await responding(body).endpoint.subjectType("t"), undefined);
  }
});

Deno.test("a refresh that fails at Wix is reported to all for a minute (U12)", async () => {
  const { endpoint, state } = responding(GOOD, 504);
  await endpoint.refresh(newTokens()).catch(() => {});
  state.now += 59;
  assertEquals(endpoint.isFailing(), true);
  state.now += 1;
  assertEquals(endpoint.isFailing(), false);
});

for (const status of [400, 429]) {
  Deno.test(`a refresh that Wix refuses one caller with ${status} does not delay others (N8)`, async () => {
    const { endpoint } = responding({}, status);
    await endpoint.refresh(newTokens()).catch(() => {});
    assertEquals(endpoint.isFailing(), false);
  });
}
