import type { Plugin } from "vite";

/** The first Deno 2 that has `deno transpile`. */
const OLDEST_MINOR = 8;

/**
 * Compiles JSX of the server as Deno itself does, by the `compilerOptions` of
 * the project's deno.json: with `"jsx": "precompile"` markup becomes strings,
 * which other compilers would not show the effects of.
 */
export function jsxPlugin(): Plugin {
  const [major = 0, minor = 0] = Deno.version.deno.split(".").map(Number);
  if (major === 2 && minor < OLDEST_MINOR) {
    throw new Error(
      `The stubs need Deno 2.${OLDEST_MINOR} or later to compile JSX; ` +
        `this is ${Deno.version.deno}: run "deno upgrade", or use the real ` +
        "packages (deno task <task> --jsr)",
    );
  }
  return {
    name: "fresh-stub:jsx",
    enforce: "pre",
    applyToEnvironment: ({ config }) => config.consumer === "server",
    load: {
      filter: { id: { include: /\.[jt]sx$/, exclude: /\/node_modules\// } },
      async handler(id) {
        const { success, stdout, stderr } = await new Deno.Command(
          Deno.execPath(),
          {
            // The config that applies is found from this folder.
            cwd: this.environment.config.root,
            args: ["transpile", "--no-check", "--source-map", "inline", id],
            env: { NO_COLOR: "1" },
          },
        ).output();
        const decoder = new TextDecoder();
        if (!success) this.error(reason(decoder.decode(stderr)));
        const [code = "", map = ""] = decoder.decode(stdout)
          .split("//# sourceMappingURL=data:application/json;base64,");
        return { code, map: atob(map) };
      },
    },
  };
}

function reason(printed: string): string {
  return /(?<=error: ).*?(?=\n\nStack backtrace|$)/s.exec(printed)?.[0] ??
    printed;
}
