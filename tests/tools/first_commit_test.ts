import { assertEquals } from "@std/assert";
import { makeFirstCommit } from "@/tools/new/first_commit.ts";

Deno.test("a commit that git refuses is reported with git's reason", async () => {
  const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-" })}/`;
  await Deno.writeTextFile(`${root}README.md`, "# Shop");
  await new Deno.Command("git", { args: ["init", "-q"], cwd: root }).output();
  const hook = `${root}.git/hooks/pre-commit`;
  await Deno.mkdir(`${root}.git/hooks`, { recursive: true });
  await Deno.writeTextFile(hook, "#!/bin/sh\necho Not signed >&2\nexit 1\n");
  await Deno.chmod(hook, 0o755);
  assertEquals(
    await makeFirstCommit(root),
    "a repository without a commit, because git refused it: Not signed",
  );
  await Deno.remove(hook);
  assertEquals(/^one commit on main/.test(await makeFirstCommit(root)), true);
  await Deno.remove(root, { recursive: true });
});
