/**
 * The tasks of `deno.json`, with their flags.
 *
 * @module
 */
import { resolve } from "node:path";
import { build, buildIfChanged } from "./build.ts";
import {
  type CommandLine,
  type Flag,
  helpText,
  parseCommandLine,
  type Syntax,
  UsageError,
} from "./command_line.ts";
import { assertDeno, isOlder, OLDEST_CHECKING_DENO } from "./deno_version.ts";
import { choosePackages, type Packages, ROOT } from "./packages.ts";
import { runAll, runDeno, runServer } from "./processes.ts";
import { DEFAULT_PORT, INVALID_PORT, isPort, serve } from "./serve.ts";
import { readSettings, type Settings } from "./settings.ts";

/** A task: its syntax, and what it runs. */
export interface Task extends Syntax {
  readonly run: (call: Call) => Promise<void>;
}

/** Tasks by name. */
export type Tasks = Readonly<Record<string, Task>>;

/** The arguments of a task, with lazy access to packages and settings. */
export interface Call {
  readonly values: CommandLine["values"];
  readonly args: readonly string[];
  packages(): Promise<Packages>;
  settings(): Promise<Settings>;
}

/** The flag `--help`, of every task. */
export const HELP: Record<string, Flag> = { help: { text: "show this help" } };
/** Flags that choose the packages. */
export const PACKAGES: Record<string, Flag> = {
  jsr: {
    text: "use the packages from jsr.io",
  },
  offline: { text: "use the stubs in packages/offline/" },
};
const TARGET: Record<string, Flag> = {
  target: {
    value: "wix",
    text: "also build the folders that `wix release` uploads to Wix's hosting",
  },
};
const PORT: Record<string, Flag> = {
  port: { value: "NUMBER", text: "listen on this port; overrides PORT" },
};
/** Names of sites that local Wix has. */
export const SHIPPED_SEEDS = ["demo", "large", "empty"];

const LOCAL_WIX: Record<string, Flag> = {
  seed: {
    value: "NAME",
    text: "start local Wix with this site: demo, large, empty, or a file",
  },
  state: {
    value: "FILE",
    text: "save local Wix's data to this file instead of .local/; `none` " +
      "saves nothing",
  },
};

/** Flags of `deno test`. Tests start a browser and the built server. */
const TEST_FLAGS = [
  "--allow-all",
  "--no-prompt",
  "--parallel",
  ...(isOlder(Deno.version.deno, OLDEST_CHECKING_DENO)
    ? ["--no-check"]
    : ["--sanitize-ops", "--sanitize-resources"]),
];

/** Two files at a time, because tests mostly wait for a server or a browser. */
const PAIRED = { DENO_JOBS: "2" };
const ALONE = { DENO_JOBS: "1" };

/** Tests that depend on timing or load the machine. */
const RUN_ALONE = [
  "packages/fresh-wix/attacks",
  "tests/deploy/cdn_story_test.ts",
  "tests/flows/refresh_test.ts",
];

// Some modules are loaded on demand: a container that only builds the app has no
// tests and no local Wix.
const TASKS: Tasks = {
  start: {
    flags: { ...PORT, ...LOCAL_WIX, ...PACKAGES, ...HELP },
    run: (call) => start(call, "built"),
  },
  dev: {
    flags: { ...PORT, ...LOCAL_WIX, ...PACKAGES, ...HELP },
    run: (call) => start(call, "dev"),
  },
  build: {
    flags: { ...TARGET, ...PACKAGES, ...HELP },
    async run(call) {
      const { target } = call.values;
      if (target !== undefined && target !== "wix") {
        return refuse('deno task build: --target must be "wix"');
      }
      const [packages, settings] = [
        await call.packages(),
        await call.settings(),
      ];
      const { buildForWix } = await import("./hosting/wix_target.ts");
      await runAll([
        () => build(packages, ROOT, settings),
        ...(target === "wix" ? [() => buildForWix(packages)] : []),
      ]);
    },
  },
  serve: {
    flags: { ...PORT, ...HELP },
    run: async ({ settings }) => await serve(await settings()),
  },
  check: {
    flags: { ...PACKAGES, ...HELP },
    run: async ({ packages }) => await runAll(checkSteps(await packages())),
  },
  test: {
    flags: { ...PACKAGES, ...HELP },
    rest: "[path or flag of deno test]…",
    passesFlags: true,
    run: async (call) => await runAll(await testSteps(call)),
  },
  ok: {
    flags: { ...PACKAGES, ...HELP },
    async run(call) {
      const checks = checkSteps(await call.packages());
      await runAll([...checks, ...await testSteps(call)]);
    },
  },
  gateway: {
    flags: { ...PACKAGES, ...HELP },
    run: (call) => runTool(call, "tools/gateway_calls.ts"),
  },
  upgrade: {
    flags: { ...PACKAGES, ...HELP },
    rest: "CHECKOUT",
    async run({ args, packages }) {
      const { upgrade } = await import("./upgrade.ts");
      await upgrade(args, callerFolder());
      await runAll(checkSteps(await packages()));
      console.log("The checks pass. Now run `deno task ok`");
    },
  },
  doctor: {
    flags: { ...HELP },
    async run(call) {
      const { doctor } = await import(
        "../packages/fresh-wix/src/doctor/main.ts"
      );
      const settings = await call.settings();
      const code = await doctor(settings, {
        // #region shop
        checks: (await import("./shop_checks.ts")).shopChecks(settings),
        // #endregion
      });
      if (!isPort(settings.PORT ?? DEFAULT_PORT)) {
        console.error(`\nPROBLEM ${INVALID_PORT}. Change or remove it.`);
        Deno.exit(1);
      }
      if (code !== 0) Deno.exit(code);
    },
  },
  wix: {
    flags: {},
    passesFlags: true,
    async run({ args }) {
      const { localWixArgs } = await import("./local_wix.ts");
      await runAll([() => runServer(localWixArgs(args))]);
    },
  },
};

