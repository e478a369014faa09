import { invalidField } from "./errors.ts";
import { isRecord, type JsonObject } from "./json.ts";

/** The object in `value`; an empty one when it is absent. */
export function objectIn(value: unknown, field: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw invalidField(field, `${field} must be an object`);
  return value;
}

/** The string in `value`, or undefined when there is none or it is empty. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The strings in `value`: one string, or an array of them. */
export function textsIn(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === "string");
}

/** Bounds and default of a number read with {@linkcode integerIn}. */
export interface IntegerRule {
  readonly min: number;
  readonly max: number;
  readonly otherwise: number;
}

/** The integer in `value`, sent as number or as numeric string. */
export function integerIn(
  value: unknown,
  field: string,
  { min, max, otherwise }: IntegerRule,
): number {
  if (value === undefined || value === null) return otherwise;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw invalidField(field, `${field} must be an integer`);
  }
  if (number < min) {
    const text = `${field} must be at least ${min}`;
    throw invalidField(field, text, "MIN", { threshold: min });
  }
  if (number > max) {
    const text = `${field} must be at most ${max}`;
    throw invalidField(field, text, "MAX", { threshold: max });
  }
  return number;
}

/** Whether `value` looks like the ids that Wix gives to its entities. */
export function isGuid(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}
