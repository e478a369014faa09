/**
 * The task `test` of a package: runs its tests, without the site's. Run it in the
 * package's folder.
 *
 * @module
 */
import { choosePackages } from "./packages.ts";
import { runAll, runDeno } from "./processes.ts";

const { config } = await choosePackages(undefined);
// All tests by default.
const tests = Deno.args.length === 0 ? ["tests/"] : Deno.args;
await runAll([
  () => runDeno(["test", "-A", "--parallel", "--config", config, ...tests]),
]);
