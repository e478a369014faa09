/**
 * A Vite plugin that keeps the Wix packages as they are.
 *
 * On the server Vite leaves them out: it takes some of their files from the
 * CommonJS and some from the ES build, which breaks the build and makes two
 * copies of the one object that the ambient client lives in. esbuild, which
 * reads both alike, puts them in afterwards: an app without packages to look up
 * starts several times as fast. For islands their ES modules are picked, and
 * that object is ours, which sends their calls to the gateway.
 *
 * It also keeps server code out of islands: what they are made of is listed.
 *
 * @module
 */
import { realpathSync } from "node:fs";
import { build as bundle } from "esbuild";
import type { Plugin } from "vite";
import { findSecretName, serverCodeProblem } from "./server_code.ts";

/** `@wix/name`, and what follows it. */
const WIX_IMPORT = /^(@wix\/[^/]+)(\/.+)?$/;

/** Where the SDK keeps its clients, and what stands there in browsers. */
const SDK_CONTEXT = "@wix/sdk-context";
const BROWSER_CONTEXT = "packages/fresh-wix/src/browser/wix_context.ts";

/** Returns the plugins; put them before `fresh()`. */
export function wixPackages(): Plugin[] {
  return [
    noServerCodeInIslands(),
    leftOutOnServer(),
    bundledAfterwards(),
    gatewayInIslands(),
    esModulesInIslands(),
  ];
}

function leftOutOnServer(): Plugin {
  let names: readonly string[] = [];
  return {
    name: "wix-left-out-on-server",
    enforce: "pre",
    config({ root = Deno.cwd() }, { command }) {
      names = wixPackagesOf(`${root}/deno.json`);
      // The dev server runs them from where they are.
      return command === "serve"
        ? { environments: { ssr: { resolve: { external: [...names] } } } }
        : undefined;
    },
    applyToEnvironment: ({ name }) => name === "ssr",
    resolveId(source) {
      if (this.environment.mode !== "build") return;
      const [, name = ""] = WIX_IMPORT.exec(source) ?? [];
      if (names.includes(name)) return { id: source, external: true };
    },
  };
}

function bundledAfterwards(): Plugin {
  return {
    name: "wix-bundled-afterwards",
    apply: "build",
    buildApp: {
      order: "post",
      async handler({ config: { root }, environments: { ssr } }) {
        const folder = `${root}/${ssr?.config.build.outDir}`;
        await bundle({
          entryPoints: [`${folder}/server-entry.mjs`],
          outdir: folder,
          allowOverwrite: true,
          bundle: true,
          splitting: true,
          format: "esm",
          platform: "node",
          target: "esnext",
          mainFields: ["module", "main"],
          // Beside the entry: the app finds its files from where its code is.
          chunkNames: "[name]-[hash]",
          outExtension: { ".js": ".mjs" },
          logLevel: "warning",
          logOverride: { "ignored-bare-import": "silent" },
        });
        await Deno.remove(`${folder}/assets`, { recursive: true });
      },
    },
  };
}

function gatewayInIslands(): Plugin {
  let root = "";
  return {
    name: "wix-gateway-in-islands",
    enforce: "pre",
    config: () => ({
      environments: {
        client: {
          optimizeDeps: {
            // The dev server bundles packages without asking plugins.
            exclude: [SDK_CONTEXT],
            // What it imports is known beforehand, or the first page is
            // loaded twice.
            entries: [BROWSER_CONTEXT],
          },
        },
      },
    }),
    configResolved(config) {
      root = config.root;
    },
    applyToEnvironment: ({ name }) => name === "client",
    resolveId(source) {
      if (source === SDK_CONTEXT) return `${root}/${BROWSER_CONTEXT}`;
    },
  };
}

function esModulesInIslands(): Plugin {
  let root = "";
  return {
    name: "wix-es-modules-in-islands",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
    },
    applyToEnvironment: ({ name }) => name === "client",
    async resolveId(source, importer) {
      const [, name = "", subpath] = WIX_IMPORT.exec(source) ?? [];
      if (name === "" || subpath !== undefined) return;
      const manifest = await findManifest(name, importer, root);
      if (manifest === undefined || manifest.fields.exports) return;
      const { browser, module } = manifest.fields;
      const file = typeof browser === "string" ? browser : module;
      if (typeof file === "string") return `${manifest.folder}/${file}`;
    },
  };
}

/** How a module names a file that is to be part of the build. */
const FILE_URL = /\bnew\s+URL\s*\(\s*(["'`])(.+?)\1\s*,\s*import\.meta\.url\b/g;

function noServerCodeInIslands(): Plugin {
  let roots: string[] = [];
  return {
    name: "no-server-code-in-islands",
    enforce: "pre",
    // Workers are built apart, without the other plugins.
    config: () => ({ worker: { plugins: () => [noServerCodeInIslands()] } }),
    applyToEnvironment: ({ name }) => name === "client",
    configResolved({ root }) {
      // Vite names modules by where they really are.
      roots = [root, realpathSync(root)];
    },
    resolveId(source) {
      const problem = serverCodeProblem(source, roots);
      if (problem !== undefined) this.error(problem);
    },
    async transform(code, id) {
      const problem = serverCodeProblem(id, roots) ??
        findSecretName(code)?.problem;
      if (problem !== undefined) this.error(problem);
      for (const [, , file = ""] of code.matchAll(FILE_URL)) {
        const { id: path = file } = await this.resolve(file, id) ?? {};
        const problem = serverCodeProblem(path, roots);
        if (problem !== undefined) this.error(problem);
      }
    },
  };
}

function wixPackagesOf(configPath: string): string[] {
  const { imports = {} } = JSON.parse(Deno.readTextFileSync(configPath));
  return Object.keys(imports).filter((name) => WIX_IMPORT.test(name));
}

async function findManifest(
  name: string,
  importer: string | undefined,
  root: string,
) {
  let folder = importer?.startsWith("/") ? importer : `${root}/main.ts`;
  while (folder !== "") {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const packageFolder = `${folder}/node_modules/${name}`;
    const text = await Deno.readTextFile(`${packageFolder}/package.json`)
      .catch(() => undefined);
    if (text !== undefined) {
      const fields: Record<string, unknown> = JSON.parse(text);
      return { folder: packageFolder, fields };
    }
  }
}
