/**
 * Writes `lib/gateway_calls.ts`, the calls that islands may make through the
 * gateway.
 *
 * Finds the SDK methods that islands and their imports use, and reads method and
 * path of each from the SDK packages (their `/meta` exports). Run it with
 * `deno task gateway`, and review the changes.
 *
 * @module
 */
import { createRequire } from "node:module";
import { parseAst } from "rollup/parseAst";
import { transformWithEsbuild } from "vite";
import type { GatewayCall } from "../packages/fresh-wix/src/gateway/gateway.ts";
import { ROOT } from "./packages.ts";

/** An SDK method that islands use. */
export interface SdkMethod {
  /** Such as `@wix/members`. */
  readonly module: string;
  /** Such as `members`. */
  readonly namespace: string;
  /** Such as `queryMembers`. */
  readonly name: string;
}

const OUTPUT = "lib/gateway_calls.ts";

/** The host that the gateway calls. */
const HOST = "www.wixapis.com";

/** Has helpers, such as `media`, but calls no API. */
const HELPERS = "@wix/sdk";

/**
 * Methods that their package does not describe, with the calls observed: reads of
 * collections. The third call is a long `find()`.
 */
const UNDESCRIBED: Readonly<Record<string, readonly GatewayCall[]>> = {
  "@wix/data items query": [
    { method: "GET", path: "/wix-data/v2/items/query" },
    { method: "POST", path: "/wix-data/v2/items/count" },
    { method: "POST", path: "/wix-data/v2/items/query" },
    { method: "POST", path: "/wix-data/v2/items/query-distinct-values" },
  ],
  "@wix/data items queryReferenced": [
    { method: "POST", path: "/wix-data/v2/items/query-referenced" },
  ],
  "@wix/data items aggregate": [
    { method: "POST", path: "/wix-data/v2/items/aggregate" },
  ],
};

/** CommonJS, because some `/meta` ES modules import folders. */
const load = createRequire(import.meta.url);

if (import.meta.main) {
  await Deno.writeTextFile(ROOT + OUTPUT, await callsModule(ROOT));
  console.log(`Wrote ${OUTPUT}. Review the changes before you commit them`);
}

/** Returns the formatted source of `lib/gateway_calls.ts`. */
export async function callsModule(root: string): Promise<string> {
  const rows: string[] = [];
  for (const method of await methodsOfIslands(root)) {
    const calls = httpCalls(method);
    if (calls.length === 0) continue;
    const { module, namespace, name } = method;
    rows.push(`// ${namespace}.${name} of ${module}`);
    for (const { method: verb, path } of calls) {
      rows.push(`{ method: "${verb}", path: "${path}" },`);
    }
  }
  return await format(`/**
 * The calls that islands may make through the gateway; others are rejected.
 * Written by \`deno task gateway\` from the SDK methods that islands use.
 *
 * @module
 */
import type { GatewayCall } from "@fresh-wix/core";

/** The calls by their SDK method, in alphabetical order. */
export const CALLS: readonly GatewayCall[] = [
${rows.join("\n")}
];
`);
}

/**
 * Returns the SDK methods that islands, and the project's modules they import,
 * use.
 *
 * @param root Folder of the project, with a trailing slash.
 * @throws {Error} for a use of an SDK module that names no method.
 */
export async function methodsOfIslands(root: string): Promise<SdkMethod[]> {
  const found = new Map<string, SdkMethod>();
  const seen = new Set<string>();
  const read = async (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = await Deno.readTextFile(root + path);
    const { methods, imports } = await readModule(path, text);
    for (const method of methods) {
      found.set(Object.values(method).join(" "), method);
    }
    for (const file of imports) await read(file);
  };
  for (const path of await sourcesBelow(root, "islands")) await read(path);
  return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([, use]) => use);
}

/**
 * Returns the HTTP calls of an SDK method, as its package describes them; none for
 * a constant, such as `orders.PaymentStatus`.
 *
 * @throws {Error} for a method without a description.
 */
