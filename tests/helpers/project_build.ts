/**
 * Builds copies of the project with additional files.
 *
 * @module
 */
import { VITE, VITE_ENV } from "@/tools/packages.ts";
import type { ProjectCopy } from "@/tools/project_copy.ts";

/** Returns the code blocks of a Markdown text that start with a file name. */
export function filesIn(markdown: string): Map<string, string> {
  const blocks = markdown.matchAll(/^```tsx?\n\/\/ (\S+)\n([^]*?)^```/gm);
  return new Map([...blocks].map(([, path = "", code = ""]) => [path, code]));
}

/** Writes files into a copy. */
export async function writeFiles(
  { root }: Pick<ProjectCopy, "root">,
  files: Iterable<readonly [path: string, code: string]>,
): Promise<void> {
  for (const [path, code] of files) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    await Deno.mkdir(root + folder, { recursive: true });
    await Deno.writeTextFile(root + path, code);
  }
}

/** Builds a copy like the build task. */
export function buildCopy(
  project: ProjectCopy,
  env: Record<string, string> = {},
) {
  return denoIn(project, [
    "run",
    "-A",
    "--config",
    project.config,
    VITE,
    "build",
  ], {
    ...VITE_ENV,
    FRESH_WIX_CONFIG: project.config,
    ...env,
  });
}

/** Runs `deno` in a copy; returns whether it succeeded, and its output. */
export async function denoIn(
  { root }: ProjectCopy,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ success: boolean; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder();
  return { success, output: text.decode(stdout) + text.decode(stderr) };
}
