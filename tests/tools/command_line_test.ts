import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  helpText,
  parseCommandLine,
  type Syntax,
  UsageError,
} from "@/tools/command_line.ts";
import { ROOT } from "@/tools/packages.ts";
import { copyProject } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { runTask } from "../helpers/tasks.ts";

const STRICT: Syntax = {
  flags: {
    port: { value: "NUMBER", text: "listen here" },
    jsr: { text: "real packages" },
  },
};
const WITH_PATHS: Syntax = { ...STRICT, rest: "[path…]" };
const PASSING: Syntax = {
  flags: { jsr: { text: "real packages" } },
  rest: "[flag of deno test]…",
  passesFlags: true,
};

const accepted: [
  syntax: Syntax,
  args: string[],
  values: Record<string, string | true>,
  rest: string[],
][] = [
  [STRICT, [], {}, []],
  [STRICT, ["--port", "80", "--jsr"], { port: "80", jsr: true }, []],
  [WITH_PATHS, ["lib", "--jsr", "tools"], { jsr: true }, ["lib", "tools"]],
  [PASSING, ["--filter", "x", "--jsr", "tests/lib"], { jsr: true }, [
    "--filter",
    "x",
    "tests/lib",
  ]],
];
Deno.test("parseCommandLine() returns flags and arguments", () => {
  for (const [syntax, args, values, rest] of accepted) {
    const line = parseCommandLine(args, syntax);
    assertEquals({ ...line.values }, values);
    assertEquals([...line.rest], rest);
  }
});

const refused: [syntax: Syntax, args: string[], reason: string][] = [
  [STRICT, ["--prot", "80"], "--prot"],
  [STRICT, ["--port"], "--port"],
  [STRICT, ["--jsr=yes"], "--jsr"],
  [WITH_PATHS, ["lib", "--all"], "--all"],
];
Deno.test("parseCommandLine() rejects unknown flags and arguments, in one line", () => {
  for (const [syntax, args, reason] of refused) {
    const parse = () => parseCommandLine(args, syntax);
    const { message } = assertThrows(parse, UsageError);
    assertStringIncludes(message, reason);
    assert(!message.includes("\n"), message);
  }
});

Deno.test("helpText() describes a task and its flags", () => {
  assertEquals(
    helpText("start", "Run the app", WITH_PATHS),
    `deno task start [--port NUMBER] [--jsr] [path…]

Run the app

  --port NUMBER  listen here
  --jsr          real packages`,
  );
});

Deno.test("every task of deno.json rejects an unknown flag or passes it on", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  // They pass flags on to another program.
  const passing = new Set(["bench", "test", "test:live", "wix"]);
  for (const task of Object.keys(tasks)) {
    if (passing.has(task)) continue;
    const { code, stderr } = await runTask(`${task} --unknown`);
    assertEquals(code, 2, task);
    assertStringIncludes(
      stderr,
      `deno task ${task}: Unknown option '--unknown'`,
    );
    assertStringIncludes(stderr, `deno task ${task} --help`);
  }
});

Deno.test("the check task says how to format files", async () => {
  await using project = await copyProject(CONFIG_PATH);
  await Deno.writeTextFile(`${project.root}lib/wide.ts`, "let  a");
  const { code, stderr } = await runTask("check", {}, project);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "Run `deno fmt`");
});

Deno.test("--help prints the task's description in deno.json, and the flags that AGENTS.md uses", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const agents = await Deno.readTextFile(`${ROOT}AGENTS.md`);
  const commands = [...agents.matchAll(/^deno task (\w+)([^#\n]*)/gm)];
  assert(commands.length > 5);
  for (const [, task = "", rest = ""] of [...commands, ["", "serve"]]) {
    const { code, stdout } = await runTask(`${task} --help`);
    assertEquals(code, 0);
    assertStringIncludes(stdout, tasks[task].description);
    for (const [flag] of rest.matchAll(/--\w+/g)) {
      assertStringIncludes(stdout, flag);
    }
  }
});
