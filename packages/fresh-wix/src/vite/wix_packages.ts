// Bundles the Wix packages. On the server Vite leaves them external: it would
// mix their CommonJS and ES files, and so duplicate the object that holds the
// SDK's client. esbuild bundles them afterwards, so that the app starts without
// looking up packages. For islands we replace that object, so that their calls
// go to the gateway.

import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import type { Plugin } from "vite";

/** `@wix/name`, and what follows it; JSR writes `npm:@wix/name@^1.0.0`. */
const WIX_IMPORT = /^(?:npm:\/?)?(@wix\/[^/@]+)(?:@[^/]+)?(\/.+)?$/;
const NPM_WIX_IMPORTS = /(["'])npm:\/?(@wix\/[^/@"']+)(?:@[^/"']+)?/g;

/** Packages of npm that this package imports, one copy of each for an app. */
const OWN_PACKAGES = [
  "@opentelemetry/api",
  "@wix/essentials",
  "@wix/members",
  "@wix/redirects",
  "@wix/sdk",
  "jose",
  "lru-cache",
  "preact",
  "valibot",
];

/** The SDK's module for its clients, and its replacement in browsers. */
const SDK_CONTEXT = "@wix/sdk-context";
const BROWSER_CONTEXT = new URL("../browser/wix_context.ts", import.meta.url);

/** Returns the plugins. */
export function wixPackages(): Plugin[] {
  return [leftOutOnServer(), bundledAfterwards(), gatewayInIslands()];
}

function leftOutOnServer(): Plugin {
  let names: readonly string[] = [];
  return {
    name: "wix-left-out-on-server",
    enforce: "pre",
    config({ root = Deno.cwd() }, { command }) {
      names = listWixPackages(`${root}/deno.json`);
      return {
        // A package beside the app's folder would bring copies of its own.
        resolve: { dedupe: OWN_PACKAGES },
        // The dev server runs them from where they are.
        ...(command === "serve" &&
          { environments: { ssr: { resolve: { external: [...names] } } } }),
      };
    },
    applyToEnvironment: ({ name }) => name === "ssr",
    resolveId(source) {
      if (this.environment.mode !== "build") return;
      const [, name = "", subpath = ""] = WIX_IMPORT.exec(source) ?? [];
      if (names.includes(name)) return { id: name + subpath, external: true };
    },
    transform: (code) =>
      code.includes("npm:")
        ? code.replaceAll(NPM_WIX_IMPORTS, "$1$2")
        : undefined,
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
  const isFile = BROWSER_CONTEXT.protocol === "file:";
  const path = isFile ? fileURLToPath(BROWSER_CONTEXT) : BROWSER_CONTEXT.href;
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
            entries: isFile ? [path] : [],
          },
        },
      },
    }),
    configResolved(config) {
      root = config.root;
    },
    applyToEnvironment: ({ name }) => name === "client",
    async resolveId(source, importer) {
      if (source === SDK_CONTEXT) {
        return isFile ? path : await this.resolve("@fresh-wix/core/browser");
      }
      const [, name = "", subpath] = WIX_IMPORT.exec(source) ?? [];
      if (name === "" || subpath !== undefined) return;
      return await esModule(name, importer ?? "", root);
    },
  };
}

/** Returns the ES module of a package, where its manifest names one. */
async function esModule(
  name: string,
  importer: string,
  root: string,
): Promise<string | undefined> {
  let folder = importer.startsWith("/") ? importer : `${root}/main.ts`;
  while (folder !== "") {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const packageFolder = `${folder}/node_modules/${name}`;
    const text = await Deno.readTextFile(`${packageFolder}/package.json`)
      .catch(() => undefined);
    if (text === undefined) continue;
    const { browser, exports, module } = JSON.parse(text);
    const file = typeof browser === "string" ? browser : module;
    return exports || !file ? undefined : `${packageFolder}/${file}`;
  }
}

function listWixPackages(configPath: string): string[] {
  const { imports = {} } = JSON.parse(Deno.readTextFileSync(configPath));
  const names = [...Object.keys(imports), ...OWN_PACKAGES];
  return [...new Set(names)].filter((name) => WIX_IMPORT.test(name));
}
