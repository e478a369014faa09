/** Makes projects as users do, and runs their tasks. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { sectionsSince } from "@/tools/upgrade.ts";
import { filesBelow } from "../helpers/files.ts";
import { nextPort } from "../helpers/ports.ts";
import { denoTask, outputOf, startTask } from "../helpers/tasks.ts";

const NAME = "Pots & 'Pans'";
const LINK = /\]\((?!https?:)([^)#]+)/g;

const forms = [
  { flags: [], shop: 200, nav: true },
  { flags: ["--bare"], shop: 404, nav: false },
];
for (const { flags, shop, nav } of forms) {
  Deno.test(`a new project runs its own tasks: ${flags.join() || "with shop"}`, async (t) => {
    const folder = await Deno.makeTempDir();
    const root = `${folder}/my-shop/`;
    const made = await run(ROOT, ["new", root, "--name", NAME, ...flags]);
    assertEquals(made.code, 0, made.output);
    await t.step(
      "it is one commit of at most 250 files, with its own name and secret",
      async () => {
        const log = await git(root, "log", "--format=%s");
        assertEquals(log, "chore: start from fresh-wix");
        assertEquals(await git(root, "status", "--porcelain"), "");
        const files = (await git(root, "ls-files")).split("\n");
        const own = files.filter((path) => !path.startsWith("packages/"));
        assert(own.length <= 250, String(own.length));
        assertStringIncludes(made.output, `${own.length} files`);
        const tests =
          /^packages\/.*\/(?:tests|attacks|bench)\/|^(?:routes|islands)\/\(?fixtures/;
        assertEquals(files.filter((path) => tests.test(path)), []);
        for (
          const [path, text] of [
            ["README.md", /^# Pots & 'Pans'\n/],
            ["LICENSE", /^Copyright \(c\) 20\d\d (?!the)/m],
            [".env", /^SESSION_SECRET=[\w+/]{64}\n$/],
          ] as const
        ) assertMatch(await Deno.readTextFile(root + path), text);
      },
    );

    await t.step("its documents describe and link what exists", async () => {
      const pages = ["README.md", "AGENTS.md"];
      for (const file of await filesBelow(`${root}docs`)) {
        if (file.endsWith(".md")) pages.push(file.slice(root.length));
      }
      for (const page of pages) {
        const text = await Deno.readTextFile(root + page);
        assert(nav || !/^##+ The shop|shop\.css/m.test(text), page);
        for (const [, target = ""] of text.matchAll(LINK)) {
          const { pathname } = new URL(target, `file://${root}${page}`);
          if (await exists(decodeURI(pathname))) continue;
          throw new Error(`${page} links to ${target}`);
        }
      }
    });

    // Installing takes a minute; the packages are the same.
    await Deno.symlink(`${ROOT}node_modules`, `${root}node_modules`);

    await t.step("it builds and passes its checks and tests", async () => {
      // The upgrade below checks the bare project.
      const { code, output } = await run(root, [nav ? "ok" : "test"]);
      assertEquals(code, 0, output);
      assertMatch(output, /\| [1-9]\d* passed/);
    });

    await t.step("its doctor says which settings are missing", async () => {
      const { code, output } = await run(root, ["doctor"]);
      assertEquals(code, 1, output);
      assertStringIncludes(output, "WIX_CLIENT_ID");
      assertEquals(output.includes("Uncaught"), false, output);
    });

    await t.step("it starts and shows its pages", async () => {
      const port = String(nextPort());
      const args = ["start", "--port", port, "--state", "none"];
      await using started = await startTask(denoTask(root, args));
      const open = async (path: string) => {
        const response = await fetch(started.origins[0] + path);
        return { status: response.status, body: await response.text() };
      };
      const home = await open("/");
      assertEquals(home.status, 200);
      assertStringIncludes(home.body, "Pots &amp; ");
      assertEquals(home.body.includes('href="/account/orders"'), nav);
      assertEquals((await open("/shop")).status, shop);
    });

    if (!nav) {
      await t.step("it is upgraded from older packages", () => upgrade(root));
    }
    await Deno.remove(folder, { recursive: true });
  });
}

/** Upgrades a project with changes of its own, as if its packages were older. */
async function upgrade(root: string) {
  const config = `${root}packages/fresh-wix/deno.json`;
  const { version, ...rest } = JSON.parse(await Deno.readTextFile(config));
  const old = JSON.stringify({ version: "0.0.1", ...rest });
  await Deno.writeTextFile(config, old);
  const page = `${root}routes/index.tsx`;
  const changed = (await Deno.readTextFile(page)).replace("lead", "mine");
  await Deno.writeTextFile(page, changed);

  const refused = await run(root, ["upgrade", ROOT]);
  assertEquals(refused.code, 2);
  assertStringIncludes(refused.output, "changes that are not committed");
  await git(root, "commit", "--all", "--quiet", "--message=mine");
  const { code, output } = await run(root, ["upgrade", ROOT]);
  assertEquals(code, 0, output);
  assertStringIncludes(output, `fresh-wix 0.0.1 → ${version}`);
  assertStringIncludes(output, "What to change in a site");
  assertStringIncludes(output, "The checks pass");
  assertEquals(await Deno.readTextFile(page), changed);
  const upgraded = JSON.parse(await Deno.readTextFile(config));
  assertEquals([upgraded.version, upgraded.tasks], [version, undefined]);
}

Deno.test("new and upgrade refuse folders and names, and change nothing", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
  const rows: [args: string[], reason: string][] = [
    [["new"], "name one folder"],
    [["new", `${folder}/a`, `${folder}/b`], "name one folder"],
    [["new", folder], 'is not empty: it has "notes.txt"'],
    [["new", `${folder}/notes.txt`], "is a file"],
    [["new", "shop"], "is part of the starter"],
    [["new", "../"], "is part of the starter"],
    [["new", `${folder}/x`, "--name", ""], "is not a valid name"],
    [["new", `${folder}/x`, "--name", "<b>"], "is not a valid name"],
    [["new", `${folder}/x`, "--name", "a\nb"], "is not a valid name"],
    [["new", `${folder}/x`, "--name", "x".repeat(61)], "is not a valid name"],
    [["new", `${folder}/…`], "is not a valid name"],
    [["upgrade"], "name one folder"],
    [["upgrade", folder], "has no packages/fresh-wix/deno.json"],
    [["upgrade", "."], "this is the project itself"],
  ];
  for (const [args, reason] of rows) {
    const { code, output } = await run(ROOT, args);
    assertEquals(code, 2, output);
    assertStringIncludes(output, reason);
  }
  const left = await filesBelow(folder);
  assertEquals(left, [`${folder}/notes.txt`]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("sectionsSince() returns the sections after a version, newest first", () => {
  const log = "# Log\n\n## [0.10.0] - Unreleased\n\nc\n\n## 0.9.1\n\nb\n\n" +
    "## [0.9.0]\n\na\n";
  const since = (version: string) =>
    sectionsSince(log, version).map((section) => section.slice(-1));
  assertEquals(since("0.9.0"), ["c", "b"]);
  assertEquals(since("0.10.0"), []);
});

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function run(root: string, args: string[]) {
  const { code, stdout, stderr } = await outputOf(denoTask(root, args));
  return { code, output: stdout + stderr };
}

async function git(root: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=me", "-c", "user.email=me@localhost"];
  const { stdout } = await outputOf(
    new Deno.Command("git", { args: [...identity, ...args], cwd: root }),
  );
  return stdout.trim();
}
