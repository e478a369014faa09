import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import type { Plugin, UserConfig } from "vite";
import { CLIENT_ENTRY, core, listIslands, SERVER_ENTRY } from "./entries.ts";
import { listRoutes } from "./files.ts";

// Known beforehand, or Vite finds them late and reloads the first page.
const CLIENT_PACKAGES = [
  "@preact/signals",
  "devalue",
  "preact",
  "preact-root-fragment",
  "preact/hooks",
  "preact/jsx-runtime",
];

/** Configures the two builds: browser first, as the server refers to it. */
export function configPlugin(buildId: string): Plugin {
  return {
    name: "fresh-offline:config",
    config(user, { command, mode }): UserConfig {
      const root = user.root ?? process.cwd();
      const isBuild = command === "build";
      return {
        appType: "custom",
        publicDir: "static",
        cacheDir: "node_modules/.vite",
        server: { fs: { allow: [root, core("")] } },
        define: {
          FRESH_BUILD_ID: JSON.stringify(buildId),
          "process.env.NODE_ENV": JSON.stringify(mode),
        },
        esbuild: { jsx: "automatic", jsxImportSource: "preact", jsxDev: false },
        resolve: { dedupe: ["preact", "@preact/signals"] },
        builder: {
          async buildApp({ build, environments }) {
            const { client, ssr } = environments;
            if (!client || !ssr) throw new Error("Vite has no environments");
            rmSync(join(root, "_fresh"), { recursive: true, force: true });
            listRoutes(root);
            await build(client);
            await build(ssr);
            writeFileSync(
              join(root, "_fresh/server.js"),
              `export { default } from "./server/server-entry.mjs";\n`,
            );
          },
        },
        environments: {
          client: {
            build: {
              outDir: "_fresh/client",
              manifest: true,
              rollupOptions: {
                // boot() and the components are imported by the pages.
                preserveEntrySignatures: "exports-only",
                input: { "client-entry": CLIENT_ENTRY, ...islandInputs(root) },
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
              target: "esnext",
              rollupOptions: {
                input: { "server-entry": SERVER_ENTRY },
                output: {
                  entryFileNames: "[name].mjs",
                  chunkFileNames: "assets/[name]-[hash].mjs",
                },
              },
            },
            ...(isBuild ? { resolve: { noExternal: true as const } } : {}),
          },
        },
      };
    },
  };
}

/** Identifies what is built, so that browsers may keep its assets. */
export function findBuildId(): string {
  const { DENO_DEPLOYMENT_ID, DENO_DEPLOY_BUILD_ID } = process.env;
  const { GITHUB_SHA, CI_COMMIT_SHA } = process.env;
  return DENO_DEPLOYMENT_ID ?? DENO_DEPLOY_BUILD_ID ?? GITHUB_SHA ??
    CI_COMMIT_SHA ?? gitHead();
}

function islandInputs(root: string): Record<string, string> {
  return Object.fromEntries(
    listIslands(root).map((path) => {
      const name = relative(join(root, "islands"), path);
      return [`island-${name.replace(/\W+/g, "_")}`, path];
    }),
  );
}

function gitHead(): string {
  try {
    const options = { encoding: "utf8", stdio: "pipe" } as const;
    return execFileSync("git", ["rev-parse", "HEAD"], options).trim();
  } catch {
    return "";
  }
}
