import { assertEquals } from "@std/assert";
import { startLocalWix } from "../src/mod.ts";
import { get } from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";
import { assertWixError } from "./contract/wix_error.ts";

const MINUTE = 60_000;

Deno.test("[assumed] rateLimitPerMinute answers one caller 429, not another", async () => {
  let time = 1000 * MINUTE;
  await using rig = await SdkRig.start({ now: () => time });
  const ask = (client: ReturnType<typeof rig.visitor>) =>
    client.members.queryMembers().limit(1).find();
  const [first, second] = [rig.visitor(), rig.visitor()];
  for (const { auth } of [first, second]) {
    auth.setTokens(await auth.generateVisitorTokens());
  }
  rig.wix.controls.rateLimitPerMinute = 2;
  await ask(first);
  await ask(first);
  await assertWixError(() => ask(first), 429, "RESOURCE_EXHAUSTED");
  await ask(second);
  time += MINUTE;
  await ask(first);
});

Deno.test("rateLimitPerMinute is a start option and leaves the switches alone", async () => {
  const now = () => 1000 * MINUTE;
  await using wix = await startLocalWix({
    port: 0,
    now,
    rateLimitPerMinute: 1,
  });
  const path = "/members/v1/members";
  assertEquals((await get(wix, path)).status, 401);
  assertEquals((await get(wix, path)).status, 429);
  assertEquals((await get(wix, "/_local/counters")).status, 200);
  assertEquals(
    (await fetch(wix.origin).then((r) => r.text())).length > 0,
    true,
  );
  wix.controls.rateLimitPerMinute = 0;
  assertEquals((await get(wix, path)).status, 401);
});
