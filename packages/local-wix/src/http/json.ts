/** A JSON object whose values are still to be checked. */
export type JsonObject = Record<string, unknown>;

/** Tells a JSON object from every other JSON value. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text for any JSON value. `String` throws at `{"toString": 1}`. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}
