import type { Plugin } from "vite";
import { buildApp } from "./build.ts";
import { core } from "./entries.ts";
import { CLIENT_ENTRY, listIslands, SERVER_ENTRY } from "./files.ts";

// Known beforehand, or Vite finds them late and reloads the first page.
const CLIENT_PACKAGES = `@preact/signals devalue preact preact-root-fragment
  preact/hooks preact/jsx-runtime`.split(/\s+/);

/** Files that editors and Vite make for a moment. */
const IGNORED = "*.tmp.* *.timestamp-* *~ .#* *.swp *.swo".split(" ")
  .map((name) => `**/${name}`);

/** Configures dev server and builds. */
export function configPlugin(buildId: string): Plugin {
  return {
    name: "fresh-stub:config",
    config: ({ root = Deno.cwd() }, { command, mode }) => ({
      appType: "custom",
      publicDir: "static",
      cacheDir: "node_modules/.vite",
      server: { fs: { allow: [root, core("")] }, watch: { ignored: IGNORED } },
      define: {
        FRESH_BUILD_ID: JSON.stringify(buildId),
        "process.env.NODE_ENV": JSON.stringify(mode),
      },
      esbuild: { jsx: "automatic", jsxImportSource: "preact", jsxDev: false },
      resolve: { dedupe: ["preact", "@preact/signals"] },
      builder: { buildApp: (builder) => buildApp(builder, root, buildId) },
      environments: {
        client: {
          build: {
            outDir: "_fresh/client",
            manifest: true,
            rollupOptions: {
              // boot() and the components are imported by the pages.
              preserveEntrySignatures: "exports-only",
              input: {
                "client-entry": CLIENT_ENTRY,
                ...Object.fromEntries(
                  listIslands(root).map((file) => [
                    file.replace(/\.\w+$/, "").replaceAll("/", "_"),
                    `/${file}`,
                  ]),
                ),
              },
            },
          },
          optimizeDeps: {
            entries: ["islands/**/*.{ts,tsx,js,jsx}"],
            include: CLIENT_PACKAGES,
          },
        },
        ssr: {
          build: {
            outDir: "_fresh/server",
            copyPublicDir: false,
            emitAssets: true,
            manifest: true,
            target: "esnext",
            rollupOptions: {
              input: { "server-entry": SERVER_ENTRY },
              output: {
                entryFileNames: "[name].mjs",
                chunkFileNames: "assets/[name]-[hash].mjs",
              },
            },
          },
          resolve: command === "build" ? { noExternal: true } : {},
        },
      },
    }),
  };
}
