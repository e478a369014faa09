import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import { serveArgs } from "@/tools/serve.ts";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { localSettings, startApp } from "../helpers/app.ts";

const SEARCH_MEMBERS = "POST /members/v1/members/query";

const dockerfile = await Deno.readTextFile(`${ROOT}Dockerfile`);
/** The instructions of each stage, as `[name, text]`; the first is `FROM`. */
const stages = dockerfile.replaceAll(/\\\n|^#.*\n/gm, "").split(/^(?=FROM )/m)
  .map((stage) =>
    [...stage.matchAll(/^(\w+)\s+(.*)$/gm)]
      .map(([, name = "", text = ""]) => [name, text] as const)
  )
  .filter((stage) => stage.length > 0);
const isIgnored = await dockerIgnore();

const textsOf = (stage: typeof stages[number] | undefined, name: string) =>
  stage?.filter(([it]) => it === name).map(([, text]) => text) ?? [];
const lastTexts = (name: string) => textsOf(stages.at(-1), name);

/** The files of the build context that a `COPY` copies. */
const sourcesOf = (text: string) =>
  text.startsWith("--from=") ? [] : text.split(/\s+/).slice(0, -1);

/** Arguments of `deno` in the container. */
const containerArgs = (env: Record<string, string>) =>
  serveArgs({ host: "0.0.0.0", port: 8000, env, root: "/app/" });

Deno.test("the container serves like the serve task", () => {
  const [command = ""] = lastTexts("CMD");
  assertEquals(JSON.parse(command), containerArgs({}));
});

Deno.test("the container of compose.yaml can connect to local Wix only", async () => {
  const compose = await Deno.readTextFile(`${ROOT}compose.yaml`);
  const [, app = ""] = compose.split("  app:");
  const [command = ""] = /^ +command:\n(?: +- .*\n)+/m.exec(app) ?? [];
  const args = command.split("\n").slice(1, -1)
    .map((line) => line.replace(/^ +- "?(.*?)"?$/, "$1"));
  assertEquals(
    args,
    containerArgs({ WIX_API_ORIGIN: "http://localhost:4400" }),
  );
});

Deno.test("the container has the expected version of Deno, and does not run as root", async () => {
  const ci = await Deno.readTextFile(`${ROOT}.ci/run`);
  const [, version] = /deno@([\d.]+)/.exec(ci) ?? [];
  for (const stage of stages) {
    assertMatch(
      textsOf(stage, "FROM").join(),
      RegExp(`^denoland/deno:(?:distroless-)?${version}\\b`),
    );
  }
  assertEquals(lastTexts("USER"), ["nonroot"]);
});

Deno.test("the container's health check calls /healthz", () => {
  const [check = ""] = lastTexts("HEALTHCHECK");
  assertMatch(
    check,
    /CMD \["\/bin\/deno", "eval", .*127\.0\.0\.1:8000\/healthz/,
  );
  assertEquals(lastTexts("STOPSIGNAL"), ["SIGTERM"]);
});

Deno.test("the container needs no writable folder, and on SIGTERM finishes open responses", async () => {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  await using app = await startApp({
    ...localSettings(wix.origin),
    DENO_DIR: "/dev/null/cannot-be-made",
  });
  const { controls } = wix;
  controls.failNext(SEARCH_MEMBERS, {
    kind: "delay",
    delayMs: 2_000,
    times: 1,
  });
  const page = fetch(`${app.origin}/test/members`);
  while ((controls.counters.routes[SEARCH_MEMBERS] ?? 0) === 0) {
    await (await fetch(`${app.origin}/healthz`)).body?.cancel();
  }
  // As `docker stop` does.
  const kill = setTimeout(app.kill, 10_000);
  const [{ status }, code] = await Promise.all([
    page.then(async (response) => {
      await response.text();
      return response;
    }),
    app.end("SIGTERM"),
  ]);
  clearTimeout(kill);
  assertEquals([status, code], [200, 0]);
});

const SENT = [
  "routes/index.tsx",
  "packages/fresh-wix/src/config/read_config.ts",
  "tools/tasks.ts",
  "deno.lock",
];
const LEFT_OUT = [
  ".env",
  "lib/.env.local",
  ".git/config",
  "node_modules/jose/package.json",
  "_fresh/server.js",
  "tests/docs_test.ts",
  "packages/local-wix/src/main.ts",
  "id_rsa",
  "notes/passwords.txt",
];

Deno.test("the build context has the necessary files, and no secrets (S12)", () => {
  assertEquals(SENT.filter(isIgnored), []);
  assertEquals(LEFT_OUT.filter((path) => !isIgnored(path)), []);
});

Deno.test("the Dockerfile copies existing files, and the deno.json of every package first", async () => {
  const copied = stages.flatMap((stage) => textsOf(stage, "COPY"))
    .flatMap(sourcesOf);
  for (const source of copied) {
    await Deno.stat(ROOT + source);
    assertEquals(source !== "." && isIgnored(source), false, source);
  }
  const [build = []] = stages;
  const install = build.findIndex(([, text]) => text === "deno install");
  const before = textsOf(build.slice(0, install), "COPY").flatMap(sourcesOf);
  const { workspace } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  for (const member of workspace) {
    assert(before.includes(`${member}/deno.json`.slice(2)), member);
  }
});

/**
 * Reads `.dockerignore`, which has simple patterns only: paths from the root, and
 * after two stars at any depth.
 */
async function dockerIgnore(): Promise<(path: string) => boolean> {
  const text = await Deno.readTextFile(`${ROOT}.dockerignore`);
  const lines = text.split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const atTop = lines.filter((line) => !line.startsWith("**/"));
  const anywhere = lines.filter((line) => line.startsWith("**/"))
    .map((line) => line.slice(3));
  return (path) => {
    const names = path.split("/");
    const paths = names.map((_, index) => names.slice(0, index + 1).join("/"));
    const isKept = paths.some((path) => !decide(atTop, path)) ||
      atTop.some((line) => line.startsWith(`!${path}/`));
    return !isKept || names.some((name) => decide(anywhere, name));
  };
}

/** The last matching line wins. */
function decide(lines: readonly string[], name: string): boolean {
  const last = lines.findLast((line) =>
    globPattern(line.replace(/^!/, "").replace(/\/$/, "")).test(name)
  );
  return last !== undefined && !last.startsWith("!");
}

function globPattern(glob: string): RegExp {
  const parts = glob.split("*").map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join(".*")}$`);
}
