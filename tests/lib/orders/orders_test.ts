import { assertEquals, assertRejects } from "@std/assert";
import { findOrder } from "@/lib/orders/orders.ts";
import { RequestSession } from "@/packages/fresh-wix/src/session/request_session.ts";
import { runWithSession } from "@/packages/fresh-wix/src/wix/request_context.ts";
import { installSdkClients } from "@/packages/fresh-wix/src/wix/sdk_clients.ts";
import { toWixError } from "@/packages/fresh-wix/src/wix/wix_error.ts";

const NOW = 1_800_000_000;
const ID = "00000000-0000-4000-8000-00000000000a";
let respond: (path: string) => Response;
let calls = 0;

installSdkClients({
  elevated: undefined,
  appTokens: {
    accessToken: () => Promise.reject(new Error("nothing is elevated")),
    refresh: () => Promise.reject(new Error("nothing is elevated")),
  },
  wixFetch: (input) => {
    calls++;
    return Promise.resolve(respond(new URL(String(input)).pathname));
  },
});

function find(id: string, memberId: string | undefined, reply: typeof respond) {
  respond = reply;
  calls = 0;
  const session = new RequestSession({
    kind: "member",
    id: "session",
    tokens: { accessToken: "a", refreshToken: "r", expiresAt: NOW + 14_400 },
    startedAt: NOW,
    member: undefined,
  }, {
    tokenEndpoint: {
      isFailing: () => false,
      anonymous: () => Promise.reject(new Error("not a visitor")),
      refresh: () => Promise.reject(new Error("not that old")),
    },
    now: () => NOW,
    jitter: () => 0,
  });
  return runWithSession(
    session,
    () => findOrder(id, { ...MEMBER, member: { id: memberId, name: "x" } }),
  );
}

const MEMBER = { kind: "member", startedAt: NOW, expiresAt: NOW } as const;

const orderOf = (memberId: string) => () =>
  Response.json({
    order: { id: ID, number: "10042", buyerInfo: { memberId } },
  });

Deno.test("findOrder() returns an order of the member", async () => {
  const order = await find(ID, "ann", orderOf("ann"));
  assertEquals(order?.number, "10042");
});

Deno.test("findOrder() does not return another member's order, even if Wix does", async () => {
  assertEquals(await find(ID, "ann", orderOf("ben")), undefined);
});

/** A Wix that returns `member`, and Ann's order to every caller. */
const annsOrderFor = (member: { id: string } | undefined) => (path: string) =>
  path.startsWith("/members/") ? Response.json({ member }) : orderOf("ann")();

Deno.test("findOrder() reads the member's id from Wix when the session has none", async () => {
  const order = await find(ID, undefined, annsOrderFor({ id: "ann" }));
  assertEquals(order?.number, "10042");
});

for (const member of [{ id: "ben" }, undefined]) {
  Deno.test(`findOrder() returns no order to ${member?.id ?? "a member without an id"} when the session has no id (O1)`, async () => {
    assertEquals(await find(ID, undefined, annsOrderFor(member)), undefined);
  });
}

Deno.test("findOrder() returns undefined for 403 and 404", async () => {
  for (const status of [403, 404]) {
    const reply = () => Response.json({}, { status });
    assertEquals(await find(ID, "ann", reply), undefined);
  }
});

Deno.test("findOrder() throws on an outage", async () => {
  const error = await assertRejects(() =>
    find(ID, "ann", () => Response.json({}, { status: 503 }))
  );
  assertEquals(toWixError(error)?.status, 503);
});

Deno.test("findOrder() does not call Wix for an invalid id", async () => {
  assertEquals(await find("../x", "ann", orderOf("ann")), undefined);
  assertEquals(calls, 0);
});
