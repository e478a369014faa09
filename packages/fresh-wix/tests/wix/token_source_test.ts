import { assertEquals, assertRejects } from "@std/assert";
import { createTokenSource } from "../../src/wix/sdk_clients.ts";

const NOW = 1_800_000_000;

function appTokens(lifetime: number) {
  const state = { now: NOW, requests: 0, failing: false };
  const tokens = createTokenSource(() => {
    state.requests++;
    if (state.failing) return Promise.reject(new Error("no"));
    const accessToken = `token-${state.requests}`;
    return Promise.resolve({ accessToken, expiresAt: state.now + lifetime });
  }, () => state.now);
  return { state, tokens };
}

/** Runs the callbacks of settled promises. */
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("parallel calls request one token, and replace a rejected one once", async () => {
  const { state, tokens } = appTokens(14_400);
  const calls = Array.from({ length: 50 }, () => tokens.accessToken());
  assertEquals(new Set(await Promise.all(calls)), new Set(["token-1"]));
  assertEquals(state.requests, 1);
  const refreshed = [1, 2].map(() => tokens.refresh("token-1"));
  assertEquals(await Promise.all(refreshed), ["token-2", "token-2"]);
  assertEquals(state.requests, 2);
});

Deno.test("a token is refreshed early, in the background, and survives a failed refresh", async () => {
  const { state, tokens } = appTokens(14_400);
  await tokens.accessToken();
  state.now += 14_400 - 301;
  await tokens.accessToken();
  assertEquals(state.requests, 1);
  state.now += 1;
  assertEquals(await tokens.accessToken(), "token-1");
  await nextTurn();
  assertEquals(await tokens.accessToken(), "token-2");
  assertEquals(state.requests, 2);
  state.failing = true;
  state.now += 14_400 - 1;
  assertEquals(await tokens.accessToken(), "token-2");
  await nextTurn();
  assertEquals(await tokens.accessToken(), "token-2");
  state.now += 1;
  await assertRejects(() => tokens.accessToken(), Error, "no");
});
