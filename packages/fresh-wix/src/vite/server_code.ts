// Code that may not be sent to browsers. The build rejects it, and the linter
// reports it in the editor.

import { realpathSync } from "node:fs";
import { posix } from "node:path";
import type { Plugin } from "vite";

/** A project, as far as its code may go to browsers. */
export interface Project {
  /** Its folder, by each of its names. */
  readonly roots: readonly string[];
  /** See `WixPluginOptions`. */
  readonly clientCode: readonly string[] | undefined;
}

/** Exports of this package for browsers, and the files behind them. */
const BROWSER_EXPORTS = ["/browser", "/errors"];
const BROWSER_FILES = [
  "src/browser/",
  "src/errors.ts",
  "src/http/decode.ts",
  "src/wix/api_url.ts",
  "src/wix/wix_error.ts",
];

/** This package by name, with its subpath. */
const OWN_NAME = /^(?:jsr:\/?)?@fresh-wix\/core(?:@[^/]+)?(\/.*)?$/;

/** The folder of this package: a path, or a URL without its protocol. */
const OWN_FOLDER = withSlashes(
  decodeURI(new URL("../../", import.meta.url).pathname),
).replace(/^\/(?=[a-z]:)/i, "");

/** Each by name, as `npm:` specifier, or as a file of it. */
const ELEVATING_PACKAGE =
  /(?:^|[/:])(@wix\/essentials|@wix\/sdk(?:@[^/]+)?\/context)(?:[@/]|$)/;

/** Settings that are secret; islands have no settings, but names end up there. */
const SECRET = /\b(?:SESSION_SECRET|WIX_API_KEY|WIX_CLIENT_SECRET)\b/;

/**
 * Returns why a module may not be sent to browsers, `undefined` if it may.
 * @param id As an import names it, or as Vite does: with marks of other plugins
 * in front, and a query behind.
 */
export function serverCodeProblem(
  id: string,
  { roots, clientCode }: Project,
): string | undefined {
  const path = withSlashes(id).replace(/[?#].*$/s, "");
  const [, elevating] = ELEVATING_PACKAGE.exec(path) ?? [];
  if (elevating !== undefined) {
    return `${elevating} elevates calls, which only the server may, and an ` +
      "island imports it: make the call in a route and fetch its result";
  }
  const [name, subpath = ""] = OWN_NAME.exec(path) ?? [];
  if (name !== undefined) {
    return BROWSER_EXPORTS.includes(subpath) ? undefined : ownProblem(name);
  }
  const ownFile = fileBelow(OWN_FOLDER, path);
  if (ownFile !== undefined) {
    return isListed(ownFile, BROWSER_FILES)
      ? undefined
      : ownProblem(`@fresh-wix/core's ${ownFile}`);
  }
  if (clientCode === undefined) return undefined;
  for (const root of roots) {
    const file = fileBelow(`${withSlashes(root).replace(/\/$/, "")}/`, path);
    if (file === undefined || file.startsWith("node_modules/")) continue;
    if (!isListed(file, clientCode)) {
      return `${file} is server code and an island imports it: pass the ` +
        "data as props, or fetch it from a route (if both sides need the code, " +
        "add it to tools/client_code.ts or to wix()'s clientCode)";
    }
  }
}

function ownProblem(what: string): string {
  return `${what} is server code and an island imports it: islands may import ` +
    "@fresh-wix/core/errors only";
}

/** Returns the path of a file from a folder, `undefined` for one elsewhere. */
function fileBelow(folder: string, path: string): string | undefined {
  // Windows writes one drive in two ways.
  const at = path.toLowerCase().indexOf(folder.toLowerCase());
  return at < 0 ? undefined : posix.normalize(path.slice(at + folder.length));
}

function isListed(file: string, list: readonly string[]): boolean {
  return list.some((allowed) =>
    allowed.endsWith("/") ? file.startsWith(allowed) : file === allowed
  );
}

/** Returns where code for browsers names a secret, and the problem. */
export function findSecretName(
  code: string,
): { index: number; length: number; problem: string } | undefined {
  const match = SECRET.exec(code);
  if (match === null) return undefined;
  const [name] = match;
  const problem = `${name} is a secret and an island names it: use it in a ` +
    "route, and return only public data to the island";
  return { index: match.index, length: name.length, problem };
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

/** How a module names a file that is to be part of the build. */
const FILE_URL = /\bnew\s+URL\s*\(\s*(["'`])(.+?)\1\s*,\s*import\.meta\.url\b/g;

/** Fails a build that would send server code to browsers. */
export function noServerCodeInIslands(
  clientCode: readonly string[] | undefined,
): Plugin {
  let project: Project = { roots: [], clientCode };
  return {
    name: "no-server-code-in-islands",
    enforce: "pre",
    // Workers are built apart, without the other plugins.
    config: () => ({
      worker: { plugins: () => [noServerCodeInIslands(clientCode)] },
    }),
    applyToEnvironment: ({ name }) => name === "client",
    configResolved({ root }) {
      // Vite names modules by where they really are.
      project = { roots: [root, realpathSync(root)], clientCode };
    },
    // Here, an error can name the importer.
    async resolveId(source, importer) {
      const path = (await this.resolve(source, importer))?.id ?? "";
      const problem = serverCodeProblem(source, project) ??
        serverCodeProblem(path, project);
      if (problem) this.error(`${problem}\nimported by ${importer ?? "Vite"}`);
    },
    async transform(code, id) {
      const problem = serverCodeProblem(id, project) ??
        findSecretName(code)?.problem;
      if (problem !== undefined) this.error(problem);
      for (const [, , file = ""] of code.matchAll(FILE_URL)) {
        const { id: path = file } = await this.resolve(file, id) ?? {};
        const problem = serverCodeProblem(path, project);
        if (problem !== undefined) this.error(problem);
      }
    },
  };
}
