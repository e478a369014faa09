import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/** One file under `routes/` and what it is. */
export interface RouteEntry {
  kind: "app" | "error" | "layout" | "middleware" | "route";
  /** Absolute path. */
  path: string;
  /** Path from the project's root, for messages. */
  file: string;
  /** Pattern of the folder, `""` at the root. */
  folder: string;
  /** Pattern of the URL; `""` unless a route. */
  pattern: string;
}

const KINDS = new Map<string, RouteEntry["kind"]>([
  ["_app", "app"],
  ["_error", "error"],
  ["_layout", "layout"],
  ["_middleware", "middleware"],
]);
const MODULE = /\.[jt]sx?$/;
const TEST = /[._]test\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Every file below `folder`, sorted; none if there is no such folder. */
export function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !TEST.test(path))
      .sort();
  } catch {
    return [];
  }
}

/** The modules below `folder`, tests left out. */
export function listModules(folder: string): string[] {
  return listFiles(folder).filter((path) => MODULE.test(path));
}

/** The files of `routes/`, special files first, in order of precedence. */
export function listRoutes(root: string): RouteEntry[] {
  return listModules(join(root, "routes"))
    .map((path) => describe(root, path))
    .sort((a, b) =>
      Number(a.kind === "route") - Number(b.kind === "route") ||
      comparePatterns(a.pattern, b.pattern)
    );
}

function describe(root: string, path: string): RouteEntry {
  const file = relative(root, path);
  const name = basename(path).replace(MODULE, "");
  const folder = dirname(relative("routes", file));
  const kind = KINDS.get(name) ?? "route";
  if (/[()]|\[\[|\[\.\.\./.test(file)) refuse(file, "(group), [[x]], [...x]");
  if (kind === "route" && name.startsWith("_")) refuse(file, `"${name}"`);
  if (kind === "app" && folder !== ".") refuse(file, "_app in a folder");
  return {
    ...{ kind, path, file },
    folder: folder === "." ? "" : toPattern(folder),
    pattern: kind === "route" ? routePattern(folder, name) : "",
  };
}

function routePattern(folder: string, name: string): string {
  const parts = [folder, name].filter((part) =>
    part !== "." && part !== "index"
  );
  return "/" + toPattern(parts.join("/"));
}

function toPattern(path: string): string {
  return path.replace(/\[(\w+)\]/g, ":$1");
}

// Literals before parameters, longer parameters before shorter ones.
function comparePatterns(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? "";
    if (part === other) continue;
    const isParam = Number(part.includes(":")) - Number(other.includes(":"));
    return isParam || other.length - part.length || (part < other ? -1 : 1);
  }
  return left.length - right.length;
}

function refuse(file: string, what: string): never {
  throw new Error(
    `${file}: ${what} is not in the offline stand-in of fresh: ` +
      "use the real package (deno task <task> --jsr)",
  );
}
