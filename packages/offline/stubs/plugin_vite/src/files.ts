import { existsSync, readdirSync } from "node:fs";
import { join, parse, relative } from "node:path";
import type { RouteFile } from "../../fresh_core/src/file_routes.ts";
import { unsupported } from "../../fresh_core/src/unsupported.ts";

/** Id of the module that answers requests. */
export const SERVER_ENTRY = "virtual:fresh-server";
/** Id of the module that hydrates islands. */
export const CLIENT_ENTRY = "fresh:client-entry";

/** One file under `routes/` and what it is. */
export interface RouteEntry
  extends Pick<RouteFile<unknown>, "file" | "folder" | "path"> {
  kind: typeof KINDS[number] | "route";
  absolute: string;
}

const KINDS = ["app", "layout", "middleware"] as const;
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
  return listModules(join(root, "islands"))
    .map((absolute) => ({ absolute, file: relative(root, absolute) }));
}

/** The files of `routes/`: special ones first, then by precedence. */
export function listRoutes(root: string): RouteEntry[] {
  return listModules(join(root, "routes"))
    .map((path) => describe(root, path))
    .sort((a, b) => rank(a) < rank(b) ? -1 : 1);
}

function listModules(folder: string): string[] {
  return listFiles(folder).filter((path) => /\.[jt]sx?$/.test(path));
}

function describe(root: string, absolute: string): RouteEntry {
  const file = relative(root, absolute);
  const { dir, name } = parse(relative("routes", file));
  const kind = KINDS.find((kind) => name === `_${kind}`) ?? "route";
  const isRefused = /[()]|\[\[/.test(file) ||
    kind === "route" && name.startsWith("_") || kind === "app" && dir;
  if (isRefused) unsupported(file);
  const folder = join("/", dir).replace(/\[(\w+)\]/g, ":$1");
  const own = name === "index" ? "" : name.replace(/\[(\w+)\]/g, ":$1")
    .replace(/^\[\.{3}(\w+)\]$/, ":$1*");
  const path = join(folder, own).replace(/(?<=.)\/$/, "");
  return { kind, absolute, file, folder, path };
}

// `~` is behind what paths are made of: literals come before parameters, and
// longer parameters before shorter ones, and what takes any path comes last.
function rank({ kind, path }: RouteEntry): string {
  return `${kind === "route" ? "~" : ""}${path.replace(/:\w+|\*/g, "~")}~`;
}
