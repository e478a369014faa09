/**
 * Runs the attacks and prints, for each goal and each row that has a test of its
 * own, what was tried and what got through: `deno task attacks [goal or row…]`.
 *
 * @module
 */
import { CONFIG_PATH } from "@/tests/helpers/app.ts";
import { runDeno } from "@/tools/processes.ts";
import { type Outcome, OUTCOMES_FILE } from "./helpers/attack.ts";

const goals = Deno.args.length > 0 ? Deno.args.join("|") : "[A-Z]\\d+[a-z]?";
const path = await Deno.makeTempFile();
const success = await runDeno([
  ...["test", "-A", "--no-prompt", "--config", CONFIG_PATH],
  ...["--reporter=dot", `--filter=/^(${goals})[ :]/`],
  import.meta.dirname ?? ".",
], { env: { [OUTCOMES_FILE]: path } });
const all: Outcome[] = (await Deno.readTextFile(path)).trim()
  .split("\n").filter(Boolean).map((line) => JSON.parse(line));
const outcomes = all.filter(({ ignored }) => ignored === undefined);
await Deno.remove(path);

const { compare } = new Intl.Collator("en", { numeric: true });
const goalOf = ({ name }: Outcome) => /^\w+/.exec(name)?.[0] ?? "";
const byGoal = Object.entries(Object.groupBy(outcomes, goalOf))
  .sort(([a], [b]) => compare(a, b));
console.log("\ngoal     cases    failures seconds  rows");
for (const [goal, tests = []] of byGoal) {
  const sum = (field: "cases" | "failures" | "seconds") =>
    Math.round(tests.reduce((total, test) => total + test[field], 0));
  const heads = tests.map(({ name }) => name.replace(/:.*/, ""));
  const rows = new Set(heads.flatMap((head) => head.split(" ").slice(1)));
  const columns = [goal, sum("cases"), sum("failures"), sum("seconds")]
    .map((value) => String(value).padEnd(9)).join("");
  console.log(columns + [...rows].sort(compare).join(" "));
}
// Those outside the filter are registered too.
const isSelected = new RegExp(`^(${goals})[ :]`);
for (const { name, ignored } of all) {
  if (ignored === undefined || !isSelected.test(name)) continue;
  console.log(`ignored  ${name.replace(/:.*/, "")}: ${ignored}`);
}
Deno.exit(success ? 0 : 1);
