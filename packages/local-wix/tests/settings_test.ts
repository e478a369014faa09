import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { type LocalWix, startLocalWix } from "../src/mod.ts";
import {
  at,
  claims,
  get,
  memberTokens,
  post,
  refresh,
  token,
  tokensIn,
  visitorTokens,
} from "./helpers/http.ts";

const MY = "/members/v1/members/my";
const ANONYMOUS = { grantType: "anonymous" };

async function myStatus(
  wix: LocalWix,
  authorization: string,
): Promise<number> {
  return (await get(wix, MY, { authorization })).status;
}

Deno.test("rotation off repeats the refresh token that was sent", async () => {
  await using wix = await startLocalWix({ port: 0, rotation: "off" });
  const before = await memberTokens(wix);
  const after = tokensIn(await refresh(wix, before.refresh));
  assertEquals(after.refresh, before.refresh);
  assertNotEquals(after.access, before.access);
  assertEquals(await myStatus(wix, after.access), 200);
});

Deno.test("rotation is grace: a new refresh token, and the old one works", async () => {
  await using wix = await startLocalWix({ port: 0 });
  assertEquals(wix.controls.rotation, "grace");
  const { refresh: old } = await memberTokens(wix);
  const renewed = tokensIn(await refresh(wix, old));
  assertNotEquals(renewed.refresh, old);
  assertEquals((await refresh(wix, old)).status, 200);
});

Deno.test("rotation strict refuses a used refresh token from then on", async () => {
  await using wix = await startLocalWix({ port: 0, rotation: "strict" });
  const { refresh: first } = await memberTokens(wix);
  const { refresh: second } = tokensIn(await refresh(wix, first));
  for (let attempt = 0; attempt < 2; attempt++) {
    const { status, body } = await refresh(wix, first);
    assertEquals([status, at(body, "error")], [400, "invalid_grant"]);
  }
  const { access, refresh: third } = tokensIn(await refresh(wix, second));
  assertEquals(new Set([first, second, third]).size, 3);
  assertEquals(await myStatus(wix, access), 200);
});

Deno.test("rotation strict lets one of many parallel refreshes win", async () => {
  await using wix = await startLocalWix({ port: 0, rotation: "strict" });
  const { refresh: shared } = await visitorTokens(wix);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => refresh(wix, shared)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assertEquals(statuses, [200, 400, 400, 400, 400, 400, 400, 400]);
});

Deno.test("rotation strict uses up a token whose answer was lost", async () => {
  await using wix = await startLocalWix({ port: 0, rotation: "strict" });
  const { refresh: old } = await memberTokens(wix);
  const fault = { kind: "reset", processed: true } as const;
  wix.controls.failNext("refresh_token", fault);
  await assertRejects(() => refresh(wix, old), TypeError);
  assertEquals((await refresh(wix, old)).status, 400);
});

Deno.test("rotation strict counts from when it is set", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: old } = await memberTokens(wix);
  await refresh(wix, old);
  wix.controls.rotation = "strict";
  assertEquals((await refresh(wix, old)).status, 200);
  wix.controls.rotation = "off";
  assertEquals((await refresh(wix, old)).status, 400);
  wix.controls.reset();
  assertEquals(wix.controls.rotation, "grace");
  assertEquals((await refresh(wix, old)).status, 200);
});

Deno.test("clockOffsetSeconds makes Wix find tokens expired early or late", async () => {
  const now = () => Date.parse("2026-11-22T12:00:00Z");
  const options = { port: 0, now, accessTokenSeconds: 60 };
  await using wix = await startLocalWix(options);
  const { access, refresh: refreshToken } = await memberTokens(wix);
  wix.controls.clockOffsetSeconds = 60;
  assertEquals(await myStatus(wix, access), 401);
  wix.controls.clockOffsetSeconds = 59;
  assertEquals(await myStatus(wix, access), 200);
  wix.controls.clockOffsetSeconds = -3600;
  assertEquals(await myStatus(wix, access), 200);
  const renewed = tokensIn(await refresh(wix, refreshToken)).access;
  wix.controls.clockOffsetSeconds = 0;
  assertEquals(await myStatus(wix, renewed), 401);
});

Deno.test("clockOffsetSeconds shifts the dates in tokens, not expires_in", async () => {
  const now = () => Date.parse("2026-11-22T12:00:00Z");
  await using wix = await startLocalWix({ port: 0, now });
  wix.controls.clockOffsetSeconds = 300;
  const answer = await token(wix, ANONYMOUS);
  assertEquals(at(answer.body, "expires_in"), 14_400);
  const { expirationDate } = Object(claims(tokensIn(answer).access));
  assertEquals(expirationDate, "2026-11-22T16:05:00.000Z");
});

Deno.test("reset() puts the clock right", async () => {
  await using wix = await startLocalWix({ port: 0 });
  wix.controls.clockOffsetSeconds = -300;
  wix.controls.reset();
  assertEquals(wix.controls.clockOffsetSeconds, 0);
});

Deno.test("/_local/settings changes what it names and nothing else", async () => {
  await using wix = await startLocalWix({ port: 0 });
  await post(wix, "/_local/settings", {
    rotation: "strict",
    accessTokenSeconds: 7,
  });
  await post(wix, "/_local/settings", { clockOffsetSeconds: -60 });
  const { rotation, accessTokenSeconds, clockOffsetSeconds } = wix.controls;
  assertEquals(
    [rotation, accessTokenSeconds, clockOffsetSeconds],
    ["strict", 7, -60],
  );
  assertEquals(at((await token(wix, ANONYMOUS)).body, "expires_in"), 7);
});

Deno.test("/_local/settings refuses what is wrong as a whole", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const wrong: readonly [object, RegExp][] = [
    [{ rotation: "sometimes" }, /rotation to "sometimes"/],
    [{ accessTokenSeconds: 5, clockOffsetSeconds: "1" }, /clockOffsetSeconds/],
    [{ accessTokenSeconds: 5, rotate: "off" }, /rotate/],
    [{ clockOffsetSeconds: 1e15 }, /clockOffsetSeconds/],
    [{ accessTokenSeconds: -1 }, /accessTokenSeconds to -1/],
    [{ rateLimitPerMinute: -1 }, /rateLimitPerMinute to -1/],
    [{ allowedOrigins: ["https://a.example/"] }, /allowedOrigins/],
    [{ allowedOrigins: "https://a.example" }, /allowedOrigins/],
    [{ allowedRedirectUris: ["javascript:alert(1)"] }, /allowedRedirectUris/],
    [{ toString: 1 }, /toString/],
  ];
  for (const [settings, message] of wrong) {
    const { status, body } = await post(wix, "/_local/settings", settings);
    assertEquals(status, 400);
    assertMatch(String(at(body, "message")), message);
  }
  assertEquals(wix.controls.accessTokenSeconds, 14_400);
});

Deno.test("settings out of range are a RangeError", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { controls } = wix;
  assertThrows(() => controls.clockOffsetSeconds = NaN, RangeError);
  assertThrows(() => controls.accessTokenSeconds = 0.5, RangeError);
  const options = { port: 0, accessTokenSeconds: -1 };
  await assertRejects(() => startLocalWix(options), RangeError);
});
