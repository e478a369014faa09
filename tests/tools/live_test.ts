import { assertEquals, assertMatch } from "@std/assert";
import { LIVE_VARIABLES, liveReadiness } from "@/tools/live.ts";

Deno.test("live tests don't run without variables, and list them", () => {
  const { ready, text } = liveReadiness({});
  assertEquals(ready, false);
  for (const { name } of LIVE_VARIABLES) assertMatch(text, new RegExp(name));
});

Deno.test("live tests run with a client id, and list other missing variables", () => {
  const { ready, text } = liveReadiness({ WIX_LIVE_CLIENT_ID: "x" });
  assertEquals(ready, true);
  assertMatch(text, /ignored:\n {2}WIX_LIVE_MEMBER_REFRESH_TOKEN /);
});
