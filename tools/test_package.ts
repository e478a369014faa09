/**
 * `deno task test` of a package: its own tests alone, without the site around
 * it. Run in the package's folder.
 *
 * @module
 */
import { choosePackages } from "./packages.ts";
import { runAll, runDeno } from "./processes.ts";

const { config } = await choosePackages(undefined);
// Without arguments all of them.
const tests = Deno.args.length === 0 ? ["tests/"] : Deno.args;
await runAll([
  () => runDeno(["test", "-A", "--parallel", "--config", config, ...tests]),
]);
