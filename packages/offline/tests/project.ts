/** Projects that are written, built and served for the suite. */
import { fileURLToPath } from "node:url";
import type { Handler } from "./helpers.ts";

/** The build id of every project. */
export const BUILD_ID = "contract";

/** Decides which packages the suite runs against. */
const CONFIG = Deno.env.get("FRESH_WIX_CONFIG") ??
  fileURLToPath(new URL("../../../deno.offline.json", import.meta.url));

// Below the repository, where Vite finds node_modules; ignored by git.
const SCRATCH = fileURLToPath(new URL("./_fresh", import.meta.url));

/** The text of each file, by path. */
export type Files = Readonly<Record<string, string>>;

/** A folder with the files of a project, removed when disposed of. */
export interface Project extends AsyncDisposable {
  readonly path: string;
}

const PLAIN: Files = {
  "main.ts": `import { App, staticFiles } from "fresh";
export const app = new App().use(staticFiles()).fsRoutes();
`,
  "vite.config.ts": `import { fresh } from "@fresh/plugin-vite";
export default { plugins: [fresh()] };
`,
  "routes/index.tsx": "export default () => <h1>index</h1>;\n",
};

/** Writes a project of these files, around a plain app. */
export async function project(files: Files): Promise<Project> {
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

/** Builds a project; returns why that failed, or its handler. */
export async function build(
  { path }: Project,
): Promise<{ problem: string } | { handler: Handler }> {
  const { success, stdout, stderr } = await vite(path, "build").output();
  const decoder = new TextDecoder();
  if (!success) {
    return { problem: decoder.decode(stdout) + decoder.decode(stderr) };
  }
  try {
    const { default: server } = await import(`file://${path}/_fresh/server.js`);
    return { handler: server.fetch };
  } catch (error) {
    return { problem: String(error) };
  }
}
