import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";

const workflow = await Deno.readTextFile(`${ROOT}.github/workflows/ci.yml`);

Deno.test("every action of the workflow is pinned by commit", () => {
  const actions = [...workflow.matchAll(/uses: (\S+)(.*)$/gm)];
  assert(actions.length > 0);
  for (const [, action = "", comment = ""] of actions) {
    assertMatch(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    assertMatch(comment, /^ # v\d+\.\d+\.\d+$/);
  }
});

Deno.test("the workflow has read access only", () => {
  const permissions = workflow.match(/permissions:\n(?: +.*\n)+/g);
  assertEquals(permissions, ["permissions:\n  contents: read\n"]);
  assertEquals(workflow.includes("secrets."), false);
  assertEquals(workflow.includes("pull_request_target"), false);
});

Deno.test("the workflow runs existing tasks and tests, with the version of Deno in .ci/run", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  for (const [, task = ""] of workflow.matchAll(/deno task (\w+)/g)) {
    assert(task in tasks, task);
  }
  for (const [path] of workflow.matchAll(/\b(?:tests|packages)\/[\w./-]+/g)) {
    await Deno.stat(ROOT + path);
  }
  const ci = await Deno.readTextFile(`${ROOT}.ci/run`);
  const [, version] = /deno@([\d.]+)/.exec(ci) ?? [];
  assertMatch(workflow, new RegExp(`deno-version: v${version}\n`));
});
