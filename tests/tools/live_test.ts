import { assertEquals, assertMatch } from "@std/assert";
import { LIVE_VARIABLES, liveReadiness } from "@/tools/live.ts";

Deno.test("live tests say every variable that is missing, and do not run", () => {
  const { ready, text } = liveReadiness({});
  assertEquals(ready, false);
  for (const { name } of LIVE_VARIABLES) assertMatch(text, new RegExp(name));
});

Deno.test("live tests run with a client id, and say what else is missing", () => {
  const { ready, text } = liveReadiness({ WIX_LIVE_CLIENT_ID: "x" });
  assertEquals(ready, true);
  assertMatch(text, /ignored:\n {2}WIX_LIVE_MEMBER_REFRESH_TOKEN /);
});
