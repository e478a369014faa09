import { execFile } from "node:child_process";
import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Plugin } from "vite";

const run = promisify(execFile);
/** What Deno prints around the reason of a failure. */
const NOISE = /^error: |\n\nStack backtrace.*/gs;

/**
 * Resolves and compiles as Deno does: by the project's import map, and on the
 * server with its `compilerOptions`. With `"jsx": "precompile"` markup becomes
 * strings, which other compilers would not show the effects of.
 */
export function denoPlugin(): Plugin {
  return {
    name: "fresh-stub:deno",
    enforce: "pre",
    resolveId(id, importer) {
      if (/^[./\0]/.test(id) || id.startsWith("file:")) return;
      if (importer?.includes("/node_modules/")) return;
      if (!isBuiltin(id)) return mapped(id);
      if (this.environment.config.consumer !== "client") return;
      this.error(
        "Node built-in modules cannot be imported in the browser. " +
          `(${id} in ${importer})`,
      );
    },
    load: {
      filter: { id: { include: /\.[jt]sx$/, exclude: /\/node_modules\// } },
      async handler(id) {
        const { consumer, root } = this.environment.config;
        if (consumer === "client") return;
        const args = ["transpile", "--no-check", "--source-map", "inline", id];
        // The config that applies is found from the folder.
        const env = { ...Deno.env.toObject(), NO_COLOR: "1" };
        const { stdout } = await run(Deno.execPath(), args, { cwd: root, env })
          .catch(({ stderr }) => this.error(stderr.replace(NOISE, "")));
        const [code = "", map = ""] = stdout
          .split("//# sourceMappingURL=data:application/json;base64,");
        return { code, map: atob(map) };
      },
    },
  };
}

// npm packages stay with Vite, which knows the conditions of each side.
function mapped(id: string): string | undefined {
  try {
    const url = import.meta.resolve(id);
    const isSource = url.startsWith("file:") && !url.includes("/node_modules/");
    return isSource ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
