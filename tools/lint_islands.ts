/**
 * A plugin for `deno lint`: says in the editor what the build would refuse.
 *
 * @module
 */
/// <reference lib="deno.unstable" />
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { findSecretName, serverCodeProblem } from "./server_code.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url))
  .replaceAll("\\", "/");

const plugin: Deno.lint.Plugin = {
  name: "fresh-wix",
  rules: {
    "no-server-code-in-islands": {
      create(context) {
        const file = context.filename.replaceAll("\\", "/");
        if (!file.startsWith(`${ROOT}islands/`)) return {};
        const check = (node: Deno.lint.Node, source: string) => {
          const message = serverCodeProblem(resolve(source, file), [ROOT]);
          if (message !== undefined) context.report({ node, message });
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
          ExportNamedDeclaration(node) {
            if (node.source && node.exportKind !== "type") {
              check(node, node.source.value);
            }
          },
          ExportAllDeclaration(node) {
            if (node.exportKind !== "type") check(node, node.source.value);
          },
          ImportExpression(node) {
            const { source } = node;
            if (source.type === "Literal") check(node, String(source.value));
          },
        };
      },
    },
  },
};

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

function resolve(source: string, importer: string): string {
  if (source.startsWith("@/")) return ROOT + source.slice(2);
  return source.startsWith(".")
    ? posix.join(posix.dirname(importer), source)
    : source;
}
