import { assertEquals } from "@std/assert";
import { Report } from "./suite.ts";
import { SUITES } from "./suites.ts";

for (const { goal, title, run } of SUITES) {
  Deno.test(`${goal} ${title}`, async () => {
    const report = new Report();
    await run(report);
    assertEquals(report.failures.slice(0, 10), []);
    assertEquals(report.cases > 0, true);
  });
}
