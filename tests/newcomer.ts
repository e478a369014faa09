/**
 * The way of somebody who has read the README and nothing else, with the time
 * it takes: clone, start, log in, add the README's page, see it.
 *
 *     deno run -A --config deno.offline.json tests/newcomer.ts [--cold]
 *
 * `--cold` begins with an empty cache, so that all packages are downloaded.
 *
 * @module
 */
import { assert, assertExists, assertStringIncludes } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { Browser } from "./helpers/browser.ts";
import { filesIn } from "./helpers/project_build.ts";
import { logIn } from "./helpers/site.ts";

const LIMIT_SECONDS = 300;
const PAGE = "routes/hello.tsx";

const folder = await Deno.makeTempDir({ prefix: "newcomer-" });
const project = `${folder}/fresh-wix`;
const env: Record<string, string> = {
  NO_COLOR: "1",
  ...(Deno.args.includes("--cold") && { DENO_DIR: `${folder}/cache` }),
};

const startedAt = performance.now();
let lapAt = startedAt;

try {
  await run("git", "clone", "--quiet", ROOT, project);
  lap("cloned");

  await withTask("start", async (origin) => {
    lap("deno task start printed its address");
    const browser = new Browser(origin);
    const home = await browser.open("/");
    const orders = /href="([^"]+)"[^>]*>Orders</.exec(home.body)?.[1];
    assertExists(orders, "the home page has no link Orders");
    const page = await logIn(browser, orders, "ann@demo.example");
    assertStringIncludes(page.body, ">Order 1047<");
    lap("logged in, and saw the orders");
  });

  const readme = await Deno.readTextFile(`${project}/README.md`);
  const code = filesIn(readme).get(PAGE);
  assertExists(code, `the README shows no ${PAGE}`);
  await Deno.writeTextFile(`${project}/${PAGE}`, code);
  for (const task of ["start", "dev"]) {
    await withTask(task, async (origin) => {
      const { body } = await new Browser(origin).open("/hello");
      assertStringIncludes(body, "<li>Ann</li>");
      lap(`saw the new page with deno task ${task}`);
    });
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

const seconds = (performance.now() - startedAt) / 1000;
console.log(`${seconds.toFixed(1).padStart(7)} s  in all`);
assert(seconds < LIMIT_SECONDS, `more than ${LIMIT_SECONDS} seconds`);

/** Says how long it took since the last time. */
function lap(what: string): void {
  const now = performance.now();
  console.log(`${((now - lapAt) / 1000).toFixed(1).padStart(7)} s  ${what}`);
  lapAt = now;
}

async function run(command: string, ...args: string[]): Promise<void> {
  const { success } = await new Deno.Command(command, { args }).output();
  assert(success, `${command} ${args.join(" ")} failed`);
}

/** Runs a task until `visit` is done with the address that it printed. */
async function withTask(
  task: string,
  visit: (origin: string) => Promise<void>,
): Promise<void> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", task],
    cwd: project,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let output = "";
  let found = (_origin: string) => {};
  const address = new Promise<string>((resolve) => found = resolve);
  const reading = (async () => {
    for await (
      const text of process.stdout.pipeThrough(new TextDecoderStream())
    ) {
      output += text;
      const origin = /^ +App +(\S+)$/m.exec(output)?.[1];
      if (origin !== undefined) found(origin);
    }
  })();
  try {
    await visit(
      await Promise.race([
        address,
        process.status.then(({ code }) => {
          throw new Error(`deno task ${task} ended with ${code}:\n${output}`);
        }),
      ]),
    );
  } finally {
    process.kill("SIGINT");
    await Promise.all([process.status, reading]);
  }
}
