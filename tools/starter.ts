/**
 * Tasks for developers of the starter, the engine or local Wix. Projects made
 * with `deno task new` don't have them:
 * `deno run --no-config -A tools/starter.ts <task>`.
 *
 * @module
 */
import { assertDeno, OLDEST_DENO } from "./deno_version.ts";

assertDeno(OLDEST_DENO);
const { HELP, PACKAGES, callerFolder, runTask, runTool } = await import(
  "./run_task.ts"
);
const { runAll, runDeno } = await import("./processes.ts");

await runTask(Deno.args, {
  new: {
    flags: {
      name: { value: "NAME", text: "name of the site; default: the folder's" },
      bare: { text: "leave out the shop and the demonstrations" },
      ...HELP,
    },
    rest: "DIR",
    async run({ values, args }) {
      const { newProject } = await import("./new.ts");
      await newProject(args, { ...values, from: callerFolder() });
    },
  },
  attacks: {
    flags: { ...PACKAGES, ...HELP },
    rest: "[goal…]",
    async run(call) {
      const { buildIfChanged } = await import("./build.ts");
      const packages = await call.packages();
      await runAll([() => buildIfChanged(packages)]);
      await runTool(call, "packages/fresh-wix/attacks/main.ts");
    },
  },
  bench: {
    flags: { ...PACKAGES },
    passesFlags: true,
    run: (call) => runTool(call, "packages/fresh-wix/bench/main.ts"),
  },
  mutate: {
    flags: { ...PACKAGES, ...HELP },
    rest: "[path…]",
    async run({ args, packages }) {
      const { mutate } = await import("./mutate.ts");
      const chosen = await packages();
      await runAll([() => mutate(chosen, args)]);
    },
  },
  "test:live": {
    flags: {
      ...PACKAGES,
      ...HELP,
      record: {
        text: "write responses to packages/local-wix/tests/recordings",
      },
    },
    rest: "[flag of deno test]…",
    passesFlags: true,
    async run({ args, packages, settings, values }) {
      const { LIVE_TESTS, liveReadiness } = await import("./live.ts");
      const env = await settings();
      const { ready, text } = liveReadiness(env);
      console.log(text);
      if (!ready) Deno.exit(1);
      const { config } = await packages();
      const command = ["test", "-A", "--config", config, LIVE_TESTS, ...args];
      if (values.record) command.push("--", "--record");
      await runAll([() => runDeno(command, { env })]);
    },
  },
});
