/**
 * The tasks of `deno.json`: `deno run --no-config -A tools/tasks.ts <task>`.
 *
 * @module
 */
import { parseEnv } from "node:util";
import { build, buildIfChanged } from "./build.ts";
import { LIVE_TESTS, liveReadiness } from "./live.ts";
import { localWixArgs } from "./local_wix.ts";
import { choosePackages, type Packages, ROOT } from "./packages.ts";
import { runAll, runDeno, runServer } from "./processes.ts";
import { serve } from "./serve.ts";

type Env = Readonly<Record<string, string>>;

/** Given to `deno test`: the browser and the built server are processes. */
const TEST_FLAGS = ["--allow-all", "--no-prompt", "--parallel"];

/** Two files at a time: each test mostly waits for a server or a browser. */
const PAIRED = { DENO_JOBS: "2" };
const ALONE = { DENO_JOBS: "1" };

/** They load the machine themselves, and need their answers in time. */
const RUN_ALONE = [
  "tests/attacks",
  "tests/flows/isolation_test.ts",
  "tests/flows/renewal_test.ts",
];

const GATEWAY_CALLS = `${ROOT}tools/gateway_calls.ts`;
const ATTACKS = `${ROOT}tests/attacks/main.ts`;
const BENCH = `${ROOT}packages/fresh-wix/bench/main.ts`;

const [task = "", ...args] = Deno.args;
const forced = takeFlag("--jsr")
  ? "jsr"
  : takeFlag("--offline")
  ? "offline"
  : undefined;
const env = withoutEmpty({
  ...await readDotEnv(),
  ...Deno.env.toObject(),
});

// Some tasks are loaded by themselves: where the app is only built, as in a
// container, there are neither tests nor local Wix.
switch (task) {
  case "start":
  case "dev": {
    const { start } = await import("./start.ts");
    const mode = task === "dev" ? "dev" : "built";
    await start(await choosePackages(forced), env, mode);
    break;
  }
  case "build": {
    const packages = await choosePackages(forced);
    await runAll([() => build(packages)]);
    break;
  }
  case "serve":
    await serve(env);
    break;
  case "check": {
    const packages = await choosePackages(forced);
    await runAll(checkSteps(packages));
    break;
  }
  case "test": {
    const packages = await choosePackages(forced);
    await runAll(testSteps(packages));
    break;
  }
  case "ok": {
    const packages = await choosePackages(forced);
    await runAll([...checkSteps(packages), ...testSteps(packages)]);
    break;
  }
  case "gateway": {
    const { config } = await choosePackages(forced);
    await runAll([
      () => runDeno(["run", "-A", "--config", config, GATEWAY_CALLS]),
    ]);
    break;
  }
  case "test:live": {
    const { ready, text } = liveReadiness(env);
    console.log(text);
    if (!ready) Deno.exit(1);
    const packages = await choosePackages(forced);
    await runAll([
      () =>
        runDeno(
          ["test", "-A", "--config", packages.config, LIVE_TESTS, ...args],
          { env },
        ),
    ]);
    break;
  }
  case "attacks": {
    const packages = await choosePackages(forced);
    await runAll([
      () => buildIfChanged(packages),
      () =>
        runDeno(["run", "-A", "--config", packages.config, ATTACKS, ...args]),
    ]);
    break;
  }
  case "bench": {
    const { config } = await choosePackages(forced);
    await runAll([
      () => runDeno(["run", "-A", "--config", config, BENCH, ...args]),
    ]);
    break;
  }
  case "mutate": {
    const { mutate } = await import("./mutate.ts");
    const packages = await choosePackages(forced);
    await runAll([() => mutate(packages, args)]);
    break;
  }
  case "doctor": {
    const { doctor } = await import("./doctor.ts");
    const code = await doctor(env);
    if (code !== 0) Deno.exit(code);
    break;
  }
  case "wix":
    await runAll([() => runServer(localWixArgs(args))]);
    break;
  default:
    console.error(`There is no task "${task}": see deno.json`);
    Deno.exit(2);
}

function takeFlag(flag: string): boolean {
  const index = args.indexOf(flag);
  if (index >= 0) args.splice(index, 1);
  return index >= 0;
}

async function readDotEnv(): Promise<Record<string, string | undefined>> {
  return parseEnv(await Deno.readTextFile(`${ROOT}.env`).catch(() => ""));
}

/** An empty variable is one that is not set, as in `.env.example`. */
function withoutEmpty(variables: Record<string, string | undefined>): Env {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value ? [[name, value]] : []
    ),
  );
}

function checkSteps({ config }: Packages) {
  return [
    () => runDeno(["fmt", "--check", "--config", config]),
    () => runDeno(["lint", "--config", config]),
    () => runDeno(["check", "--quiet", "--config", config, ROOT]),
  ];
}

function testSteps(packages: Packages) {
  const { config } = packages;
  const test = (env: Record<string, string>, ...more: string[]) => () =>
    runDeno(["test", ...TEST_FLAGS, "--config", config, ...args, ...more], {
      env,
    });
  const chosen = args.some((arg) => !arg.startsWith("-"));
  return [
    () => buildIfChanged(packages),
    ...(chosen
      ? [test(ALONE)]
      : [test(PAIRED, `--ignore=${RUN_ALONE}`), test(ALONE, ...RUN_ALONE)]),
  ];
}
