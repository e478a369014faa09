/**
 * Runs the attacks and prints, for each goal, what was tried and what got
 * through: `deno task attacks [goal…]`.
 *
 * @module
 */
import { CONFIG_PATH } from "@/tests/helpers/app.ts";
import { runDeno } from "@/tools/processes.ts";
import { type Outcome, OUTCOMES_FILE } from "./helpers/attack.ts";

const goals = Deno.args.length > 0 ? Deno.args.join("|") : "G\\d+";
const path = await Deno.makeTempFile();
const success = await runDeno([
  ...["test", "-A", "--no-prompt", "--config", CONFIG_PATH],
  ...["--reporter=dot", `--filter=/^(${goals}) /`],
  import.meta.dirname ?? ".",
], { env: { [OUTCOMES_FILE]: path } });
const outcomes: Outcome[] = (await Deno.readTextFile(path)).trim()
  .split("\n").filter(Boolean).map((line) => JSON.parse(line));
await Deno.remove(path);

const goalOf = ({ name }: Outcome) => name.split(" ")[0] ?? "";
const byGoal = Object.entries(Object.groupBy(outcomes, goalOf))
  .sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
console.log("\ngoal  cases   failures  seconds  rows");
for (const [goal, tests = []] of byGoal) {
  const sum = (field: "cases" | "failures" | "seconds") =>
    tests.reduce((total, test) => total + test[field], 0);
  const rows = new Set(
    tests.flatMap(({ name }) => name.split(":")[0]?.split(" ").slice(1) ?? []),
  );
  console.log([
    goal.padEnd(5),
    String(sum("cases")).padEnd(7),
    String(sum("failures")).padEnd(9),
    sum("seconds").toFixed(1).padEnd(8),
    [...rows].sort(new Intl.Collator("en", { numeric: true }).compare)
      .join(" "),
  ].join(" "));
}
Deno.exit(success ? 0 : 1);
