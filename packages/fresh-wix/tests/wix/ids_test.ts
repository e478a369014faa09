import { assertEquals, assertRejects } from "@std/assert";
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import { auth } from "@wix/essentials";
import { describeError } from "../../src/errors/describe_error.ts";
import { createWixFetch } from "../../src/wix/wix_fetch.ts";
import { installSdkClients } from "../../src/wix/sdk_clients.ts";
import { toWixError } from "../../src/wix/wix_error.ts";

const asked: string[] = [];

installSdkClients({
  elevated: { kind: "app", clientSecret: "s", instanceId: undefined },
  appTokens: {
    accessToken: () => Promise.resolve("token"),
    refresh: () => Promise.resolve("token"),
  },
  wixFetch: createWixFetch({
    wixApiOrigin: undefined,
    fetch: (url) => {
      asked.push(new URL(String(url)).pathname);
      return Promise.resolve(Response.json({}));
    },
  }),
});

const methods: [name: string, call: (id: string) => Promise<unknown>][] = [
  ["GET", (id) => auth.elevate(orders.getOrder)(id)],
  ["POST", (id) => auth.elevate(orders.cancelOrder)(id)],
  ["PATCH", (id) => auth.elevate(members.updateMember)(id, {})],
  ["DELETE", (id) => auth.elevate(members.deleteMember)(id)],
];
const hostileIds = ["../../x", "..", "x/y", "x?y=z", "x#y", "x\\y", "%2e%2e"];
const honestIds = ["é", "שלום", "two words"];

for (const [method, call] of methods) {
  for (const id of hostileIds) {
    Deno.test(`a ${method} of the SDK with the id ${id} is a 400, and a 404 to people`, async () => {
      asked.length = 0;
      const error = await assertRejects(() => call(id));
      assertEquals(toWixError(error)?.status, 400);
      assertEquals(toWixError(error)?.code, "INVALID_ID");
      assertEquals(describeError(error).status, 404);
      assertEquals(asked, []);
    });
  }
  for (const id of honestIds) {
    Deno.test(`a ${method} of the SDK with the id ${id} is sent`, async () => {
      asked.length = 0;
      await call(id);
      assertEquals(
        asked.map((path) => path.includes(`/${encodeURIComponent(id)}`)),
        [true],
      );
    });
  }
}