/** Runs one of `tasks`. Exits with code 2 for invalid arguments. */
export async function runTask(
  [name = "", ...args]: readonly string[],
  tasks: Tasks = TASKS,
): Promise<void> {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (task === undefined) {
    const known = Object.keys(tasks).join(", ");
    return refuse(`Unknown task "${name}". Tasks: ${known}`);
  }
  let line: CommandLine;
  try {
    line = parseCommandLine(args, task);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return refuse(
      `deno task ${name}: ${error.message}\n` +
        `Run \`deno task ${name} --help\` for usage.`,
    );
  }
  const { values, rest } = line;
  if (values.help) {
    console.log(helpText(name, await describe(name), task));
    return;
  }
  await task.run({
    values,
    args: rest,
    packages: () =>
      choosePackages(
        values.jsr ? "jsr" : values.offline ? "offline" : undefined,
      ),
    settings: async () => ({
      ...await readSettings(),
      ...(typeof values.port === "string" && { PORT: values.port }),
    }),
  });
}

/** The folder that a task was called in: `deno task` changes to the project's. */
export function callerFolder(): string {
  return Deno.env.get("INIT_CWD") ?? Deno.cwd();
}

function refuse(reason: string): never {
  console.error(reason);
  Deno.exit(2);
}

async function describe(name: string): Promise<string> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  return tasks[name].description;
}

async function start(call: Call, mode: "built" | "dev"): Promise<void> {
  const { start } = await import("./start.ts");
  const { seed, state } = call.values;
  await start(await call.packages(), await call.settings(), mode, {
    ...(typeof seed === "string" && {
      seed: SHIPPED_SEEDS.includes(seed) ? seed : resolve(callerFolder(), seed),
    }),
    ...(typeof state === "string" && {
      state: state === "none" ? undefined : resolve(callerFolder(), state),
    }),
  });
}

/** Runs a program of this project with the flags of `deno task`. */
export async function runTool(
  { args, packages }: Call,
  path: string,
  ...flags: readonly string[]
): Promise<void> {
  const { config } = await packages();
  const command = ["run", "-A", "--config", config, ROOT + path];
  await runAll([() => runDeno([...command, ...flags, ...args])]);
}

function checkSteps({ config }: Packages) {
  assertDeno(OLDEST_CHECKING_DENO);
  return [
    () => checkFormat(config),
    () => runDeno(["lint", "--config", config]),
    () => runDeno(["check", "--quiet", "--config", config, ROOT]),
  ];
}

async function checkFormat(config: string): Promise<boolean> {
  const isFormatted = await runDeno(["fmt", "--check", "--config", config]);
  if (!isFormatted) console.error("Run `deno fmt` to format the files");
  return isFormatted;
}

async function testSteps(call: Call) {
  const { args } = call;
  const packages = await call.packages();
  const settings = await call.settings();
  const { config } = packages;
  const test = (env: Record<string, string>, ...more: string[]) => () =>
    runDeno(["test", ...TEST_FLAGS, "--config", config, ...args, ...more], {
      env,
    });
  const alone = [];
  for (const path of RUN_ALONE) {
    // A project made with `deno task new` has the site's tests only.
    if (await exists(path)) alone.push(path);
  }
  // --ignore replaces the config's "exclude".
  const { exclude } = JSON.parse(await Deno.readTextFile(config));
  const ignored = [...exclude, ...alone].join(",");
  const chosen = args.some((arg) => !arg.startsWith("-"));
  return [
    () => buildIfChanged(packages, ROOT, settings),
    ...(chosen ? [test(ALONE)] : [test(PAIRED, `--ignore=${ignored}`)]),
    ...(chosen || alone.length === 0 ? [] : [test(ALONE, ...alone)]),
  ];
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(ROOT + path).then(() => true, () => false);
}
