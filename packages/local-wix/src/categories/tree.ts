import * as v from "valibot";
import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { validate } from "../http/validate.ts";
import { visibleCategories } from "../stores/visible_products.ts";
import type { Category } from "./category.ts";

/** Where the APIs of categories and their items are. */
export const CATEGORIES = "/categories/v1/categories";

/** The only tree of categories that the site has. */
export const TREE = { appNamespace: "@wix/stores", treeKey: null } as const;

/** Throws unless a request is about the only tree of the site. */
export function requireTree(sent: JsonObject): void {
  const tree = v.object({
    appNamespace: v.literal(TREE.appNamespace),
    treeKey: v.nullish(v.literal("")),
  });
  validate(tree, sent.treeReference, "treeReference");
}

/**
 * The category of the tree in a request.
 *
 * UNDOCUMENTED: the code of a missing category. Here CATEGORY_NOT_FOUND.
 */
export function requireCategory(
  call: Call,
  sent: JsonObject,
  isWanted = ({ id }: Category) => id === call.params.categoryId,
): Category {
  requireTree(sent);
  const category = visibleCategories(call).find(isWanted);
  if (category) return category;
  throw notFound("CATEGORY_NOT_FOUND", "Category not found");
}
