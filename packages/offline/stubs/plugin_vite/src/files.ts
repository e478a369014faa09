import { existsSync, readdirSync } from "node:fs";
import { join, parse, relative } from "node:path";

/** Id of the module that handles requests. */
export const SERVER_ENTRY = "virtual:fresh-server";
/** Id of the module that hydrates islands. */
export const CLIENT_ENTRY = "fresh:client-entry";

/** One file under `routes/` and what it is. */
export type RouteEntry = ReturnType<typeof describe>;

const KINDS = new Map([
  ["_404", "notFound"],
  ["_500", "error"],
  ["_app", "app"],
  ["_error", "error"],
  ["_layout", "layout"],
  ["_middleware", "middleware"],
]);
const TEST = /[._]test\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Every file of `folder` in `root` except tests, sorted; `folder` is kept. */
export function listFiles(root: string, folder: string): string[] {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map(({ name, parentPath }) => relative(root, join(parentPath, name)))
    .sort();
}

/** The island modules of a project. */
export function listIslands(root: string): string[] {
  return [...listModules(root, "islands"), ...listModules(root, "routes")]
    .filter((file) => /^islands\/|\/\(_islands\)\//.test(file));
}

/** The files of `routes/`: special ones first, then by precedence. */
export function listRoutes(root: string): RouteEntry[] {
  return listModules(root, "routes")
    .filter((file) => !file.includes("/(_"))
    .map(describe)
    .sort((a, b) => rank(a) < rank(b) ? -1 : 1);
}

function listModules(root: string, folder: string): string[] {
  return listFiles(root, folder).filter((file) => /\.[jt]sx?$/.test(file));
}

/** Where real Fresh does what no author can want, or leaves pages unguarded. */
const REFUSED: [RegExp, string][] = [
  [/^routes\/.*\/_(app|404)\./, "belongs directly into routes/"],
  [/\/_(?!(404|500|app|error|layout|middleware)\.)[^/]*$/, "would be public"],
  [/[^/]_app\.\w+$/, "no _middleware would guard it: rename it"],
  [/\]\[\w|[^/]\[\[|\]\][^/.]/, "is an invalid pattern"],
];

function describe(file: string) {
  const why = REFUSED.find(([pattern]) => pattern.test(file))?.[1];
  if (why) throw new Error(`${file} ${why}`);
  const { dir, name } = parse(relative("routes", file));
  const kind = KINDS.get(name) ?? "route";
  const folder = `/${patternOf(dir)}`;
  const own = name === "index" ? "" : patternOf(name);
  const path = join(folder.replace(/\/\([^/]*\)/g, "") || "/", own);
  return { kind, file, folder, path: path.replace(/(?<=.)\/$/, "") };
}

function patternOf(path: string): string {
  return path.replace(/\[\.{3}(\w+)\]/g, ":$1*")
    .replace(/\[\[(\w+)\]\]/g, ":$1?")
    .replace(/\[(\w+)\]/g, ":$1");
}

// `~` is behind what paths are made of: literals come before parameters, and
// longer parameters before shorter ones, and what takes any path comes last.
function rank({ file, kind, path }: RouteEntry): string {
  const end = /\bindex\.\w+$/.test(file) ? "" : "~";
  return (kind === "route" ? "~" : "") + path.replace(/:\w+|\*/g, "~") + end;
}
