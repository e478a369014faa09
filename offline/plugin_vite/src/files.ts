import { existsSync, readdirSync } from "node:fs";
import { join, parse, relative } from "node:path";

/** One file under `routes/` and what it is. */
export interface RouteEntry {
  kind: typeof KINDS[number] | "route";
  absolute: string;
  /** Path from the project's root. */
  file: string;
  /** Pattern of the folder, `""` at the root. */
  folder: string;
  /** Pattern of the URL. */
  path: string;
}

const KINDS = ["app", "error", "layout", "middleware"] as const;
const TEST = /[._]test\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Every file below `folder` except tests, sorted. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The modules below `folder`. */
export function listModules(folder: string): string[] {
  return listFiles(folder).filter((path) => /\.[jt]sx?$/.test(path));
}

/** The files of `routes/`: special ones first, then by precedence. */
export function listRoutes(root: string): RouteEntry[] {
  if (existsSync(join(root, "client.ts"))) refuse("client.ts", "it");
  const entries = listModules(join(root, "routes"))
    .map((path) => describe(root, path))
    .sort((a, b) => comparePatterns(a.path, b.path));
  const isRoute = ({ kind }: RouteEntry) => kind === "route";
  return [...entries.filter((e) => !isRoute(e)), ...entries.filter(isRoute)];
}

function describe(root: string, absolute: string): RouteEntry {
  const file = relative(root, absolute);
  const { dir, name } = parse(relative("routes", file));
  const kind = KINDS.find((kind) => name === `_${kind}`) ?? "route";
  if (/[()]|\[\[|\[\.{3}/.test(file)) refuse(file, "(group), [[x]] or [...x]");
  if (kind === "route" && name.startsWith("_")) refuse(file, name);
  if (kind === "app" && dir) refuse(file, "_app in a folder");
  const folder = dir.replace(/\[(\w+)\]/g, ":$1");
  const own = name === "index" ? "" : name.replace(/\[(\w+)\]/g, ":$1");
  const path = "/" + [folder, own].filter(Boolean).join("/");
  return { kind, absolute, file, folder, path };
}

// Literals before parameters, longer parameters before shorter ones.
function comparePatterns(a: string, b: string): number {
  const right = b.split("/");
  for (const [index, part] of a.split("/").entries()) {
    const other = right[index] ?? "";
    if (part === other) continue;
    const isParam = Number(part.includes(":")) - Number(other.includes(":"));
    return isParam || other.length - part.length || (part < other ? -1 : 1);
  }
  return -1;
}

/** Throws: `what` in `file` is left out here. */
export function refuse(file: string, what: string): never {
  throw new Error(
    `${file}: ${what} is not in the offline stand-in of fresh: ` +
      "use the real package (deno task <task> --jsr)",
  );
}
