/**
 * A plugin for `deno lint`: reports in the editor what the build would reject.
 *
 * @module
 */
import { posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findSecretName, serverCodeProblem } from "../vite/server_code.ts";

/** Options of {@link createLintPlugin}. */
export interface LintPluginOptions {
  /** Folder of the project, with a slash at the end. */
  readonly root: URL;
  /** As of the Vite plugin. */
  readonly clientCode?: readonly string[];
}

/** Returns the plugin for a project with its own list. */
export function createLintPlugin(
  { root, clientCode }: LintPluginOptions,
): Deno.lint.Plugin {
  const folder = fileURLToPath(root).replaceAll("\\", "/");
  const project = { roots: [folder], clientCode };
  return {
    name: "fresh-wix",
    rules: {
      "no-server-code-in-islands": {
        create(context): Deno.lint.LintVisitor {
          const file = context.filename.replaceAll("\\", "/");
          if (!file.startsWith(`${folder}islands/`)) return {};
          const check = (node: Deno.lint.Node, source: string) => {
            const id = resolve(source, file, folder);
            const message = serverCodeProblem(id, project);
            if (message !== undefined) context.report({ node, message });
          };
          const checkExport = (
            node:
              | Deno.lint.ExportNamedDeclaration
              | Deno.lint.ExportAllDeclaration,
          ) => {
            if (node.source && node.exportKind !== "type") {
              check(node, node.source.value);
            }
          };
          return {
            Program() {
              const found = findSecretName(context.sourceCode.text);
              if (found === undefined) return;
              const { index, length, problem } = found;
              context.report({
                range: [index, index + length],
                message: problem,
              });
            },
            ImportDeclaration(node) {
              if (!isForTypes(node)) check(node, node.source.value);
            },
            ExportNamedDeclaration: checkExport,
            ExportAllDeclaration: checkExport,
            ImportExpression(node) {
              const { source } = node;
              if (source.type === "Literal") check(node, String(source.value));
            },
          };
        },
      },
    },
  };
}

/** The plugin for a project in the current folder, without a list. */
const plugin: Deno.lint.Plugin = createLintPlugin({
  root: pathToFileURL(`${Deno.cwd()}/`),
});

export default plugin;

/** Imports of types are gone when the island is built. */
function isForTypes(
  { importKind, specifiers }: Deno.lint.ImportDeclaration,
): boolean {
  return importKind === "type" ||
    specifiers.length > 0 &&
      specifiers.every((specifier) =>
        specifier.type === "ImportSpecifier" && specifier.importKind === "type"
      );
}

function resolve(source: string, importer: string, folder: string): string {
  if (source.startsWith("@/")) return folder + source.slice(2);
  return source.startsWith(".")
    ? posix.join(posix.dirname(importer), source)
    : source;
}
