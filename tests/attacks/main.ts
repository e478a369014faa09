/**
 * Prints what the attack suites find: goal, cases, failures, seconds. Ends
 * with code 1 when anything failed. Arguments name the goals to run; `--rows` lists which
 * row of the catalogue is covered by which test instead.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";
import { CATALOGUE } from "./catalogue.ts";
import { coverage } from "./rows.ts";
import { Report } from "./suite.ts";
import { SUITES } from "./suites.ts";

if (Deno.args.includes("--rows")) {
  const tests = `${ROOT}tests/`;
  for (const [id, files] of await coverage(tests)) {
    const where = files.length > 0 ? files.join(", ") : "NOT COVERED";
    console.log(`${id.padEnd(4)} ${where}\n     ${CATALOGUE[id]}`);
  }
  Deno.exit(0);
}

const wanted = SUITES.filter(({ goal }) =>
  Deno.args.length === 0 || Deno.args.includes(goal)
);
let failed = 0;
console.log("goal  cases    failures  seconds  what must hold");
for (const { goal, title, run } of wanted) {
  const report = new Report();
  const startedAt = performance.now();
  await run(report);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  failed += report.failures.length;
  console.log([
    goal.padEnd(5),
    String(report.cases).padEnd(8),
    String(report.failures.length).padEnd(9),
    seconds.padEnd(8),
    [title, ...report.figures].join("; "),
  ].join(" "));
  for (const failure of report.failures.slice(0, 10)) {
    console.log(`      ${failure}`);
  }
}
Deno.exit(failed === 0 ? 0 : 1);
