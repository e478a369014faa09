import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";
import { members } from "@wix/members";
import {
  bindSession,
  runUnauthenticated,
  runWithSession,
} from "../../src/wix/request_context.ts";
import { callerFetch, installSdkClients } from "../../src/wix/sdk_clients.ts";
import { toWixError } from "../../src/wix/wix_error.ts";
import type { WixFetch } from "../../src/wix/wix_fetch.ts";
import { requestWith } from "../helpers/sessions.ts";
import { ROOT } from "@/tools/packages.ts";
import { filesBelow } from "@/tests/helpers/files.ts";

const NOW = 1_800_000_000;

interface Sent {
  readonly path: string;
  readonly token: string | null;
  readonly consistent: string | null;
  /** Whom a `Retry-After` is said to. */
  readonly caller: string | undefined;
}

const sent: Sent[] = [];
let respond: (call: Sent) => Response = () => Response.json({});

const wixFetch: WixFetch = (input, init) => {
  const headers = new Headers(init?.headers);
  const call = {
    path: new URL(String(input)).pathname,
    token: headers.get("authorization"),
    consistent: headers.get("x-wix-consistent"),
    caller: init?.caller,
  };
  sent.push(call);
  return Promise.resolve(respond(call));
};

installSdkClients({
  elevated: { kind: "app", clientSecret: "s", instanceId: undefined },
  appTokens: {
    accessToken: () => Promise.resolve("app-token"),
    refresh: () => Promise.resolve("app-token-2"),
  },
  wixFetch,
});

/** The session of a member whose name is the access token. */
function sessionOf(name: string) {
  const tokens = { refreshToken: `${name}-refresh`, expiresAt: NOW + 14_400 };
  return requestWith({
    kind: "member",
    id: `session-${name}`,
    tokens: { accessToken: name, ...tokens },
    startedAt: NOW,
  }, {
    refresh: () =>
      Promise.resolve({ accessToken: `${name}-refreshed`, ...tokens }),
  }).session;
}

function answering(reply: typeof respond): Sent[] {
  sent.length = 0;
  respond = reply;
  return sent;
}

Deno.test("a call outside a request says why it fails and what to do", () => {
  const error = assertThrows(() => members.getCurrentMember(), Error);
  assertEquals(
    String(error).includes("outside a request") &&
      String(error).includes("auth.elevate()"),
    true,
  );
});

