import type { Call } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { textIn } from "../http/parse.ts";
import { COLLECTIONS } from "../seed/collections.ts";
import type { DataItem } from "./item.ts";

/** Who may do something with a collection, in the words of Wix. */
export type DataRole =
  | "ANYONE"
  | "SITE_MEMBER"
  | "SITE_MEMBER_AUTHOR"
  | "ADMIN";

/** What can be done with a collection's items. */
export type DataAction = "read" | "insert" | "update" | "remove";

/** A data collection: its name and who may use it. */
export interface DataCollection {
  readonly id: string;
  readonly permissions: Readonly<Record<DataAction, DataRole>>;
}

/**
 * The collection of this name.
 *
 * UNDOCUMENTED: the code for a collection that does not exist. Here WDE0025.
 */
export function requireCollection(id: unknown): DataCollection {
  const name = textIn(id) ?? "";
  const collection = COLLECTIONS.find((item) => item.id === name);
  if (collection) return collection;
  throw notFound("WDE0025", `WDE0025: The ${name} collection does not exist.`);
}

/**
 * Which of the collection's items the caller may use for `action`: all, their
 * own, or none, which throws.
 *
 * UNDOCUMENTED: the code for those who may not, and visitors in a collection
 * for authors. Here the code is WDE0027, and visitors are no authors.
 */
export function allowedItems(
  { identity }: Call,
  { id, permissions }: DataCollection,
  action: DataAction,
): (item: DataItem) => boolean {
  const role = permissions[action];
  const isElevated = identity.kind === "app" || identity.kind === "api_key";
  if (isElevated || role === "ANYONE") return () => true;
  if (identity.kind === "member" && role === "SITE_MEMBER") return () => true;
  if (identity.kind === "member" && role === "SITE_MEMBER_AUTHOR") {
    return ({ owner }) => owner === identity.memberId;
  }
  throw applicationError(
    403,
    "WDE0027",
    `WDE0027: The current user does not have permissions to ${action} ` +
      `on the ${id} collection.`,
  );
}
