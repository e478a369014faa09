/** Projects that are written, built and served for the suite. */
import { fileURLToPath } from "node:url";
import { CONFIG_PATH } from "@/tests/helpers/app.ts";
import { denoIn, writeFiles } from "@/tests/helpers/project_build.ts";
import type { ProjectCopy } from "@/tools/project_copy.ts";
import { VITE_ENV } from "@/tools/packages.ts";
import type { Handler } from "./helpers.ts";

/** The build id of every project. */
export const BUILD_ID = "contract";

/** How Vite is run in a project. */
export const VITE = ["run", "-A", "--config", CONFIG_PATH, "npm:vite"];
export const ENV = { ...VITE_ENV, DENO_DEPLOYMENT_ID: BUILD_ID, NO_COLOR: "1" };

// Below the repository, where Vite finds node_modules; ignored by git.
const SCRATCH = fileURLToPath(new URL("./_fresh", import.meta.url));

/** The text of each file, by path. */
export type Files = Readonly<Record<string, string>>;

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
export async function project(files: Files): Promise<ProjectCopy> {
  await Deno.mkdir(SCRATCH, { recursive: true });
  const root = `${await Deno.makeTempDir({ dir: SCRATCH })}/`;
  await writeFiles({ root }, Object.entries({ ...PLAIN, ...files }));
  const remove = () => Deno.remove(root, { recursive: true });
  return { root, config: CONFIG_PATH, [Symbol.asyncDispose]: remove };
}

/** Builds a project; returns why that failed, or its handler. */
export async function build(
  folder: ProjectCopy,
): Promise<{ problem: string } | { handler: Handler }> {
  const { success, output } = await denoIn(folder, [...VITE, "build"], ENV);
  if (!success) return { problem: output };
  try {
    const server = await import(`file://${folder.root}_fresh/server.js`);
    return { handler: server.default.fetch };
  } catch (error) {
    return { problem: String(error) };
  }
}
