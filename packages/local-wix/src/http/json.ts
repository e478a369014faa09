/** A JSON object whose values are still to be checked. */
export type JsonObject = Record<string, unknown>;

/** Whether `value` is a JSON object, and not null or a list. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text for any JSON value. `String` throws at `{"toString": 1}`. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

/** The text in `value`; undefined when it is empty or of another type. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts in `value`: one, or a list of them. */
export function textsIn(value: unknown): string[] {
  return [value].flat().filter((item) => typeof item === "string");
}

/** Whether `value` is true, sent as such or, in a query, as a text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** `fields` without those that are undefined. */
export function definedOnly<T extends object>(
  fields: T,
): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as ReturnType<typeof definedOnly<T>>;
}