export function httpCalls(
  { module, namespace, name }: SdkMethod,
): readonly GatewayCall[] {
  const known = UNDESCRIBED[`${module} ${namespace} ${name}`];
  if (known !== undefined) return known;
  const describe = load(`${module}/meta`)[namespace]?.[name];
  if (typeof describe === "function") {
    const { httpMethod, getUrl } = describe();
    return [{ method: httpMethod, path: getUrl({ host: HOST }) }];
  }
  const value = load(module)[namespace]?.[name];
  if (typeof value === "object" && value !== null) return [];
  throw new Error(
    `Cannot list ${namespace}.${name}: ${module} does not describe it; make ` +
      "the call in a route, and fetch its result from the island",
  );
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Returns the SDK methods that a module uses, and the files that it imports. */
export async function readModule(
  path: string,
  text: string,
): Promise<{ methods: SdkMethod[]; imports: string[] }> {
  // Removes types and compiles JSX.
  const { code } = await transformWithEsbuild(text, path, { jsx: "automatic" });
  const program: unknown = parseAst(code);
  const namespaces = new Map<string, Omit<SdkMethod, "name">>();
  const methods: SdkMethod[] = [];
  const imports: string[] = [];
  const unclear = (what: string) =>
    new Error(
      `Cannot list the calls of ${path}: ${what}; import the namespace and ` +
        'name the method, as in import { members } from "@wix/members" and ' +
        "members.queryMembers()",
    );

  walk(program, (node) => {
    const source = textOf(node.source);
    if (source === undefined) return;
    const file = projectFile(path, source);
    if (file !== undefined) imports.push(file);
    if (!source.startsWith("@wix/") || source === HELPERS) return;
    if (node.type !== "ImportDeclaration") throw unclear(`import("${source}")`);
    for (const specifier of nodesIn(node.specifiers)) {
      const namespace = nameOf(specifier.imported);
      const local = nameOf(specifier.local) ?? "";
      if (namespace === undefined) throw unclear(`${local} is a module`);
      namespaces.set(local, { module: source, namespace });
    }
  });
  walk(program, (node, parent) => {
    const used = namespaces.get(nameOf(node) ?? "");
    if (used === undefined || isOnlyName(node, parent)) return;
    const name = parent?.type === "MemberExpression" && !parent.computed
      ? nameOf(parent.property)
      : undefined;
    if (name === undefined) throw unclear(`${nameOf(node)} is used as a value`);
    methods.push({ ...used, name });
  });
  return { methods, imports };
}

/** Whether an identifier is a name, such as a property key, and not a variable. */
function isOnlyName(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return false;
  if (parent.type.startsWith("Import")) return true;
  return !parent.computed && parent.value !== node &&
    (parent.property === node || parent.key === node);
}

function walk(
  value: unknown,
  visit: (node: Node, parent: Node | undefined) => void,
  parent?: Node,
): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, parent);
  } else if (isNode(value)) {
    visit(value, parent);
    for (const child of Object.values(value)) walk(child, visit, value);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function nodesIn(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === "Identifier"
    ? String(value.name)
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return isNode(value) && typeof value.value === "string"
    ? value.value
    : undefined;
}

/** Returns the path of an imported module when it is one of the project's. */
function projectFile(importer: string, source: string): string | undefined {
  const path = source.startsWith("@/")
    ? source.slice(1)
    : source.startsWith(".")
    ? new URL(source, `file:///${importer}`).pathname
    : undefined;
  return path !== undefined && /\.tsx?$/.test(path) ? path.slice(1) : undefined;
}

async function sourcesBelow(root: string, folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root + folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) files.push(...await sourcesBelow(root, path));
    else if (/\.tsx?$/.test(name)) files.push(path);
  }
  return files;
}

async function format(code: string): Promise<string> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--ext", "ts", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  const { stdout } = await process.output();
  return new TextDecoder().decode(stdout);
}
