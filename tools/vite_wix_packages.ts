/**
 * A Vite plugin that keeps the Wix packages as they are.
 *
 * On the server they are not bundled: bundlers take some of their files from
 * the CommonJS and some from the ES build, which breaks the build and makes
 * two copies of the one object that the ambient client lives in. For islands
 * their ES modules are picked, and that object is ours, which sends their calls
 * to the gateway.
 *
 * It also keeps server code out of islands: what they are made of is listed.
 *
 * @module
 */
import { realpathSync } from "node:fs";
import type { Plugin } from "vite";
import { findSecretName, serverCodeProblem } from "./server_code.ts";

/** `@wix/name`, and what follows it. */
const WIX_IMPORT = /^(@wix\/[^/]+)(\/.+)?$/;

interface ImportMap {
  readonly [name: string]: string;
}

/** Where the SDK keeps its clients, and what stands there in browsers. */
const SDK_CONTEXT = "@wix/sdk-context";
const BROWSER_CONTEXT = "lib/browser/wix_context.ts";

/** Returns the plugins; put them before `fresh()`. */
export function wixPackages(): Plugin[] {
  return [
    noServerCodeInIslands(),
    nativeOnServer(),
    gatewayInIslands(),
    esModulesInIslands(),
  ];
}

function nativeOnServer(): Plugin {
  let imports: ImportMap = {};
  return {
    name: "wix-native-on-server",
    enforce: "pre",
    config({ root = Deno.cwd() }, { command }) {
      imports = readImports(`${root}/deno.json`);
      const names = Object.keys(imports).filter((name) =>
        WIX_IMPORT.test(name)
      );
      // The dev server cannot load an `npm:` id; there the names suffice.
      return command === "serve"
        ? { environments: { ssr: { resolve: { external: names } } } }
        : undefined;
    },
    resolveId(source) {
      if (this.environment.name !== "ssr") return;
      if (this.environment.mode !== "build") return;
      const [, name = "", subpath = ""] = WIX_IMPORT.exec(source) ?? [];
      const specifier = imports[name];
      if (specifier === undefined) return;
      return { id: specifier + subpath, external: true };
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

function readImports(path: string): ImportMap {
  const { imports } = JSON.parse(Deno.readTextFileSync(path));
  return imports ?? {};
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
