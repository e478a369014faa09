import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";
import { members } from "@wix/members";
import { RequestSession } from "../../src/session/request_session.ts";
import {
  actAs,
  asNobody,
  currentBudget,
  runAs,
  withBudget,
} from "../../src/wix/request_scope.ts";
import { installSdkClients } from "../../src/wix/sdk_clients.ts";
import { toWixError } from "../../src/wix/wix_error.ts";
import { ROOT } from "@/tools/packages.ts";
import { filesBelow } from "@/tests/helpers/files.ts";

const NOW = 1_800_000_000;

interface Sent {
  readonly path: string;
  readonly token: string | null;
  readonly consistent: string | null;
}

const sent: Sent[] = [];
let answer: (call: Sent) => Response = () => Response.json({});

installSdkClients({
  elevated: { kind: "app", clientSecret: "s", instanceId: undefined },
  appTokens: {
    readyToken: () => undefined,
    accessToken: () => Promise.resolve("app-token"),
    renew: () => Promise.resolve("app-token-2"),
  },
  wixFetch: (input, init) => {
    const headers = new Headers(init?.headers);
    const call = {
      path: new URL(String(input)).pathname,
      token: headers.get("authorization"),
      consistent: headers.get("x-wix-consistent"),
    };
    sent.push(call);
    return Promise.resolve(answer(call));
  },
});

function sessionOf(
  name: string,
  refresh = () => Promise.resolve(`${name}-renewed`),
  expiresAt = NOW + 14_400,
) {
  return new RequestSession({
    kind: "member",
    id: "session-1",
    tokens: { accessToken: name, refreshToken: `${name}-refresh`, expiresAt },
    startedAt: NOW,
    member: undefined,
  }, {
    now: () => NOW,
    jitter: () => 0,
    doubted: false,
    tokenEndpoint: {
      anonymous: () => Promise.reject(new Error("not a visitor")),
      refresh: async (refreshToken) => ({
        accessToken: await refresh(),
        refreshToken,
        expiresAt: NOW + 14_400,
      }),
    },
  });
}

function answering(reply: typeof answer): Sent[] {
  sent.length = 0;
  answer = reply;
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

Deno.test("interleaved calls of many people carry each one's own token", async () => {
  answering(({ token }) => Response.json({ member: { id: token } }));
  const names = Array.from({ length: 50 }, (_, index) => `person-${index}`);
  await Promise.all(names.map((name) =>
    asNobody(async () => {
      await Promise.resolve();
      actAs(sessionOf(name));
      for (let call = 0; call < 4; call++) {
        const { member } = await members.getCurrentMember();
        assertEquals(member?._id, name);
      }
    })
  ));
});

Deno.test("waiting for a token ends with the request's time", async () => {
  const never = () => new Promise<never>(() => {});
  const waits: [name: string, call: () => Promise<unknown>][] = [
    ["a refused token's renewal", () =>
      runAs(
        sessionOf("ida", never),
        () => withBudget(1, () => members.getCurrentMember()),
      )],
    ["a first token", () =>
      runAs(
        sessionOf("jon", never, NOW),
        () => withBudget(1, () => members.getCurrentMember()),
      )],
  ];
  answering(() => Response.json({}, { status: 401 }));
  for (const [name, call] of waits) {
    const error = await assertRejects(call);
    assertEquals(toWixError(error)?.status, 504, name);
  }
});

Deno.test("X-Wix-Consistent stays in the request that it was given to", async () => {
  const calls = answering(({ token }) =>
    Response.json({ member: {} }, {
      headers: token === "ann" ? { "X-Wix-Consistent": "of-ann" } : {},
    })
  );
  await runAs(sessionOf("ann"), async () => {
    await members.getCurrentMember();
    await runAs(sessionOf("ben"), () => members.getCurrentMember());
    await members.getCurrentMember();
  });
  await runAs(sessionOf("ann"), () => members.getCurrentMember());
  assertEquals(calls.map(({ token, consistent }) => [token, consistent]), [
    ["ann", null],
    ["ben", null],
    ["ann", "of-ann"],
    ["ann", null],
  ]);
});

Deno.test("a request has its own time, whatever it began in", () => {
  withBudget(1, () => {
    runAs(sessionOf("hal"), () => assertEquals(currentBudget().left(), 7_000));
  });
});

Deno.test("what runs before a request's own steps calls as nobody", async () => {
  const calls = answering(() => Response.json({ member: {} }));
  await runAs(sessionOf("ann"), async () => {
    await asNobody(async () => {
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

Deno.test("a request that began as nobody's becomes somebody's, once", async () => {
  const calls = answering(() => Response.json({ member: {} }));
  await asNobody(async () => {
    actAs(sessionOf("kim"));
    await members.getCurrentMember();
    assertThrows(() => actAs(sessionOf("lou")), Error, "no scope of its own");
    await members.getCurrentMember();
  });
  assertEquals(calls.map(({ token }) => token), ["kim", "kim"]);
});

Deno.test("what has no scope, or another one's, becomes nobody's", () => {
  const act = () => actAs(sessionOf("mia"));
  assertThrows(act, Error, "no scope of its own");
  runAs(
    sessionOf("ann"),
    () => assertThrows(act, Error, "no scope of its own"),
  );
});

Deno.test("a refused token is renewed and the call sent once more", async () => {
  const calls = answering(({ token }) =>
    token === "cleo"
      ? Response.json({}, { status: 401 })
      : Response.json({ member: {} })
  );
  await runAs(sessionOf("cleo"), () => members.getCurrentMember());
  assertEquals(calls.map(({ token }) => token), ["cleo", "cleo-renewed"]);
});

Deno.test("a call is never sent a third time (P25)", async () => {
  const calls = answering(() => Response.json({}, { status: 401 }));
  const error = await assertRejects(
    () => runAs(sessionOf("dan"), () => members.getCurrentMember()),
  );
  assertEquals(toWixError(error)?.status, 401);
  assertEquals(calls.length, 2);
});

Deno.test("elevated calls carry the app's token, the others after them do not (P12)", async () => {
  const calls = answering(() => Response.json({ member: {}, properties: {} }));
  await runAs(sessionOf("eve"), async () => {
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

Deno.test("getContextualAuth() is of whoever made the request", async () => {
  await runAs(sessionOf("fay"), async () => {
    const { getAuthHeaders } = auth.getContextualAuth();
    const { headers } = await getAuthHeaders(undefined);
    assertEquals(headers.Authorization, "fay");
  });
});

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
