import { assertEquals, assertRejects } from "@std/assert";
import { createTokenEndpoint } from "../../src/oauth/token_endpoint.ts";
import { RequestSession } from "../../src/session/request_session.ts";
import { createAppTokens } from "../../src/wix/app_tokens.ts";
import { withBudget, withinBudget } from "../../src/wix/request_scope.ts";
import { createDoor } from "../../src/wix/door.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const NOW = 1_800_000_000;

/** A token endpoint behind the door, which answers when it is told to. */
function heldTokenEndpoint() {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  let calls = 0;
  const send: typeof fetch = (_url, init) => {
    calls++;
    asked.resolve();
    init?.signal?.addEventListener(
      "abort",
      () => answer.reject(init.signal?.reason),
    );
    return answer.promise;
  };
  const endpoint = createTokenEndpoint({
    clientId: "client",
    now: () => NOW,
    wixFetch: createDoor({ wixApiOrigin: undefined, fetch: send }),
  });
  return {
    endpoint,
    asked: asked.promise,
    calls: () => calls,
    reply: () =>
      answer.resolve(Response.json({
        access_token: "new",
        refresh_token: "r",
        expires_in: 14_400,
      })),
  };
}

type HeldEndpoint = ReturnType<typeof heldTokenEndpoint>;

const sources: [
  name: string,
  open: (held: HeldEndpoint) => () => Promise<string>,
][] = [
  ["a refresh", ({ endpoint }) => {
    const session = {
      kind: "visitor",
      id: "s",
      tokens: { accessToken: "old", refreshToken: "r", expiresAt: NOW - 1 },
      startedAt: NOW,
    } as const;
    return () =>
      new RequestSession(session, {
        tokenEndpoint: endpoint,
        now: () => NOW,
        jitter: () => 0,
        doubted: false,
      }).accessToken();
  }],
  ["the app's token", ({ endpoint }) => {
    const tokens = createAppTokens({
      now: () => NOW,
      request: () =>
        endpoint.clientCredentials({
          clientSecret: "s",
          instanceId: undefined,
        }),
    });
    return () => tokens.accessToken();
  }],
];
for (const [name, open] of sources) {
  Deno.test(`${name} outlasts the request that asked for it first`, async () => {
    const held = heldTokenEndpoint();
    const accessToken = open(held);
    const first = withBudget(
      1,
      () => assertRejects(() => withinBudget(accessToken), WixError),
    );
    const second = withBudget(7_000, () => withinBudget(accessToken));
    await held.asked;
    assertEquals((await first).status, 504);
    held.reply();
    assertEquals(await second, "new");
    assertEquals(held.calls(), 1);
  });
}
