/**
 * Fails a build that would send server code to browsers.
 *
 * @module
 */
import { realpathSync } from "node:fs";
import type { Plugin } from "vite";
import {
  findSecretName,
  type Project,
  serverCodeProblem,
} from "./server_code.ts";

/** How a module names a file that is to be part of the build. */
const FILE_URL = /\bnew\s+URL\s*\(\s*(["'`])(.+?)\1\s*,\s*import\.meta\.url\b/g;

/**
 * Returns the plugin.
 *
 * @param clientCode See `WixPluginOptions`.
 */
export function noServerCodeInIslands(
  clientCode: readonly string[] | undefined,
): Plugin {
  let project: Project = { roots: [], clientCode };
  return {
    name: "no-server-code-in-islands",
    enforce: "pre",
    // Workers are built apart, without the other plugins.
    config: () => ({
      worker: { plugins: () => [noServerCodeInIslands(clientCode)] },
    }),
    applyToEnvironment: ({ name }) => name === "client",
    configResolved({ root }) {
      // Vite names modules by where they really are.
      project = { roots: [root, realpathSync(root)], clientCode };
    },
    resolveId(source) {
      const problem = serverCodeProblem(source, project);
      if (problem !== undefined) this.error(problem);
    },
    async transform(code, id) {
      const problem = serverCodeProblem(id, project) ??
        findSecretName(code)?.problem;
      if (problem !== undefined) this.error(problem);
      for (const [, , file = ""] of code.matchAll(FILE_URL)) {
        const { id: path = file } = await this.resolve(file, id) ?? {};
        const problem = serverCodeProblem(path, project);
        if (problem !== undefined) this.error(problem);
      }
    },
  };
}
