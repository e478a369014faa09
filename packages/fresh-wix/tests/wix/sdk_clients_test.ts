import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { siteProperties } from "@wix/business-tools";
import { orders } from "@wix/ecom";
import { auth } from "@wix/essentials";
import { members } from "@wix/members";
import type { ElevatedCredentials } from "../../src/config/read_config.ts";
import { describeError } from "../../src/errors/describe_error.ts";
import {
  bindSession,
  runUnauthenticated,
  runWithSession,
} from "../../src/wix/request_context.ts";
import { callerFetch, installSdkClients } from "../../src/wix/sdk_clients.ts";
import { toWixError } from "../../src/wix/wix_error.ts";
import { createWixFetch, type WixFetch } from "../../src/wix/wix_fetch.ts";
import { MEMBER, requestWith } from "../helpers/sessions.ts";

/** A call as it is sent; the caller is whom a `Retry-After` is said to. */
function toSent(init: Parameters<WixFetch>[1]) {
  const headers = new Headers(init?.headers);
  return {
    token: headers.get("authorization"),
    consistent: headers.get("x-wix-consistent"),
    siteId: headers.get("wix-site-id"),
    caller: init?.caller,
  };
}
type Sent = ReturnType<typeof toSent>;

const sent: Sent[] = [];
let respond: (call: Sent) => Response = () => Response.json({});

const wixFetch: WixFetch = (_input, init) => {
  const call = toSent(init);
  sent.push(call);
  return Promise.resolve(respond(call));
};
const APP = { kind: "app", clientSecret: "s", instanceId: undefined } as const;

function install(
  elevated: ElevatedCredentials | null = APP,
  fetch = wixFetch,
): void {
  const appTokens = {
    accessToken: () => Promise.resolve("app-token"),
    refresh: () => Promise.resolve("app-token-2"),
  };
  const credentials = elevated ?? undefined;
  installSdkClients({ elevated: credentials, appTokens, wixFetch: fetch });
}
install();

/** The session of a member whose name is the access token. */
function sessionOf(name: string) {
  const tokens = { ...MEMBER.tokens, accessToken: name };
  const refreshed = { ...tokens, accessToken: `${name}-refreshed` };
  const session = { ...MEMBER, id: `session-${name}`, tokens };
  const refresh = () => Promise.resolve(refreshed);
  return requestWith(session, { refresh }).session;
}

/** Has Wix respond so from now on; returns what is sent to it. */
function responding(reply: typeof respond): Sent[] {
  sent.length = 0;
  respond = reply;
  return sent;
}
const found = () => Response.json({ member: {}, properties: {} });
const unauthorized = () => Response.json({}, { status: 401 });

const as = <T>(name: string, call: () => T) =>
  runWithSession(sessionOf(name), call);
const callAs = (name: string) => as(name, () => members.getCurrentMember());
const elevatedCall = () => auth.elevate(siteProperties.getSiteProperties)();
const tokensIn = (calls: readonly Sent[]) => calls.map(({ token }) => token);

Deno.test("interleaved calls of many users carry each one's own token (I6)", async () => {
  responding(({ token }) => Response.json({ member: { id: token } }));
  const names = Array.from({ length: 50 }, (_, index) => `person-${index}`);
  await Promise.all(names.map((name) =>
    runUnauthenticated(async () => {
      await Promise.resolve();
      bindSession(sessionOf(name));
      for (let call = 0; call < 4; call++) {
        const { member } = await members.getCurrentMember();
        assertEquals(member?._id, name);
      }
    })
  ));
});

Deno.test("X-Wix-Consistent is not shared between requests", async () => {
  const calls = responding(({ token }) =>
    Response.json({ member: {} }, {
      headers: token === "ann" ? { "X-Wix-Consistent": "of-ann" } : {},
    })
  );
  await as("ann", async () => {
    await members.getCurrentMember();
    await callAs("ben");
    await members.getCurrentMember();
  });
  await callAs("ann");
  assertEquals(calls.map(({ token, consistent }) => [token, consistent]), [
    ["ann", null],
    ["ben", null],
    ["ann", "of-ann"],
    ["ann", null],
  ]);
});

