/**
 * The lint plugin of this project: the rule of `@fresh-wix/core/lint`, and rules
 * for mistakes that cost a site most. Imported by path, because `deno lint` loads
 * plugins without the import map.
 *
 * @module
 */
import { createLintPlugin } from "../packages/fresh-wix/src/lint/mod.ts";
import { CLIENT_CODE } from "./client_code.ts";

const ROOT = new URL("../", import.meta.url);
const engine = createLintPlugin({ root: ROOT, clientCode: CLIENT_CODE });

/** Files of the site, without tests, tools and packages. */
const SITE_FILE = /^(?:routes|islands|components|lib)\//;

/** Namespaces of Wix's Catalog V1; new sites have V3. */
const CATALOG_V1: Readonly<Record<string, string>> = {
  products: "productsV3",
  collections: "categories of @wix/categories",
  inventory: "inventoryItemsV3",
};

/** Functions that create a handler's response. */
const RESPONSES = new Set(["page", "Response.json", "JSON.stringify"]);

/** Fields of results that are whole entities. */
const ENTITIES = new Set(
  ["contact", "items", "member", "order", "orders", "product", "properties"],
);

/** A value of `Cache-Control` that lets shared caches store a response. */
const CACHEABLE = /\bpublic\b.*\bmax-?age|\bs-maxage\b/;

type Node = Deno.lint.Node;

/** Returns the source text of a node without spaces. */
function plain(context: Deno.lint.RuleContext, node: Node): string {
  return context.sourceCode.getText(node).replaceAll(/\s+/g, "");
}

/** Returns a rule for files of the site only. */
function siteRule(
  visit: (
    context: Deno.lint.RuleContext,
    file: string,
  ) => Deno.lint.LintVisitor,
): Deno.lint.Rule {
  return {
    create(context) {
      const file = context.filename.replaceAll("\\", "/")
        .replace(decodeURI(ROOT.pathname), "");
      return SITE_FILE.test(file) ? visit(context, file) : {};
    },
  };
}

const plugin: Deno.lint.Plugin = {
  name: engine.name,
  rules: {
    ...engine.rules,

    "no-catalog-v1": siteRule((context) => ({
      ImportDeclaration(node) {
        if (node.source.value !== "@wix/stores") return;
        for (const specifier of node.specifiers) {
          if (specifier.type !== "ImportSpecifier") continue;
          const name = plain(context, specifier.imported);
          if (!Object.hasOwn(CATALOG_V1, name)) continue;
          context.report({
            node: specifier,
            message: `${name} is Catalog V1, which new Wix sites refuse`,
            hint: `Use ${CATALOG_V1[name]}`,
          });
        }
      },
    })),

    "no-first-variant": siteRule((context) => {
      const report = (node: Node) =>
        context.report({
          node,
          message: "The first variant may not be the one that the user chose",
          hint: "Find the variant whose choices match the form's",
        });
      const isVariants = (node: Node) =>
        /(?:^|[.?])variants\??\.?$/.test(plain(context, node));
      return {
        MemberExpression(node) {
          const isFirst = node.computed &&
            plain(context, node.property) === "0";
          if (isFirst && isVariants(node.object)) report(node);
        },
        CallExpression(node) {
          const { callee } = node;
          if (callee.type !== "MemberExpression") return;
          const isFirst = plain(context, callee.property) === "at" &&
            node.arguments.length === 1 &&
            plain(context, node.arguments[0]!) === "0";
          if (isFirst && isVariants(callee.object)) report(node);
        },
        VariableDeclarator({ id, init }) {
          if (id.type !== "ArrayPattern" || init === null) return;
          if (
            id.elements[0] && /\bvariants\b[^(]*$/.test(plain(context, init))
          ) {
            report(id);
          }
        },
      };
    }),

    "no-session-in-cached-route": siteRule((context, file) => {
      if (!file.startsWith("routes/")) return {};
      let isCacheable = false;
      const uses: Node[] = [];
      const addSession = ({ properties }: Deno.lint.ObjectPattern) =>
        uses.push(
          ...properties.filter((it) =>
            it.type === "Property" && plain(context, it.key) === "session"
          ),
        );
      return {
        Literal({ value }) {
          isCacheable ||= typeof value === "string" && CACHEABLE.test(value);
        },
        MemberExpression(node) {
          const text = plain(context, node);
          isCacheable ||= /\bstate\.cacheTags$/.test(text);
          if (/\bstate\.session$/.test(text)) uses.push(node);
        },
        // `({ state: { session } }) => …`
        Property({ key, value }) {
          if (plain(context, key) !== "state") return;
          if (value.type === "ObjectPattern") addSession(value);
        },
        // `const { session } = ctx.state`
        VariableDeclarator({ id, init }) {
          if (id.type !== "ObjectPattern" || init === null) return;
          if (/\bstate$/.test(plain(context, init))) addSession(id);
        },
        "Program:exit"() {
          if (!isCacheable) return;
          for (const node of uses) {
            context.report({
              node,
              message: "A route that reads the session is never cached: its " +
                "Cache-Control becomes private, no-store",
              hint: "Remove Cache-Control, or fetch the user's part from an " +
                "island, as from /api/session",
            });
          }
        },
      };
    }),

    "no-whole-elevated-response": siteRule((context, file) => {
      if (!file.startsWith("routes/")) return {};
      const elevated = new Set<string>();
      const results = new Set<string>();
      const isCall = (text: string) => {
        const [, direct, name = ""] =
          /^(?:(auth\.elevate\([^()]*\))|(\w+))(?:\(.*\)\.find)?$/.exec(text) ??
            [];
        return direct !== undefined || elevated.has(name);
      };
      const isResult = (node: Node): boolean => {
        if (node.type === "AwaitExpression") return isResult(node.argument);
        if (node.type === "Identifier") return results.has(node.name);
        if (node.type === "MemberExpression") {
          const isWhole = ENTITIES.has(plain(context, node.property));
          return isWhole && isResult(node.object);
        }
        if (node.type === "ObjectExpression") {
          return node.properties.some((it) =>
            isResult(it.type === "Property" ? it.value : it.argument)
          );
        }
        return node.type === "CallExpression" &&
          isCall(plain(context, node.callee));
      };
      const addNames = (names: Set<string>, id: Node) => {
        if (id.type === "Identifier") names.add(id.name);
        if (id.type !== "ObjectPattern") return;
        for (const it of id.properties) {
          const isWhole = it.type === "Property" &&
            ENTITIES.has(plain(context, it.key));
          if (isWhole) addNames(names, it.value);
        }
      };
      return {
        VariableDeclarator({ id, init }) {
          if (init === null) return;
          if (isResult(init)) addNames(results, id);
          else if (plain(context, init).startsWith("auth.elevate(")) {
            addNames(elevated, id);
          }
        },
        CallExpression(node) {
          if (!RESPONSES.has(plain(context, node.callee))) return;
          const found = node.arguments.find(isResult);
          if (found === undefined) return;
          context.report({
            node: found,
            message:
              "This sends everything that an elevated call returned to " +
              "every user",
            hint: "Return a new object with the fields that every user may see",
          });
        },
      };
    }),
  },
};

export default plugin;
