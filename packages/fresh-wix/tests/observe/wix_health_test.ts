import { assertEquals } from "@std/assert";
import { createWixHealth } from "../../src/observe/wix_health.ts";

type Call = [status: number, secondsAgo: number];

const times = (count: number, call: Call): Call[] => Array(count).fill(call);

const cases: [what: string, calls: Call[], state: "ok" | "degraded"][] = [
  ["no calls at all", [], "ok"],
  ["calls that succeed", times(3, [200, 1]), "ok"],
  ["refusals, which are answers", times(3, [403, 1]), "ok"],
  ["the only call, which failed", [[503, 1]], "degraded"],
  ["being asked to wait", [[429, 1]], "degraded"],
  ["one failure of three", [[200, 3], [500, 2], [200, 1]], "ok"],
  ["one failure of two", [[500, 2], [200, 1]], "degraded"],
  ["failures of more than a minute ago", times(5, [500, 60]), "ok"],
  ["failures of just less", times(5, [500, 59]), "degraded"],
  [
    "twenty successes after twenty failures",
    [...times(20, [500, 30]), ...times(20, [200, 20])],
    "ok",
  ],
];
for (const [what, calls, state] of cases) {
  Deno.test(`createWixHealth() is ${state} after ${what}`, () => {
    let now = 0;
    const health = createWixHealth({ now: () => now });
    for (const [status, secondsAgo] of calls) {
      now = 100_000 - secondsAgo * 1_000;
      health.observe(status);
    }
    now = 100_000;
    assertEquals(health.state(), state);
  });
}
