import { assert } from "@std/assert";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { CONFIG, type Handler } from "./helpers.ts";

/** Folder of the project that is built for the suite. */
export const FIXTURE = fileURLToPath(new URL("./fixture", import.meta.url));

/** A second one, laid out as `fresh init` and Fresh's documentation do. */
export const SITE = fileURLToPath(new URL("./site", import.meta.url));

/** The fixture's build id. */
export const BUILD_ID = "contract";

// Below the repository, where Vite finds node_modules; ignored by git.
const SCRATCH = fileURLToPath(new URL("./_fresh", import.meta.url));

/** What a build has printed, and whether it succeeded. */
export interface BuildResult {
  success: boolean;
  output: string;
}

/** Runs `vite build` in `folder`. */
export async function build(folder: string): Promise<BuildResult> {
  const { success, stdout, stderr } = await vite(folder, "build").output();
  const decoder = new TextDecoder();
  return { success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Prepares a run of Vite in `folder`. */
export function vite(folder: string, ...args: string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", CONFIG, "npm:vite", ...args],
    cwd: folder,
    env: {
      DENO_DEPLOYMENT_ID: BUILD_ID,
      FRESH_NO_UPDATE_CHECK: "true",
      NO_COLOR: "1",
    },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Returns the handler of {@linkcode FIXTURE}. */
export function builtFixture(): Promise<Handler> {
  return builtOnce(FIXTURE);
}

/** Returns the handler of {@linkcode SITE}. */
export function builtSite(): Promise<Handler> {
  return builtOnce(SITE);
}

/** Builds `folder` if this is the first call of a run. */
async function builtOnce(folder: string): Promise<Handler> {
  await Deno.mkdir(SCRATCH, { recursive: true });
  const options = { write: true, create: true };
  using lock = await Deno.open(`${SCRATCH}/lock`, options);
  // Test files share the process and its environment, and may run at once.
  await lock.lock(true);
  const variable = `FRESH_CONTRACT_${basename(folder).toUpperCase()}`;
  if (!Deno.env.has(variable)) {
    const { success, output } = await build(folder);
    Deno.env.set(variable, success ? "done" : output);
  }
  const outcome = Deno.env.get(variable);
  assert(outcome === "done", outcome);
  return await importServer(folder);
}

/** Imports the server that a build has left in `folder`. */
export async function importServer(folder: string): Promise<Handler> {
  const url = new URL(`file://${folder}/_fresh/server.js`);
  const server = await import(url.href);
  return server.default.fetch;
}

/** A small project of its own, removed when disposed of. */
export interface Project extends AsyncDisposable {
  path: string;
}

/** Writes a project of these files around a plain `main.ts`. */
export async function project(files: Record<string, string>): Promise<Project> {
  await Deno.mkdir(SCRATCH, { recursive: true });
  const path = await Deno.makeTempDir({ dir: SCRATCH });
  for (const [name, text] of Object.entries({ ...PLAIN, ...files })) {
    const file = `${path}/${name}`;
    await Deno.mkdir(file.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
  const remove = () => Deno.remove(path, { recursive: true });
  return { path, [Symbol.asyncDispose]: remove };
}

const PLAIN = {
  "main.ts": `import { App, staticFiles } from "fresh";
export const app = new App().use(staticFiles()).fsRoutes();
`,
  "vite.config.ts": `import { fresh } from "@fresh/plugin-vite";
import { defineConfig } from "vite";
export default defineConfig({ plugins: [fresh()] });
`,
  "routes/index.tsx": `export default () => <h1>index</h1>;\n`,
};
