import { invalidField } from "../http/errors.ts";
import { objectIn, textIn, textsIn } from "../http/parse.ts";
import type { Matcher } from "../query/filter.ts";
import { valuesAt } from "../query/values.ts";
import { SEARCH_FIELDS } from "./member_fields.ts";
import { textOf } from "../http/json.ts";

const MAX_LENGTH = 100;

/**
 * The matcher for a plain text search.
 *
 * UNDOCUMENTED: what a search of members finds. Here the text has to be somewhere
 * in one of the fields, in either case.
 */
export function compileSearch(search: unknown): Matcher {
  const { expression, fields } = objectIn(search, "search");
  const wanted = textIn(expression)?.toLowerCase();
  if (!wanted) return () => true;
  if (wanted.length > MAX_LENGTH) {
    const text = `search.expression has more than ${MAX_LENGTH} characters`;
    throw invalidField("search.expression", text, "MAX_LENGTH", {
      threshold: MAX_LENGTH,
    });
  }
  const names = fields === undefined ? ["profile.nickname"] : textsIn(fields);
  const unknown = names.find((name) => !SEARCH_FIELDS.includes(name));
  if (unknown) throw invalidField("search.fields", `Cannot search ${unknown}`);
  return (member) =>
    names.flatMap((name) => valuesAt(member, name))
      .some((value) => textOf(value).toLowerCase().includes(wanted));
}
