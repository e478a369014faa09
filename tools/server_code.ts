/**
 * What may not go to browsers. The build refuses it, and the linter says so
 * while one writes.
 *
 * @module
 */
import { posix } from "node:path";

/**
 * Folders (with a slash at the end) and files of this repository that may go
 * to browsers. Everything else may know secrets and tokens: a module of `lib/`
 * that is for both sides has to be named here.
 */
const CLIENT_CODE = [
  "assets/",
  "components/",
  "islands/",
  "packages/fresh-wix/src/browser/",
  "packages/fresh-wix/src/errors.ts",
  "packages/fresh-wix/src/wix/api_url.ts",
  "packages/fresh-wix/src/wix/wix_error.ts",
  "client.ts",
  "node_modules/",
  // The client of the stand-in for Fresh.
  "packages/offline/stubs/fresh_core/",
];

/** Each by name, as `npm:` specifier, or as a file of it. */
const ELEVATING_PACKAGE =
  /(?:^|[/:])(@wix\/essentials|@wix\/sdk(?:@[^/]+)?\/context)(?:[@/]|$)/;

/** Settings that are secret; islands have no settings, but names end up there. */
const SECRET = /\b(?:SESSION_SECRET|WIX_API_KEY|WIX_CLIENT_SECRET)\b/;

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
  const [, elevating] = ELEVATING_PACKAGE.exec(path) ?? [];
  if (elevating !== undefined) {
    return `${elevating} elevates calls, which only the server may, and an ` +
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
        "sides: name it in CLIENT_CODE of tools/server_code.ts)";
    }
  }
}

/** Where a secret's name stands in code for browsers, and why it may not. */
export interface SecretName {
  readonly index: number;
  readonly length: number;
  readonly problem: string;
}

/** Returns the first secret that code for browsers names, if it names one. */
export function findSecretName(code: string): SecretName | undefined {
  const match = SECRET.exec(code);
  if (match === null) return undefined;
  const [name] = match;
  const problem = `${name} is a secret and an island names it: use it in a ` +
    "route, and give the island what it may show";
  return { index: match.index, length: name.length, problem };
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}
