import { assertEquals, assertRejects } from "@std/assert";
import { RequestSession } from "@/packages/fresh-wix/src/session/request_session.ts";
import { runWithSession } from "@/packages/fresh-wix/src/wix/request_context.ts";
import { installSdkClients } from "@/packages/fresh-wix/src/wix/sdk_clients.ts";
import { toWixError } from "@/packages/fresh-wix/src/wix/wix_error.ts";
import { localSettings } from "@/tests/helpers/app.ts";

// Orders have pictures, and where those come from is a setting.
const settings = Object.entries({
  ...localSettings("http://localhost:4400"),
  APP_ORIGIN: "http://localhost:8000",
});
for (const [name, value] of settings) Deno.env.set(name, value);
const { findOrder } = await import("@/lib/orders/orders.ts");
for (const [name] of settings) Deno.env.delete(name);

const NOW = 1_800_000_000;
const ID = "00000000-0000-4000-8000-00000000000a";
let answer: () => Response;
let calls = 0;

installSdkClients({
  elevated: undefined,
  appTokens: {
    accessToken: () => Promise.reject(new Error("nothing is elevated")),
    refresh: () => Promise.reject(new Error("nothing is elevated")),
  },
  wixFetch: () => {
    calls++;
    return Promise.resolve(answer());
  },
});

function find(id: string, memberId: string | undefined, reply: () => Response) {
  answer = reply;
  calls = 0;
  const session = new RequestSession({
    kind: "member",
    id: "session",
    tokens: { accessToken: "a", refreshToken: "r", expiresAt: NOW + 14_400 },
    startedAt: NOW,
    member: undefined,
  }, {
    tokenEndpoint: {
      anonymous: () => Promise.reject(new Error("not a visitor")),
      refresh: () => Promise.reject(new Error("not that old")),
    },
    now: () => NOW,
    jitter: () => 0,
  });
  return runWithSession(session, () => findOrder(id, memberId));
}

const orderOf = (memberId: string) => () =>
  Response.json({
    order: { id: ID, number: "10042", buyerInfo: { memberId } },
  });

Deno.test("findOrder() returns an order of the member", async () => {
  const order = await find(ID, "ann", orderOf("ann"));
  assertEquals(order?.number, "10042");
});

Deno.test("findOrder() keeps another member's order back even if Wix gives it", async () => {
  assertEquals(await find(ID, "ann", orderOf("ben")), undefined);
});

Deno.test("findOrder() relies on Wix while the member's id is not known", async () => {
  const order = await find(ID, undefined, orderOf("ann"));
  assertEquals(order?.number, "10042");
});

for (const status of [403, 404]) {
  Deno.test(`findOrder() takes ${status} for no order`, async () => {
    const reply = () => Response.json({}, { status });
    assertEquals(await find(ID, "ann", reply), undefined);
  });
}

Deno.test("findOrder() does not take an outage for no order", async () => {
  const error = await assertRejects(() =>
    find(ID, "ann", () => Response.json({}, { status: 503 }))
  );
  assertEquals(toWixError(error)?.status, 503);
});

Deno.test("findOrder() does not ask Wix for what is no id", async () => {
  assertEquals(await find("../x", "ann", orderOf("ann")), undefined);
  assertEquals(calls, 0);
});