Deno.test("interleaved calls of many users carry each one's own token", async () => {
  answering(({ token }) => Response.json({ member: { id: token } }));
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

Deno.test("X-Wix-Consistent stays in the request that it was given to", async () => {
  const calls = answering(({ token }) =>
    Response.json({ member: {} }, {
      headers: token === "ann" ? { "X-Wix-Consistent": "of-ann" } : {},
    })
  );
  await runWithSession(sessionOf("ann"), async () => {
    await members.getCurrentMember();
    await runWithSession(sessionOf("ben"), () => members.getCurrentMember());
    await members.getCurrentMember();
  });
  await runWithSession(sessionOf("ann"), () => members.getCurrentMember());
  assertEquals(calls.map(({ token, consistent }) => [token, consistent]), [
    ["ann", null],
    ["ben", null],
    ["ann", "of-ann"],
    ["ann", null],
  ]);
});

Deno.test("what runs before a request's own steps has no user", async () => {
  const calls = answering(() => Response.json({ member: {} }));
  await runWithSession(sessionOf("ann"), async () => {
    await runUnauthenticated(async () => {
      await Promise.resolve();
      assertThrows(
        () => members.getCurrentMember(),
        Error,
        "outside a request",
      );
    });
    await members.getCurrentMember();
  });
  assertEquals(calls.length, 1);
});

Deno.test("a request gets one user, once", async () => {
  const calls = answering(() => Response.json({ member: {} }));
  await runUnauthenticated(async () => {
    bindSession(sessionOf("kim"));
    await members.getCurrentMember();
    assertThrows(
      () => bindSession(sessionOf("lou")),
      Error,
      "no context of its own",
    );
    await members.getCurrentMember();
  });
  assertEquals(calls.map(({ token }) => token), ["kim", "kim"]);
});

Deno.test("bindSession() refuses a request without a context, or with another user's", () => {
  const act = () => bindSession(sessionOf("mia"));
  assertThrows(act, Error, "no context of its own");
  runWithSession(
    sessionOf("ann"),
    () => assertThrows(act, Error, "no context of its own"),
  );
});

Deno.test("a rejected token is refreshed and the call sent once more", async () => {
  const calls = answering(({ token }) =>
    token === "cleo"
      ? Response.json({}, { status: 401 })
      : Response.json({ member: {} })
  );
  await runWithSession(sessionOf("cleo"), () => members.getCurrentMember());
  assertEquals(calls.map(({ token }) => token), ["cleo", "cleo-refreshed"]);
});

Deno.test("a call is never sent a third time (P25)", async () => {
  const calls = answering(() => Response.json({}, { status: 401 }));
  const error = await assertRejects(
    () => runWithSession(sessionOf("dan"), () => members.getCurrentMember()),
  );
  assertEquals(toWixError(error)?.status, 401);
  assertEquals(calls.length, 2);
});

Deno.test("elevated calls carry the app's token, the others after them do not (P12)", async () => {
  const calls = answering(() => Response.json({ member: {}, properties: {} }));
  await runWithSession(sessionOf("eve"), async () => {
    await auth.elevate(siteProperties.getSiteProperties)();
    await members.getCurrentMember();
  });
  assertEquals(calls.map(({ token }) => token), ["app-token", "eve"]);
});

Deno.test("elevated calls work outside a request, as the app", async () => {
  const calls = answering(() => Response.json({ properties: {} }));
  await auth.elevate(siteProperties.getSiteProperties)();
  assertEquals(calls.map(({ token }) => token), ["app-token"]);
});

Deno.test("getContextualAuth() is the current user's", async () => {
  await runWithSession(sessionOf("fay"), async () => {
    const { getAuthHeaders } = auth.getContextualAuth();
    const { headers } = await getAuthHeaders(undefined);
    assertEquals(headers.Authorization, "fay");
  });
});

Deno.test("Retry-After is said to the session of a user's call, and to the app for an elevated one (N8)", async () => {
  const calls = answering(() => Response.json({ member: {}, properties: {} }));
  await runWithSession(sessionOf("gus"), async () => {
    await members.getCurrentMember();
    await callerFetch(wixFetch)("https://www.wixapis.com/x");
    await auth.elevate(siteProperties.getSiteProperties)();
  });
  assertEquals(calls.map(({ caller }) => caller), [
    "session-gus",
    "session-gus",
    undefined,
  ]);
});

const unusable: [title: string, response: () => Response][] = [
  ["a 204", () => new Response(null, { status: 204 })],
  ["an empty 200", () => new Response("", { status: 200 })],
  ["a 200 that is not JSON", () => new Response("<html>")],
];
for (const [title, response] of unusable) {
  Deno.test(`${title} is a 502 of Wix, of a user's call and of an elevated one (U15, U16)`, async () => {
    answering(response);
    const calls = [
      () => runWithSession(sessionOf("hal"), () => members.getCurrentMember()),
      () => auth.elevate(siteProperties.getSiteProperties)(),
    ];
    for (const call of calls) {
      const error = toWixError(await assertRejects(call));
      assertEquals([error?.status, error?.code], [502, "MALFORMED_RESPONSE"]);
    }
  });
}

Deno.test("the SDK's context is set in one place on the server, one in browsers (I8)", async () => {
  const setters: string[] = [];
  for (
    const folder of [
      "packages/fresh-wix/src",
      "lib",
      "routes",
      "islands",
      "components",
    ]
  ) {
    for (const file of await filesBelow(ROOT + folder)) {
      const text = await Deno.readTextFile(file);
      if (/enableContext|wixContext\b/.test(text)) {
        setters.push(file.slice(ROOT.length));
      }
    }
  }
  assertEquals(setters.sort(), [
    "packages/fresh-wix/src/browser/wix_context.ts",
    "packages/fresh-wix/src/wix/sdk_clients.ts",
  ]);
});
