/**
 * Validation by schema, with errors in Wix's format.
 *
 * @module
 */
import * as v from "valibot";
import { applicationError, invalidField, unsupportedField } from "./errors.ts";
import { isRecord, type JsonObject, textIn } from "./json.ts";

/** A schema that turns any JSON value into `T`. */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** Wix's names of the rules that schemas check. */
const RULES: Readonly<Record<string, string>> = {
  min_value: "MIN",
  max_value: "MAX",
  max_length: "MAX_LENGTH",
  regex: "FORMAT",
};

/** The output of `schema`; throws a 400 that names the first wrong field. */
export function validate<T>(schema: Schema<T>, value: unknown, field = ""): T {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const name = fieldOf(issue, field);
  if (issue.kind === "schema" && issue.received === "undefined") {
    throw invalidField(name, `${name} is required`, "REQUIRED_FIELD");
  }
  const rule = RULES[issue.type] ?? "OTHER";
  const threshold = issue.requirement;
  const data = typeof threshold === "number" ? { threshold } : {};
  throw invalidField(name, `${name}: ${issue.message}`, rule, data);
}

/** The dotted path of an issue below `field`, such as `members[2].email`. */
export function fieldOf(issue: v.BaseIssue<unknown>, field: string): string {
  const path = (issue.path ?? []).map(({ key }) =>
    typeof key === "number" ? `[${key}]` : `.${String(key)}`
  );
  return (field + path.join("")).replace(/^\./, "");
}

/** The object in `value`; an empty one when it is absent. */
export function objectIn(value: unknown, field: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw invalidField(field, `${field} must be an object`);
}

/**
 * The object in `value`, which local Wix supports with these parts only: another
 * one is a 501 that names it, unless it is empty.
 */
export function partsIn(
  value: unknown,
  field: string,
  parts: readonly string[],
): JsonObject {
  const sent = objectIn(value, field);
  refuseOthers(sent, (name) => parts.includes(name), `${field}.`);
  return sent;
}

/**
 * Throws a 501 that names the first of these dotted `paths` at which `sent` has
 * something.
 */
export function refuseFields(
  sent: JsonObject,
  ...paths: readonly string[]
): void {
  for (const path of paths) {
    const value = path.split(".").reduce<unknown>(
      (at, name) => isRecord(at) && Object.hasOwn(at, name) ? at[name] : "",
      sent,
    );
    if (!isEmpty(value)) throw unsupportedField(path);
  }
}

function refuseOthers(
  sent: object,
  isCarried: (name: string) => boolean,
  prefix = "",
): void {
  for (const [name, value] of Object.entries(sent)) {
    if (isCarried(name) || isEmpty(value)) continue;
    throw unsupportedField(prefix + name);
  }
}

/** An integer in a range, sent as a number or, in a query, as a text. */
export function integer(
  min: number,
  max: number,
  otherwise: number,
): Schema<number> {
  return v.nullish(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
      v.integer(),
      v.minValue(min),
      v.maxValue(max),
    ),
    otherwise,
  );
}

/**
 * An object of which local Wix supports these fields only: another one is a 501
 * that names it, unless it is empty.
 */
export function carriedObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  return v.pipe(
    v.looseObject(entries),
    v.check((sent) => {
      refuseOthers(sent, (name) => name in entries);
      return true;
    }),
  ) as v.GenericSchema<
    unknown,
    v.InferOutput<v.ObjectSchema<Entries, undefined>>
  >;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" ||
    value === false ||
    typeof value === "object" && Object.keys(value).length === 0;
}

/** A text that must be there. */
export const requiredText: Schema<string> = v.pipe(v.string(), v.nonEmpty());

/** A text, or undefined when it is empty, absent or of another type. */
export const optionalText = v.fallback(
  v.optional(v.pipe(v.string(), v.nonEmpty())),
  undefined,
);

/** A text of up to `max` characters; null clears it. */
export function limitedText(max: number): Schema<string> {
  return v.nullable(v.pipe(v.string(), v.maxLength(max)), "");
}

/** The email address in `value`; throws when it is none. */
export function requireEmail(value: unknown, field: string): string {
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(textIn(value) ?? "");
  if (isEmail) return String(value);
  const text = `${field} must be an email address`;
  throw invalidField(field, text, "FORMAT", { type: "EMAIL" });
}

/**
 * Throws unless a change was made of the `present` revision.
 *
 * UNDOCUMENTED: an outdated revision. Here it is 409 ABORTED.
 */
export function requireRevision(sent: string, present: number): void {
  if (Number(sent) === present) return;
  throw applicationError(409, "ABORTED", "The revision is outdated");
}
