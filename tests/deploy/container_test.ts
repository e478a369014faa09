import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { waitUntilReady } from "@/tools/processes.ts";
import { ROOT } from "@/tools/packages.ts";
import { serveArgs } from "@/tools/serve.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { nextPort } from "../helpers/ports.ts";
import { filesBelow } from "../helpers/files.ts";
import { parseCopy, readDockerfile, type Stage } from "./dockerfile.ts";
import { copyUnignored, dockerIgnore } from "./ignore_file.ts";

const stages = await readDockerfile();
const last = stages.at(-1);
const isIgnored = await dockerIgnore();

const linesOf = (stage: Stage | undefined, name: string) =>
  stage?.instructions.filter((line) => line.name === name)
    .map(({ text }) => text) ?? [];

/** Arguments of `deno` in the container. */
const containerArgs = (env: Record<string, string>) =>
  serveArgs({
    host: "0.0.0.0",
    port: 8000,
    env,
    root: "/app/",
  });

Deno.test("the container serves as the serve task does", () => {
  const [command = ""] = linesOf(last, "CMD");
  assertEquals(JSON.parse(command), containerArgs({}));
});

Deno.test("the container of the try-out may reach local Wix only", async () => {
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

Deno.test("the container has the Deno that the tasks are written for, and does not run as root", async () => {
  const ci = await Deno.readTextFile(`${ROOT}.ci/run`);
  const [, version] = /deno@([\d.]+)/.exec(ci) ?? [];
  for (const { image } of stages) {
    assertEquals(image, `denoland/deno:${version}`);
  }
  assertEquals(linesOf(last, "USER"), ["deno"]);
});

Deno.test("the container asks /healthz whether it is well", () => {
  const [check = ""] = linesOf(last, "HEALTHCHECK");
  assertMatch(check, /CMD \["deno", "eval", .*127\.0\.0\.1:8000\/healthz/);
  assertEquals(linesOf(last, "STOPSIGNAL"), ["SIGTERM"]);
});

const kept = [
  "routes/index.tsx",
  "packages/fresh-wix/src/config/read_config.ts",
  "tools/tasks.ts",
  "deno.lock",
];
for (const path of kept) {
  Deno.test(`${path} is sent to the builder`, () => {
    assertEquals(isIgnored(path), false);
  });
}

const leftOut = [
  ".env",
  ".env.production",
  "tools/.env",
  "lib/.env.local",
  ".git/config",
  ".npmrc",
  "node_modules/jose/package.json",
  "_fresh/server.js",
  "tests/docs_test.ts",
  "packages/fresh-wix/tests/session/seal_test.ts",
  "packages/local-wix/src/main.ts",
  "coverage/lcov.info",
  "screenshots/orders.png",
  "id_rsa",
  "notes/passwords.txt",
];
for (const path of leftOut) {
  Deno.test(`${path} is not sent to the builder (S12)`, () => {
    assertEquals(isIgnored(path), true);
  });
}

Deno.test("every file that the Dockerfile copies is there", async () => {
  for (const stage of stages) {
    for (const text of linesOf(stage, "COPY")) {
      const { from, sources } = parseCopy(text);
      if (from !== undefined) {
        assert(stages.some(({ name }) => name === from), text);
        continue;
      }
      for (const source of sources) {
        await Deno.stat(ROOT + source);
        assertEquals(source !== "." && isIgnored(source), false, source);
      }
    }
  }
});

Deno.test("the packages of every member of the workspace are installed", async () => {
  const { workspace } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const lines = stages[0]?.instructions ?? [];
  const install = lines.findIndex(({ text }) => text === "deno install");
  const copied = lines.slice(0, install).filter(({ name }) => name === "COPY")
    .flatMap(({ text }) => parseCopy(text).sources);
  for (const member of workspace) {
    const config = `${member}/deno.json`.replace(/^\.\//, "");
    assert(copied.includes(config), config);
    assertEquals(isIgnored(config), false, config);
  }
});

Deno.test("the Dockerfile, followed line by line in empty folders", async (t) => {
  const context = `${await Deno.makeTempDir({ prefix: "fresh-wix-image-" })}/`;
  await copyUnignored(ROOT, context, isIgnored);
  await copyStubs(context);
  const folders = new Map<string, string>();
  try {
    for (const stage of stages) {
      await t.step(`stage ${stage.name}`, async () => {
        const folder = `${await Deno.makeTempDir({
          prefix: "fresh-wix-image-",
        })}/`;
        folders.set(stage.name, folder);
        await follow(stage, folder, { context, folders });
      });
    }
    const app = folders.get(last?.name ?? "") ?? "";

    await t.step("the image has only what runs", async () => {
      const names = [...Deno.readDirSync(app)].map(({ name }) => name);
      assertEquals(names, ["_fresh"]);
      for (const file of await filesBelow(`${app}_fresh`)) {
        assertEquals(file.includes(".env"), false, file);
      }
    });

    await t.step("it starts with its own command, and answers", async () => {
      const port = nextPort();
      const [command = "[]"] = linesOf(last, "CMD");
      const args: string[] = JSON.parse(
        command.replaceAll("/app/", app).replace("0.0.0.0", "127.0.0.1")
          .replace('"8000"', `"${port}"`),
      );
      const process = new Deno.Command(Deno.execPath(), {
        args,
        cwd: app,
        env: {
          APP_ORIGIN: "https://shop.example",
          DENO_SERVE_AUTOMATIC_COMPRESSION: "1",
          SESSION_SECRET: "v3Kq9ZxT0mWb7RfYc2NdHs8LuJpXa5Ge",
          WIX_CLIENT_ID: "00000000-0000-4000-8000-000000000001",
        },
        stdout: "null",
        stderr: "null",
      }).spawn();
      await waitUntilReady(`http://127.0.0.1:${port}/healthz`, process);
      const page = await fetch(`http://127.0.0.1:${port}/`);
      const html = await page.text();
      process.kill("SIGTERM");
      assertEquals((await process.status).code, 0);
      assertEquals(page.status, 200);
      assertStringIncludes(html, "</html>");
    });
  } finally {
    for (const folder of [context, ...folders.values()]) {
      await Deno.remove(folder, { recursive: true });
    }
  }
});

/** Runs what a stage copies and runs, in `folder` instead of `/app`. */
async function follow(
  stage: Stage,
  folder: string,
  { context, folders }: {
    context: string;
    folders: ReadonlyMap<string, string>;
  },
): Promise<void> {
  for (const { name, text } of stage.instructions) {
    if (name === "COPY") {
      const { from, sources, target } = parseCopy(text);
      for (const source of sources) {
        const path = from === undefined
          ? context + source
          : source.replace(/^\/app/, folders.get(from) ?? "");
        if (target.endsWith("/")) await shell(`mkdir -p ${target}`);
        await shell(`cp -R ${path}${isFolder(path) ? "/." : ""} ${target}`);
      }
    }
    if (name === "RUN") await shell(here(text));
  }

  async function shell(command: string): Promise<void> {
    const { success, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-ec", command],
      cwd: folder,
      env: { FRESH_WIX_PACKAGES: "", FRESH_WIX_CONFIG: "" },
      stdout: "piped",
      stderr: "piped",
    }).output();
    const text = new TextDecoder();
    assert(
      success,
      `${command}: ${text.decode(stdout)}${text.decode(stderr)}`,
    );
  }
}

function isFolder(path: string): boolean {
  return Deno.statSync(path).isDirectory;
}

/** Where jsr.io is out of reach, the stubs take the packages' place. */
const isOffline = CONFIG_PATH.endsWith("deno.offline.json");

async function copyStubs(context: string): Promise<void> {
  if (!isOffline) return;
  const stubs = "packages/offline/stubs/";
  await Deno.mkdir(context + stubs, { recursive: true });
  await copyUnignored(ROOT + stubs, context + stubs, () => false);
  const lock = "deno.offline.lock";
  await Deno.copyFile(ROOT + lock, context + lock);
  await Deno.copyFile(ROOT + lock, `${context}deno.lock`);
}

function here(command: string): string {
  if (!isOffline) return command;
  return command
    // Installs nothing that the build does not.
    .replace(/^deno install$/, "true")
    .replace("--jsr", "--offline");
}
