import { existsSync, readdirSync } from "node:fs";
import { join, parse, relative } from "node:path";
import type { RouteFile } from "../../fresh_core/src/file_routes.ts";

/** Id of the module that handles requests. */
export const SERVER_ENTRY = "virtual:fresh-server";
/** Id of the module that hydrates islands. */
export const CLIENT_ENTRY = "fresh:client-entry";

/** One file under `routes/` and what it is. */
export interface RouteEntry
  extends Pick<RouteFile<unknown>, "file" | "folder" | "path"> {
  kind: typeof KINDS[keyof typeof KINDS] | "route";
  absolute: string;
}

const KINDS = {
  _404: "notFound",
  _500: "error",
  _app: "app",
  _error: "error",
  _layout: "layout",
  _middleware: "middleware",
} as const;
const TEST = /[._]test\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Every file below `folder` except tests, sorted. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The island modules of a project. */
export function listIslands(root: string) {
  const inRoutes = listModules(join(root, "routes"))
    .filter((path) => path.includes("/(_islands)/"));
  return [...listModules(join(root, "islands")), ...inRoutes]
    .map((absolute) => ({ absolute, file: relative(root, absolute) }));
}

/** The files of `routes/`: special ones first, then by precedence. */
export function listRoutes(root: string): RouteEntry[] {
  return listModules(join(root, "routes"))
    .filter((path) => !path.includes("/(_"))
    .map((path) => describe(root, path))
    .sort((a, b) => rank(a) < rank(b) ? -1 : 1);
}

function listModules(folder: string): string[] {
  return listFiles(folder).filter((path) => /\.[jt]sx?$/.test(path));
}

/** Where real Fresh does what no author can want, or leaves pages unguarded. */
const REFUSED: [RegExp, string][] = [
  [/^routes\/.*\/_(app|404)\./, "belongs directly into routes/"],
  [/\/_(?!(404|500|app|error|layout|middleware)\.)[^/]*$/, "would be public"],
  [/[^/]_app\.\w+$/, "no _middleware would guard it: rename it"],
  [/\]\[\w|[^/]\[\[|\]\][^/.]/, "is an invalid pattern"],
];

function describe(root: string, absolute: string): RouteEntry {
  const file = relative(root, absolute);
  const why = REFUSED.find(([pattern]) => pattern.test(file))?.[1];
  if (why) throw new Error(`${file} ${why}`);
  const { dir, name } = parse(relative("routes", file));
  const kind = Object.hasOwn(KINDS, name)
    ? KINDS[name as keyof typeof KINDS]
    : "route";
  const folder = `/${patternOf(dir)}`;
  const own = name === "index" ? "" : patternOf(name);
  const path = join(folder.replace(/\/\([^/]*\)/g, "") || "/", own);
  return { kind, absolute, file, folder, path: path.replace(/(?<=.)\/$/, "") };
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
