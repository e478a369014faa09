import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Resolves what the project's import map maps to source files. */
export function resolvePlugin(): Plugin {
  return {
    name: "fresh-stub:resolve",
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
