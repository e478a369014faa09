import * as v from "valibot";
import { notFound, type WixError } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { validate } from "../http/validate.ts";

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

/** UNDOCUMENTED: the code of a missing category. Here CATEGORY_NOT_FOUND. */
export function missingCategory(): WixError {
  return notFound("CATEGORY_NOT_FOUND", "There is no such category");
}
