/**
 * A Vite plugin that keeps the Wix packages as they are.
 *
 * On the server they are not bundled: bundlers take some of their files from
 * the CommonJS and some from the ES build, which breaks the build and makes
 * two copies of the one object that the ambient client lives in. For islands
 * their ES modules are picked.
 *
 * It also keeps server code out of islands: what they are made of is listed.
 *
 * @module
 */
import { realpathSync } from "node:fs";
import { posix } from "node:path";
import type { Plugin } from "vite";

/**
 * Folders (with a slash at the end) and files of this repository that may go
 * to browsers. Everything else may know secrets and tokens: a module of `lib/`
 * that is for both sides has to be named here.
 */
const CLIENT_CODE = [
  "components/",
  "islands/",
  "client.ts",
  "node_modules/",
  // The client of the stand-in for Fresh.
  "offline/fresh_core/",
];

/** By name, as `npm:` specifier, or as a file of it. */
const ELEVATING_PACKAGE = /(?:^|[/:])@wix\/essentials(?:[@/]|$)/;

/** `@wix/name`, and what follows it. */
const WIX_IMPORT = /^(@wix\/[^/]+)(\/.+)?$/;

interface ImportMap {
  readonly [name: string]: string;
}

/** Returns the plugins; put them before `fresh()`. */
export function wixPackages(): Plugin[] {
  return [
    noServerCodeInIslands(),
    nativeOnServer(),
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

function noServerCodeInIslands(): Plugin {
  let roots: string[] = [];
  return {
    name: "no-server-code-in-islands",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    configResolved({ root }) {
      // Vite names modules by where they really are.
      roots = [root, realpathSync(root)];
    },
    resolveId(source) {
      const problem = serverCodeProblem(source, roots);
      if (problem !== undefined) this.error(problem);
    },
    transform(_code, id) {
      const problem = serverCodeProblem(id, roots);
      if (problem !== undefined) this.error(problem);
    },
  };
}

/**
 * Returns why a module may not go to browsers, `undefined` when it may.
 *
 * @param id As an import names it, or as Vite does: a path that other plugins
 * may have put marks in front of, and a query behind.
 * @param roots Folder of the project, by each of its names.
 */
export function serverCodeProblem(
  id: string,
  roots: readonly string[],
): string | undefined {
  const path = withSlashes(id).replace(/[?#].*$/s, "");
  if (ELEVATING_PACKAGE.test(path)) {
    return "@wix/essentials elevates calls, which only the server may, and an " +
      "island imports it: make the call in a route, and fetch that";
  }
  for (const root of roots) {
    const folder = `${withSlashes(root).replace(/\/$/, "")}/`;
    // Windows writes one drive in two ways.
    const at = path.toLowerCase().indexOf(folder.toLowerCase());
    if (at < 0) continue;
    const file = posix.normalize(path.slice(at + folder.length));
    const isClientCode = CLIENT_CODE.some((allowed) =>
      allowed.endsWith("/") ? file.startsWith(allowed) : file === allowed
    );
    if (!isClientCode) {
      return `${file} is server code and an island imports it: pass what the ` +
        "island needs as props, or fetch it from a route (code for both " +
        "sides: name it in CLIENT_CODE of tools/vite_wix_packages.ts)";
    }
  }
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
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
