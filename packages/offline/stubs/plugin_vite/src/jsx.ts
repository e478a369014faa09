import type { Plugin } from "vite";

/**
 * Compiles JSX of the server as Deno itself does, by the `compilerOptions` of
 * the project's deno.json: with `"jsx": "precompile"` markup becomes strings,
 * which other compilers would not show the effects of.
 */
export function jsxPlugin(): Plugin {
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