Deno.test("a session is bound once, to its own request; a call outside a request explains itself", async () => {
  const calls = responding(found);
  const refused = () =>
    assertThrows(
      () => bindSession(sessionOf("lou")),
      Error,
      "has no context",
    );
  await runUnauthenticated(async () => {
    bindSession(sessionOf("kim"));
    await members.getCurrentMember();
    refused();
    await members.getCurrentMember();
  });
  assertEquals(tokensIn(calls), ["kim", "kim"]);
  refused();
  as("ann", refused);
  const outside = /outside a request.*auth\.elevate\(\)/;
  const { message } = assertThrows(() => members.getCurrentMember(), Error);
  assertMatch(message, outside);
  // What runs before its own steps has no user.
  await as("ann", () =>
    runUnauthenticated(async () => {
      await Promise.resolve();
      const call = () => members.getCurrentMember();
      assertThrows(call, Error, "outside a request");
    }));
});

Deno.test("a rejected token is refreshed and the call retried once (P25)", async () => {
  const calls = responding((call) =>
    call.token === "cleo" ? unauthorized() : found()
  );
  await callAs("cleo");
  assertEquals(tokensIn(calls), ["cleo", "cleo-refreshed"]);
  responding(unauthorized);
  const error = await assertRejects(() => callAs("dan"));
  assertEquals([toWixError(error)?.status, calls.length], [401, 2]);
});

Deno.test("only elevated calls have the app's token, inside and outside requests (P12)", async () => {
  const calls = responding(found);
  await elevatedCall();
  await as("eve", async () => {
    await elevatedCall();
    await members.getCurrentMember();
    const { getAuthHeaders } = auth.getContextualAuth();
    const { headers } = await getAuthHeaders(undefined);
    assertEquals(headers.Authorization, "eve");
  });
  assertEquals(tokensIn(calls), ["app-token", "app-token", "eve"]);
});

Deno.test("elevated calls carry an API key and its site, not refreshed; without credentials they are a 403 that says so", async () => {
  install({ kind: "api-key", apiKey: "the-key", siteId: "the-site" });
  const calls = responding(unauthorized);
  assertEquals(toWixError(await assertRejects(elevatedCall))?.status, 401);
  const sent = calls.map(({ token, siteId }) => [token, siteId]);
  assertEquals(sent, [["the-key", "the-site"]]);
  install(null);
  const error = toWixError(await assertRejects(elevatedCall));
  assertEquals([error?.status, error?.code], [403, "NO_ELEVATED_CREDENTIALS"]);
  install();
});

Deno.test("Retry-After applies to the session of a user's call, or to the app of an elevated one (N8)", async () => {
  const calls = responding(found);
  await as("gus", async () => {
    await members.getCurrentMember();
    await callerFetch(wixFetch)("https://www.wixapis.com/x");
    await elevatedCall();
  });
  const callers = calls.map(({ caller }) => caller);
  assertEquals(callers, ["session-gus", "session-gus", undefined]);
});

const unusable: [title: string, response: () => Response][] = [
  ["a 204", () => new Response(null, { status: 204 })],
  ["an empty 200", () => new Response("", { status: 200 })],
  ["a 200 that is not JSON", () => new Response("<html>")],
];
for (const [title, response] of unusable) {
  Deno.test(`${title} is a 502 of Wix, of a user's call and of an elevated one (U15, U16)`, async () => {
    responding(response);
    for (const call of [() => callAs("hal"), elevatedCall]) {
      const error = toWixError(await assertRejects(call));
      assertEquals([error?.status, error?.code], [502, "MALFORMED_RESPONSE"]);
    }
  });
}

const methods: [name: string, call: (id: string) => Promise<unknown>][] = [
  ["GET", (id) => auth.elevate(orders.getOrder)(id)],
  ["POST", (id) => auth.elevate(orders.cancelOrder)(id)],
  ["PATCH", (id) => auth.elevate(members.updateMember)(id, {})],
  ["DELETE", (id) => auth.elevate(members.deleteMember)(id)],
];
const hostileIds = ["../../x", "x/y", "x?y=z", "%2e%2e"];
for (const [method, call] of methods) {
  Deno.test(`a ${method} of the SDK with an id that leads elsewhere is a 400, and a 404 to people; others are sent (S20)`, async () => {
    const paths: string[] = [];
    const fetch = createWixFetch({
      wixApiOrigin: undefined,
      fetch: (url) => {
        paths.push(new URL(String(url)).pathname);
        return Promise.resolve(Response.json({}));
      },
    });
    install(APP, fetch);
    for (const id of hostileIds) {
      const error = await assertRejects(() => call(id));
      assertEquals(toWixError(error)?.code, "INVALID_ID", id);
      assertEquals(describeError(error).status, 404, id);
    }
    assertEquals(paths, []);
    await call("é");
    assertEquals(paths.map((path) => path.includes("/%C3%A9")), [true]);
    install();
  });
}
