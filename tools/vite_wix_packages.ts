/**
 * A Vite plugin that keeps the Wix packages as they are.
 *
 * On the server they are not bundled: bundlers take some of their files from
 * the CommonJS and some from the ES build, which breaks the build and makes
 * two copies of the one object that the ambient client lives in. For islands
 * their ES modules are picked.
 *
 * It also keeps server code out of islands: `lib/` knows secrets and tokens.
 *
 * @module
 */
import type { Plugin } from "vite";

/** `@wix/name`, and what follows it. */
const WIX_IMPORT = /^(@wix\/[^/]+)(\/.+)?$/;

interface ImportMap {
  readonly [name: string]: string;
}

/** Returns the plugins; put them before `fresh()`. */
export function wixPackages(): Plugin[] {
  const root = Deno.cwd();
  const imports = readImports(`${root}/deno.json`);
  return [
    nativeOnServer(imports),
    esModulesInIslands(root),
    noServerCodeInIslands(root),
  ];
}

function nativeOnServer(imports: ImportMap): Plugin {
  const names = Object.keys(imports).filter((name) => WIX_IMPORT.test(name));
  return {
    name: "wix-native-on-server",
    enforce: "pre",
    config(_config, { command }) {
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

function esModulesInIslands(root: string): Plugin {
  return {
    name: "wix-es-modules-in-islands",
    enforce: "pre",
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

function noServerCodeInIslands(root: string): Plugin {
  return {
    name: "no-server-code-in-islands",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    transform(_code, id) {
      // Other plugins put marks of their own in front of the path.
      const [, file] = id.split(`${root}/lib/`);
      if (file === undefined) return;
      this.error(
        `lib/${file} is server code and an island imports it: pass what the ` +
          "island needs as props, or fetch it from a route",
      );
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
